package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.plugin.ProviderLookup;

/** A model file in memory, as strict as one on a disk: names are checked, and everything must be read. */
public final class LawCopy implements LawWriter, LawReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_.]+");

    private final List<Column> columns;
    private final Provenance provenance;
    private final ProviderLookup providers;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> read = new TreeSet<>();

    /**
     * An empty file.
     *
     * @param columns of the law that it will have
     * @param provenance of this
     * @param providers of plugins that it has
     */
    public LawCopy(List<Column> columns, Provenance provenance, ProviderLookup providers) {
        this.columns = columns;
        this.provenance = provenance;
        this.providers = providers;
    }

    /** Nothing that was written may be left over. */
    public void requireAllRead() {
        assertEquals(new TreeSet<>(values.keySet()), read, "what was written and what was read again");
    }

    private void put(String name, Object value) {
        if (!NAME.matcher(name).matches() || values.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("'" + name + "' is no name, or was written before");
        }
    }

    private <T> T get(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new InputException("no " + type.getSimpleName() + " '" + name + "'");
        }
        read.add(name);
        return type.cast(value);
    }

    @Override
    public void text(String name, String value) {
        put(name, value);
    }

    @Override
    public void doubles(String name, double[] array) {
        put(name, array.clone());
    }

    @Override
    public void longs(String name, long[] array) {
        put(name, array.clone());
    }

    @Override
    public void ints(String name, int[] array) {
        put(name, array.clone());
    }

    @Override
    public void state(String name, State state) {
        if (!state.names().isEmpty()) {
            put(name, state);
        }
    }

    @Override
    public void law(String name, Law law) {
        put(name, law);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public ProviderLookup providers() {
        return providers;
    }

    @Override
    public boolean has(String name) {
        return values.containsKey(name);
    }

    @Override
    public String text(String name) {
        return get(name, String.class);
    }

    @Override
    public double[] doubles(String name) {
        return get(name, double[].class).clone();
    }

    @Override
    public long[] longs(String name) {
        return get(name, long[].class).clone();
    }

    @Override
    public int[] ints(String name) {
        return get(name, int[].class).clone();
    }

    @Override
    public State state(String name) {
        return has(name) ? get(name, State.class) : State.EMPTY;
    }

    @Override
    public Law law(String name) {
        return get(name, Law.class);
    }
}
