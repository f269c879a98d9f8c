package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.report.SolvedTime;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;

/** Which solver a fit takes when none is named. */
final class AutomaticSolverTest {
    private static final RunContext RUN = RunContext.quiet(3);

    /** A chain in which each coordinate leans on the one before. */
    private static InMemory chain(int dim) {
        int rows = 300;
        CounterRandom random = new CounterRandom(5);
        Points points = Points.zeros(dim, rows);
        for (int n = 0; n < rows; n++) {
            for (int i = 0; i < dim; i++) {
                double before = i == 0 ? 0 : points.get(i - 1, n);
                points.set(i, n, 0.5 * before + random.normal(n, i));
            }
        }
        return InMemory.of(points);
    }

    /** Degree 2, neighbours: 2 functions of each coordinate and 4 of each pair, some 20 entries a row. */
    private static FittedModel fit(int dim, Map<String, ?> solver) {
        Map<String, Object> block = new LinkedHashMap<>(solver);
        block.put("ridge", 1e-2);
        FitSettings settings = FitSettings.of(
                Map.of(
                        "basis",
                        Map.of(
                                "family",
                                "hermite",
                                "degree",
                                2,
                                "clusters",
                                Map.of("select", "lattice", "range", 1, "cut", "none")),
                        "process",
                        Map.of("earliest", 0.1, "times", 5),
                        "solver",
                        block),
                Families.CATALOG);
        return Fit.of(chain(dim), settings, Families.CATALOG, RUN);
    }

    private static Set<String> used(FittedModel model) {
        return model.report().solves().stream().map(SolvedTime::solver).collect(Collectors.toSet());
    }

    @Test
    void smallMatricesAreFactorised() {
        FittedModel model = fit(10, Map.of());
        assertEquals(Set.of("cholesky"), used(model));
        assertTrue(model.settings().solver().fallback().isEmpty());
    }

    @Test
    void largeSparseOnesAreIteratedOn() {
        int dim = 170;
        FittedModel model = fit(dim, Map.of());
        double n = model.basis().size();
        assertTrue(n * n * n > 3e4 * model.basis().matrixNonzeros(), "beyond the crossover");
        assertEquals(Set.of("cg"), used(model));
        assertEquals(
                "cholesky",
                model.settings().solver().fallback().stream().map(Chosen::name).collect(Collectors.joining()));
        FittedModel direct = fit(dim, Map.of("type", "cholesky"));
        for (int j = 0; j <= direct.path().grid().steps(); j++) {
            double largest = 0;
            for (double value : direct.path().at(j)) {
                largest = Math.max(largest, Math.abs(value));
            }
            // Residuals of 1e-10, condition numbers below 1e3 with this ridge.
            assertArrayEquals(direct.path().at(j), model.path().at(j), 1e-6 * largest);
        }
    }

    /** What was chosen is written down; read back it leads to the same bits and the same report. */
    @Test
    void theResolvedSettingsGiveTheSameModel() {
        FittedModel model = fit(170, Map.of());
        FitSettings resolved = FitSettings.of(model.settings().write(), Families.CATALOG);
        FittedModel again = Fit.of(chain(170), resolved, Families.CATALOG, RUN);
        assertEquals(model.report().choices(), again.report().choices());
        for (int j = 0; j <= model.path().grid().steps(); j++) {
            assertArrayEquals(model.path().at(j), again.path().at(j));
        }
    }
}
