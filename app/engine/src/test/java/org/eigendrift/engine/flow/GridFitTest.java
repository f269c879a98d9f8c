package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.settings.FitSettings;
import org.eigendrift.engine.transport.FlowLikelihood;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits whose A(t) is summed on a grid of times, against fits from the moment table. */
class GridFitTest {
    private static final RunContext RUN = RunContext.quiet(3);

    private static Map<String, Object> config(Map<String, ?> basis, Map<String, ?> process, Map<String, ?> solver) {
        return Map.of(
                "frame", List.of(Map.of("type", "standardize")), "basis", basis, "process", process, "solver", solver);
    }

    private static FittedModel fit(InMemory rows, Map<String, Object> config, String moments, int threads) {
        Map<String, Object> process = new LinkedHashMap<>();
        ((Map<?, ?>) config.get("process")).forEach((key, value) -> process.put((String) key, value));
        process.put("moments", moments);
        Map<String, Object> changed = new LinkedHashMap<>(config);
        changed.put("process", process);
        return Fit.of(
                rows,
                FitSettings.of(changed, Families.CATALOG),
                Families.CATALOG,
                new RunContext(3, threads, Progress.NONE, () -> false));
    }

    /** Each column leans on the one before and on its product with the one before that: pairs and triples matter. */
    private static InMemory rows(int columns, int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points rows = Points.zeros(columns, count);
        for (int n = 0; n < count; n++) {
            double x = 0;
            double y = 0;
            for (int i = 0; i < columns; i++) {
                double z = 0.5 * y + 0.6 * Math.tanh(x * y) + random.normal(n, i);
                rows.set(i, n, z);
                x = y;
                y = z;
            }
        }
        return InMemory.of(rows);
    }

    private static void assertClose(FittedModel expected, FittedModel actual, double relative) {
        assertArrayEquals(expected.path().grid().times(), actual.path().grid().times());
        for (int j = 0; j <= expected.path().grid().steps(); j++) {
            double[] a = expected.path().at(j);
            double[] b = actual.path().at(j);
            double size = 0;
            for (double theta : a) {
                size = Math.max(size, Math.abs(theta));
            }
            assertArrayEquals(a, b, relative * size, "theta at time " + j);
        }
    }

    /**
     * With the times and ridge given both are the same systems to rounding, 2e-11 of their entries (see GridSumsTest),
     * which condition numbers up to 1 / ridge enlarge.
     */
    @ParameterizedTest
    @ValueSource(strings = {"hermite", "mean-field"})
    void atGivenTimesTheGridFitsWhatTheTableFits(String family) {
        InMemory train = rows(3, 3000, 1);
        Map<String, Object> config = config(
                Map.of("family", family, "degree", 4, "clusters", Map.of("select", "all", "order", 3)),
                Map.of("earliest", 0.2, "times", 9),
                Map.of("type", "cholesky", "ridge", 1e-2));
        FittedModel table = fit(train, config, "table", 1);
        FittedModel grid = fit(train, config, "grid", 1);
        assertClose(table, grid, 2e-11 / 1e-2);
        assertArrayEquals(
                grid.table().layout().onlyTimes().orElseThrow(),
                grid.path().grid().times());
        assertTrue(table.table().layout().onlyTimes().isEmpty());
        InMemory heldout = rows(3, 1000, 2);
        assertEquals(table.evidenceBound(heldout, RUN), grid.evidenceBound(heldout, RUN), 1e-6);
        double[] nats = table.logLikelihood(heldout.points(), RUN).nats();
        // To the tolerance to which likelihoods are integrated, in the mean.
        double difference = 0;
        double[] others = grid.logLikelihood(heldout.points(), RUN).nats();
        for (int n = 0; n < nats.length; n++) {
            difference += Math.abs(nats[n] - others[n]) / nats.length;
        }
        assertEquals(0, difference, FlowLikelihood.TOLERANCE);
    }

    /** What is chosen is chosen at other times, and gains as much. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "discrepancy", "gcv"})
    void timesAndRidgesAreChosenOnTheGrid(String ridge) {
        InMemory train = rows(3, 3000, 3);
        Map<String, Object> config = config(
                Map.of("family", "hermite", "degree", 4, "clusters", Map.of("select", "all")),
                Map.of(),
                Map.of("ridge", ridge));
        FittedModel table = fit(train, config, "table", 2);
        FittedModel grid = fit(train, config, "grid", 2);
        double[] times = grid.path().grid().times();
        assertArrayEquals(times, grid.table().layout().onlyTimes().orElseThrow());
        assertEquals(grid.table().layout().size(), grid.report().tableSize());
        // The horizons follow from the same moments, summed in other orders.
        assertEquals(table.path().grid().first(), times[0], 1e-12 * times[0]);
        InMemory heldout = rows(3, 3000, 4);
        // Sums on a grid end where it ends, so that theta is held no further.
        FittedModel unheld = HeldTheta.none(table);
        double bound = unheld.evidenceBound(heldout, RUN);
        // Among ridges within the scatter of gains over folds either may be taken, so arithmetic gives no bound;
        // measured, the two
        // choices differ by 2.1e-4 nats, and five times that is allowed.
        assertEquals(bound, grid.evidenceBound(heldout, RUN), 1e-3);
        assertEquals("A(t) on a grid", Decisions.of(grid, "sums over rows").chosen());
        assertEquals("table of moments", Decisions.of(table, "sums over rows").chosen());
    }

    @Test
    void theSameBitsOnAnyNumberOfThreads() {
        InMemory train = rows(3, 1200, 5);
        Map<String, Object> config = config(
                Map.of("family", "mean-field", "degree", 3, "clusters", Map.of("select", "all")), Map.of(), Map.of());
        FittedModel one = fit(train, config, "grid", 1);
        FittedModel three = fit(train, config, "grid", 3);
        assertArrayEquals(one.table().limbs(), three.table().limbs());
        for (int j = 0; j <= one.path().grid().steps(); j++) {
            assertArrayEquals(one.path().at(j), three.path().at(j));
        }
    }

    /** Triples of mean-field functions, of which few are kept: the table would hold M^3 sums for each. */
    @Test
    void fewFunctionsOfMeanFieldTriplesChooseTheGrid() {
        InMemory train = rows(6, 4000, 6);
        Map<String, Object> clusters = Map.of("order", 3, "select", "significant", "max_size", 32);
        Map<String, Object> config =
                config(Map.of("family", "mean-field", "degree", 3, "clusters", clusters), Map.of(), Map.of());
        FittedModel model = fit(train, config, "auto", 1);
        assertTrue(model.basis().clusters().stream().anyMatch(cluster -> cluster.order() == 3));
        Decision choice = Decisions.of(model, "sums over rows");
        assertEquals("A(t) on a grid", choice.chosen());
        // Scores are minus the numbers of sums.
        assertTrue(choice.alternatives().get(1).score().orElseThrow()
                > choice.alternatives().get(0).score().orElseThrow());
        assertTrue(model.table().layout().onlyTimes().isPresent());
        FittedModel table = fit(train, config, "table", 1);
        assertNotEquals(table.table().layout().size(), model.table().layout().size());
        assertTrue(model.report().tableSize() < table.report().tableSize());
        InMemory heldout = rows(6, 4000, 7);
        // As in timesAndRidgesAreChosenOnTheGrid.
        FittedModel unheld = HeldTheta.none(table);
        assertEquals(unheld.evidenceBound(heldout, RUN), model.evidenceBound(heldout, RUN), 2e-4);
    }
}
