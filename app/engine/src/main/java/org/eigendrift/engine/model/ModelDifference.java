package org.eigendrift.engine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.engine.basis.Cluster;

/**
 * What keeps the sums of two models from being added: every key of columns, frames, bases, clusters and sums in which
 * they differ, as {@code key: first and second}. Ridge and solver may differ, and times too unless A(t) was summed at
 * them: moment tables do not depend on them.
 */
public final class ModelDifference {
    private final SummedModel first;
    private final SummedModel second;
    private final List<String> keys = new ArrayList<>();

    private ModelDifference(SummedModel first, SummedModel second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Compares.
     *
     * @param first a model
     * @param second another
     * @return the differences, in words; empty if there are none
     */
    public static List<String> of(SummedModel first, SummedModel second) {
        ModelDifference difference = new ModelDifference(first, second);
        difference.columns();
        difference.configuration();
        boolean alike = difference.keys.isEmpty();
        if (alike) {
            difference.states();
        }
        difference.clusters();
        difference.sums();
        if (alike && !difference.keys.isEmpty()) {
            difference.keys.add("fit one model like the other, so that they share frames, bases and clusters");
        }
        return difference.keys;
    }

    private void add(String key, Object a, Object b) {
        if (!Objects.equals(a, b)) {
            keys.add(key + ": " + a + " and " + b);
        }
    }

    private void columns() {
        List<Column> a = first.columns();
        List<Column> b = second.columns();
        add("columns", a.size(), b.size());
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            String key = "columns[" + i + "].";
            add(key + "name", a.get(i).name(), b.get(i).name());
            add(key + "kind", a.get(i).kind(), b.get(i).kind());
            add(key + "lower", a.get(i).lower(), b.get(i).lower());
            add(key + "upper", a.get(i).upper(), b.get(i).upper());
        }
    }

    private void configuration() {
        Map<String, Object> a = first.settings().write();
        Map<String, Object> b = second.settings().write();
        entries("frame", a.get("frame"), b.get("frame"), keys);
        bases((Map<?, ?>) a.get("basis"), (Map<?, ?>) b.get("basis"));
    }

    /** What differs alike in the default and in columns is named once; a default that no column follows, not at all. */
    private void bases(Map<?, ?> a, Map<?, ?> b) {
        List<String> defaults = new ArrayList<>();
        entries("", without(a, "columns", "clusters"), without(b, "columns", "clusters"), defaults);
        Set<String> named = new LinkedHashSet<>();
        List<String> single = new ArrayList<>();
        for (Column column : first.columns()) {
            List<String> own = new ArrayList<>();
            entries(
                    "",
                    block(a, "columns").get(column.name()),
                    block(b, "columns").get(column.name()),
                    own);
            for (String difference : own) {
                if (defaults.contains(difference)) {
                    named.add("basis" + difference);
                } else {
                    single.add("basis.columns." + column.name() + difference);
                }
            }
        }
        keys.addAll(named);
        keys.addAll(single);
    }

    private static Map<?, ?> block(Map<?, ?> map, String key) {
        return map.get(key) instanceof Map<?, ?> block ? block : Map.of();
    }

    private static Map<?, ?> without(Map<?, ?> map, String... dropped) {
        Map<Object, Object> rest = new LinkedHashMap<>(map);
        Arrays.asList(dropped).forEach(rest::remove);
        return rest;
    }

    /** Compares values of a configuration, entry by entry where both are of one structure. */
    private static void entries(String path, Object a, Object b, List<String> out) {
        if (a instanceof Map<?, ?> first && b instanceof Map<?, ?> second) {
            Set<Object> names = new LinkedHashSet<>(first.keySet());
            names.addAll(second.keySet());
            for (Object name : names) {
                entries(path + "." + name, first.get(name), second.get(name), out);
            }
        } else if (a instanceof List<?> first && b instanceof List<?> second && first.size() == second.size()) {
            for (int i = 0; i < first.size(); i++) {
                entries(path + "[" + i + "]", first.get(i), second.get(i), out);
            }
        } else if (!Objects.equals(a, b)) {
            out.add(path + ": " + a + " and " + b);
        }
    }

    private void states() {
        List<Frame> a = first.frames().frames();
        List<Frame> b = second.frames().frames();
        for (int f = 0; f < a.size(); f++) {
            state("frame[" + f + "].", a.get(f).state(), b.get(f).state(), keys);
        }
        for (int i = 0; i < first.basis().dim(); i++) {
            state(
                    "basis.columns." + first.columns().get(i).name() + ".",
                    first.basis().coordinate(i).basis().state(),
                    second.basis().coordinate(i).basis().state(),
                    keys);
        }
    }

    /**
     * Compares fitted numbers, which must agree to the last bit: sums in two frames are sums of different functions.
     *
     * @param key where the states stand
     * @param a a state
     * @param b another
     * @param keys receives the differences; modified
     */
    public static void state(String key, State a, State b, List<String> keys) {
        Set<String> names = new LinkedHashSet<>(a.names());
        names.addAll(b.names());
        for (String name : names) {
            double[] x = a.names().contains(name) ? a.get(name) : new double[0];
            double[] y = b.names().contains(name) ? b.get(name) : new double[0];
            int at = Arrays.mismatch(x, y);
            if (at >= 0) {
                keys.add(key + name + "[" + at + "]: " + element(x, at) + " and " + element(y, at));
            }
        }
    }

    private static String element(double[] values, int at) {
        return at < values.length ? Double.toString(values[at]) : "none";
    }

    private void clusters() {
        List<Cluster> a = first.basis().clusters();
        List<Cluster> b = second.basis().clusters();
        if (!a.equals(b)) {
            entries(
                    "basis.clusters",
                    block((Map<?, ?>) first.settings().write().get("basis"), "clusters"),
                    block((Map<?, ?>) second.settings().write().get("basis"), "clusters"),
                    keys);
            keys.add("clusters: " + show(first) + " and " + show(second));
        }
    }

    private void sums() {
        Optional<double[]> a = first.table().layout().onlyTimes();
        Optional<double[]> b = second.table().layout().onlyTimes();
        add("process.moments", a.isPresent() ? "grid" : "table", b.isPresent() ? "grid" : "table");
        if (a.isPresent() && b.isPresent()) {
            add("grid.times", a.get().length, b.get().length);
            int at = Arrays.mismatch(a.get(), b.get());
            if (at >= 0) {
                keys.add("grid.times[" + at + "]: " + element(a.get(), at) + " and " + element(b.get(), at));
            }
        }
    }

    private static String show(SummedModel model) {
        return model.basis().clusters().size() + " of " + model.basis().size() + " functions";
    }
}
