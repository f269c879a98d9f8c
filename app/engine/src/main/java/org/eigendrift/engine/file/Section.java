package org.eigendrift.engine.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.plugin.ProviderLookup;

/**
 * A part of a file: metadata and tensors under a prefix, one for each law. What a part leaves out is that of the law around it:
 * columns, and the kind is that of a flow.
 */
final class Section {
    /** Metadata entry of a law's kind. */
    static final String KIND = "law";

    /** Metadata entry of what became of a law whose kind has no place of its own for it. */
    static final String PROVENANCE = "provenance";

    static final String COLUMNS = "columns";
    static final String ROWS = "rows";

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*");

    private Section() {}

    /**
     * The metadata that every law has, then the law; a mixture of one member as the law it is.
     *
     * @param around columns of the law around it
     * @param inferred the kind that a reader would take it for
     */
    static void write(Law any, List<Column> around, String inferred, Out out) {
        Law law = LawCodecs.plain(any);
        LawCodec<Law> codec = LawCodecs.of(law);
        Provenance provenance = law.provenance();
        out.file().metadata(out.prefix() + ROWS, Long.toString(provenance.rows()));
        if (!law.columns().equals(around)) {
            out.file().metadata(out.prefix() + COLUMNS, Json.write(ModelText.columns(law.columns())));
        }
        if (!provenance.kind().equals(inferred)) {
            out.file().metadata(out.prefix() + KIND, provenance.kind());
        }
        if (!LawCodecs.own(provenance.kind())) {
            out.file().metadata(out.prefix() + PROVENANCE, Json.write(ModelText.decisions(provenance.decisions())));
        }
        codec.write(law, out);
    }

    /** Where a law is written. */
    static final class Out implements LawWriter {
        private final SafetensorsWriter file;
        private final String prefix;
        private final List<Column> columns;
        private final Set<String> names = new HashSet<>();

        /**
         * A part.
         *
         * @param columns of the law
         */
        Out(SafetensorsWriter file, String prefix, List<Column> columns) {
            this.file = file;
            this.prefix = prefix;
            this.columns = columns;
        }

        SafetensorsWriter file() {
            return file;
        }

        String prefix() {
            return prefix;
        }

        List<Column> columns() {
            return columns;
        }

        Out within(String part) {
            return new Out(file, prefix + part, columns);
        }

        private String named(String name) {
            if (!NAME.matcher(name).matches() || !names.add(name)) {
                throw new IllegalArgumentException("'" + name
                        + "' is no name, or was written before; expected lower-case words, digits, '_' and '.'");
            }
            return prefix + name;
        }

        @Override
        public void text(String name, String value) {
            file.metadata(named(name), value);
        }

        @Override
        public void doubles(String name, double[] values) {
            file.doubles(named(name), values);
        }

        @Override
        public void longs(String name, long[] values) {
            file.longs(named(name), values, values.length);
        }

        @Override
        public void ints(String name, int[] values) {
            file.ints(named(name), values);
        }

        @Override
        public void state(String name, State state) {
            state(file, named(name) + ".", state);
        }

        static void state(SafetensorsWriter out, String prefix, State state) {
            for (String name : state.names()) {
                out.doubles(prefix + name, state.get(name));
            }
        }

        @Override
        public void law(String name, Law law) {
            Out part = new Out(file, named(name) + ".", law.columns());
            write(law, columns, "", part);
        }
    }

    /** Where a law is read from. */
    static final class In implements LawReader {
        private final SafetensorsReader file;
        private final String prefix;
        private final List<Column> columns;
        private final ProviderLookup providers;
        private final Set<String> used;
        private final String head;

        private In(
                SafetensorsReader file,
                String prefix,
                List<Column> around,
                ProviderLookup providers,
                Set<String> used) {
            this.file = file;
            this.prefix = prefix;
            this.head = prefix;
            this.columns = file.metadata().containsKey(prefix + COLUMNS)
                    ? List.copyOf(ModelText.columns(Json.read(COLUMNS, file.required(prefix + COLUMNS))))
                    : around;
            this.providers = providers;
            this.used = used;
        }

        private In(In law, String prefix) {
            this.file = law.file;
            this.prefix = prefix;
            this.head = law.head;
            this.columns = law.columns;
            this.providers = law.providers;
            this.used = law.used;
        }

        /** The whole of a file. */
        static In of(SafetensorsReader file, ProviderLookup providers) {
            file.required(COLUMNS);
            return new In(file, "", List.of(), providers, new HashSet<>());
        }

        SafetensorsReader file() {
            return file;
        }

        String prefix() {
            return prefix;
        }

        /** Tensors that were read. */
        Set<String> used() {
            return used;
        }

        In within(String part) {
            return new In(this, prefix + part);
        }

        /** The part of a law within. */
        In part(String part) {
            return new In(file, prefix + part, columns, providers, used);
        }

        /** The law of this part. */
        Law read(String kindUnlessTold) throws IOException {
            String told = file.metadata().get(prefix + KIND);
            return LawCodecs.of(told == null ? kindUnlessTold : told).read(this);
        }

        @Override
        public List<Column> columns() {
            return columns;
        }

        @Override
        public Provenance provenance() {
            String kind = file.required(head + KIND);
            long rows = file.whole(head + ROWS);
            if (rows < 0) {
                throw new InputException("the law was fitted to " + rows + " rows, expected at least 0");
            }
            return new Provenance(
                    kind, rows, ModelText.decisions(Json.read(PROVENANCE, file.required(head + PROVENANCE))));
        }

        @Override
        public ProviderLookup providers() {
            return providers;
        }

        @Override
        public boolean has(String name) {
            String full = prefix + name;
            SortedMap<String, Tensor> from = file.tensors().tailMap(full + ".");
            return file.metadata().containsKey(full)
                    || file.metadata().containsKey(full + "." + KIND)
                    || file.tensors().containsKey(full)
                    || !from.isEmpty() && from.firstKey().startsWith(full + ".");
        }

        @Override
        public String text(String name) {
            return file.required(prefix + name);
        }

        @Override
        public double[] doubles(String name) {
            return tensor(name, file::doubles);
        }

        @Override
        public long[] longs(String name) {
            return tensor(name, tensor -> file.longs(file.tensor(tensor, Dtype.I64, 1)));
        }

        @Override
        public int[] ints(String name) {
            return tensor(name, file::ints);
        }

        /** Reads a tensor. */
        private interface Reading<T> {
            T read(String tensor) throws IOException;
        }

        private <T> T tensor(String name, Reading<T> reading) {
            used.add(prefix + name);
            return unchecked(() -> reading.read(prefix + name));
        }

        @Override
        public State state(String name) {
            return unchecked(() -> ModelReader.state(file, prefix + name + ".", used));
        }

        @Override
        public Law law(String name) {
            In part = part(name + ".");
            file.required(part.prefix + KIND);
            return unchecked(() -> part.read(""));
        }

        /** Something that reads. */
        private interface Work<T> {
            T get() throws IOException;
        }

        private static <T> T unchecked(Work<T> work) {
            try {
                return work.get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
