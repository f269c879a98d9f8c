package org.eigendrift.engine.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.engine.atlas.Atlases;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.settings.FitSettings;

/** Small models of many kinds, and the rows they are fitted to. */
final class Models {
    static final Catalog CATALOG = catalog();
    static final RunContext RUN = RunContext.quiet(7);

    private Models() {}

    /** Providers on the class path: these tests are compiled into the engine's module, whose layer has none. */
    private static Catalog catalog() {
        List<Provider<?, ?, ?>> providers = new ArrayList<>();
        for (Kind<?, ?> kind : Catalog.KINDS) {
            Models.class.getModule().addUses(kind.provider());
            ServiceLoader.load(kind.provider(), Models.class.getClassLoader())
                    .forEach(p -> providers.add((Provider<?, ?, ?>) p));
        }
        return Catalog.of(providers);
    }

    /** Correlated rows: x_i is normal, x_{i+1} leans on x_i squared; a function of seed, row and column. */
    static Points rows(int dim, int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(dim, count);
        for (int n = 0; n < count; n++) {
            double before = 0;
            for (int i = 0; i < dim; i++) {
                double x = random.normal(n, i) + 0.5 * before * before;
                points.set(i, n, x);
                before = x;
            }
        }
        return points;
    }

    static FittedModel fit(int dim, int count, Map<String, ?> config) {
        return fit(InMemory.of(rows(dim, count, 1)), config, RUN);
    }

    static FittedModel fit(InMemory rows, Map<String, ?> config, RunContext run) {
        return Fit.of(rows, FitSettings.of(config, CATALOG), CATALOG, run);
    }

    /** Three charts. */
    static Mixture atlas(InMemory rows, Map<String, ?> config, RunContext run) {
        return Atlases.fit(rows, Atlases.three(rows.columns()), FitSettings.of(config, CATALOG), CATALOG, run);
    }

    /** Few times and a given ridge keep fits short. */
    static Map<String, Object> with(Map<String, ?> basis) {
        return Map.of(
                "basis", basis,
                "process", Map.of("earliest", 0.05, "times", 8),
                "solver", Map.of("ridge", 1e-4));
    }

    /** The same settings, with A(t) summed on the grid of times. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> onGrid(Map<String, Object> config) {
        Map<String, Object> process = new LinkedHashMap<>((Map<String, Object>) config.get("process"));
        process.put("moments", "grid");
        Map<String, Object> changed = new LinkedHashMap<>(config);
        changed.put("process", process);
        return changed;
    }

    static Map<String, Object> hermite(int degree) {
        return with(Map.of("family", "hermite", "degree", degree, "clusters", Map.of("select", "all")));
    }

    /** A column of each kind, one with a name that needs quoting; the first three lean on each other. */
    static InMemory mixed(int count) {
        Points points = rows(4, count, 3);
        for (int n = 0; n < count; n++) {
            points.set(1, n, Math.IEEEremainder(points.get(1, n), 2 * Math.PI));
            points.set(2, n, Math.exp(0.5 * Math.sin(points.get(2, n))));
            points.set(3, n, 0.5 + 0.5 * Math.sin(points.get(3, n)));
        }
        return new InMemory(
                List.of(
                        Column.real("a \"real\" one.0"),
                        Column.angle("angle", -Math.PI, Math.PI),
                        Column.positive("Gr\u00f6\u00dfe"),
                        Column.bounded("share", -0.1, 1.1)),
                points);
    }
}
