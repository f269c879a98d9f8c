package org.eigendrift.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eigendrift.engine.basis.Families;

/** Whatever is given is written back, and what is written binds to the same settings. */
class FitSettingsRoundTripTest {

    @Property(tries = 300)
    void writingGivesBackWhatWasBound(@ForAll("configurations") Map<String, Object> given) {
        FitSettings settings = FitSettings.of(given, Families.CATALOG);
        Map<String, Object> written = settings.write();
        assertHolds(written, given, "");
        assertEquals(settings, FitSettings.of(written, Families.CATALOG));
        assertEquals(written, FitSettings.of(written, Families.CATALOG).write());
    }

    /** Settings of a chart are written into a model file: but for the number of charts and the frames they are the given ones. */
    @Property(tries = 100)
    void chartsKeepWhatWasGiven(@ForAll("configurations") Map<String, Object> given) {
        FitSettings settings = FitSettings.of(given, Families.CATALOG);
        Map<String, Object> kept = new LinkedHashMap<>(given);
        kept.remove("components");
        if (settings.density() == Density.GIBBS) {
            kept.remove("density");
        }
        assertHolds(settings.ofChart(settings.frames()).write(), kept, "");
    }

    /** Every given entry stands in what was written; defaults are not written everywhere, but what is auto reads alike. */
    private static void assertHolds(Object written, Object given, String path) {
        if (given instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                Object found = ((Map<?, ?>) written).get(key);
                assertHolds(found == null ? "auto" : found, value, path + "." + key);
            });
        } else if (given instanceof List<?> list) {
            assertEquals(list.size(), ((List<?>) written).size(), path);
            for (int i = 0; i < list.size(); i++) {
                assertHolds(((List<?>) written).get(i), list.get(i), path + "[" + i + "]");
            }
        } else if (given instanceof Number number) {
            assertEquals(number.doubleValue(), ((Number) written).doubleValue(), path);
        } else {
            assertEquals(given, written, path);
        }
    }

    @Provide
    Arbitrary<Map<String, Object>> configurations() {
        return some(Map.of(
                "components", auto(Arbitraries.integers().between(1, 1000)),
                "density", Arbitraries.of("auto", "flow", "gibbs"),
                "frame", auto(frame().list().ofMaxSize(3)),
                "basis", basis(),
                "process", process(),
                "solver", solver()));
    }

    private static Arbitrary<Object> frame() {
        return Arbitraries.of(
                Map.of("type", "standardize"),
                Map.of("type", "box", "columns", List.of("a")),
                Map.of("type", "whiten", "scale", true));
    }

    private static Arbitrary<Object> basis() {
        Arbitrary<Object> clusters = some(Map.of(
                        "order", auto(Arbitraries.integers().between(1, 3)),
                        "select", Arbitraries.of("auto", "all", "significant", "conditional", "lattice"),
                        "closure", Arbitraries.of("none", "products"),
                        "cut", Arbitraries.of("none", "rate", "total-degree", "hyperbolic"),
                        "false_discovery", Arbitraries.doubles().ofScale(8).between(1e-6, 1),
                        "max_size", auto(Arbitraries.integers().between(1, 5000))))
                .map(Object.class::cast);
        Arbitrary<Object> column = some(Map.of(
                        "family", Arbitraries.of("auto", "hermite", "cosine"),
                        "degree", auto(Arbitraries.integers().between(1, 512))))
                .map(Object.class::cast);
        return some(Map.of(
                        "family", Arbitraries.of("auto", "hermite", "cosine"),
                        "degree", auto(Arbitraries.integers().between(1, 512)),
                        "columns", some(Map.of("a", column, "b", column)).map(Object.class::cast),
                        "clusters", clusters))
                .map(Object.class::cast);
    }

    private static Arbitrary<Object> process() {
        return some(Map.of(
                        "horizon", auto(Arbitraries.doubles().ofScale(8).between(1, 20)),
                        "earliest", auto(Arbitraries.doubles().ofScale(8).between(1e-4, 0.5)),
                        "times", auto(Arbitraries.integers().between(3, 10000)),
                        "moments", Arbitraries.of("auto", "table", "grid")))
                .map(Object.class::cast);
    }

    private static Arbitrary<Object> solver() {
        Arbitrary<Object> ridge = Arbitraries.oneOf(
                Arbitraries.doubles().ofScale(8).between(0, 1).map(Object.class::cast),
                Arbitraries.of("auto", "gcv", "discrepancy"));
        return some(Map.of(
                        "type", Arbitraries.of("auto", "cg", "cholesky"),
                        "ridge", ridge,
                        "fallback", Arbitraries.of(List.of(), List.of(Map.of("type", "cholesky")))))
                .map(Object.class::cast);
    }

    private static Arbitrary<Object> auto(Arbitrary<?> values) {
        return Arbitraries.oneOf(values.map(Object.class::cast), Arbitraries.just("auto"));
    }

    /** Any of the keys, each with any of its values. */
    private static Arbitrary<Map<String, Object>> some(Map<String, Arbitrary<?>> values) {
        List<String> keys = values.keySet().stream().sorted().toList();
        return Arbitraries.subsetOf(keys).flatMap(chosen -> {
            Arbitrary<Map<String, Object>> all = Arbitraries.just(Map.of());
            for (String key : keys) {
                if (chosen.contains(key)) {
                    Arbitrary<?> entry = values.get(key);
                    all = all.flatMap(before -> entry.map(value -> {
                        Map<String, Object> after = new LinkedHashMap<>(before);
                        after.put(key, value);
                        return after;
                    }));
                }
            }
            return all;
        });
    }
}
