package org.eigendrift.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.settings.FitSettings;

/**
 * Prints what single large fits cost, a line each:
 *
 * <ul>
 *   <li>{@code stream ROWS}: rows of two columns that do not fit into memory (run with {@code -Xmx1g});
 *   <li>{@code wide COLUMNS ROWS}: significant clusters of order 2;
 *   <li>{@code chain COLUMNS RANGE}: lattice clusters, 20,000 rows: seconds and nonzeros are linear in the columns.
 * </ul>
 */
public final class FitCosts {
    private FitCosts() {}

    /**
     * Runs one fit.
     *
     * @param arguments as above
     */
    public static void main(String[] arguments) {
        int first = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            case "stream" ->
                fit(
                        new Toys(2, first),
                        Map.of(
                                "basis",
                                Map.of("family", "hermite", "degree", 10),
                                "process",
                                times(),
                                "solver",
                                ridge()));
            case "wide" ->
                fit(
                        new Toys(first, Integer.parseInt(arguments[2])),
                        Map.of(
                                "basis",
                                Map.of("family", "hermite", "degree", 4),
                                "process",
                                times(),
                                "solver",
                                iterative()));
            case "chain" ->
                fit(
                        new Toys(first, 20_000),
                        Map.of(
                                "basis",
                                Map.of(
                                        "family",
                                        "hermite",
                                        "degree",
                                        4,
                                        "clusters",
                                        Map.of("select", "lattice", "range", Integer.parseInt(arguments[2]))),
                                "process",
                                times(),
                                "solver",
                                iterative()));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static Map<String, Object> times() {
        return Map.of("earliest", 0.05, "times", 30);
    }

    private static Map<String, Object> ridge() {
        return Map.of("type", "cholesky", "ridge", 1e-3);
    }

    private static Map<String, Object> iterative() {
        return Map.of("type", "cg", "preconditioner", "block-jacobi", "ridge", 1e-3);
    }

    private static void fit(Dataset data, Map<String, Object> settings) {
        Catalog catalog = Catalog.discover(List.of());
        RunContext run = new RunContext(1, 2, Progress.NONE, () -> false);
        long begin = System.nanoTime();
        FittedModel model = Fit.of(data, FitSettings.of(settings, catalog), catalog, run);
        double seconds = (System.nanoTime() - begin) * 1e-9;
        double processor =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() * 1e-3;
        System.out.printf(
                Locale.ROOT,
                "%d rows, %d columns: %.2f s, %.2f s of processor, the start included; %d functions, %d nonzeros, table of %d; %s%n",
                model.report().rows(),
                model.report().dim(),
                seconds,
                processor,
                model.report().basisSize(),
                model.report().matrixNonzeros(),
                model.report().tableSize(),
                model.report().seconds());
    }
}
