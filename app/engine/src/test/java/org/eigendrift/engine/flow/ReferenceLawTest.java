package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law the flow starts from: its density integrates to one, and its functions' means under it vanish, by quadrature. */
class ReferenceLawTest {
    private static FittedModel model(String family) {
        CounterRandom random = new CounterRandom(4);
        Points rows = Points.zeros(2, 3000);
        for (int n = 0; n < rows.size(); n++) {
            double x = random.normal(n, 0);
            rows.set(0, n, x);
            rows.set(1, n, 0.6 * x + 0.5 * random.normal(n, 2));
        }
        FitSettings settings = FitSettings.of(Map.of("basis", Map.of("family", family, "degree", 5)), Families.CATALOG);
        return Fit.of(InMemory.of(rows), settings, Families.CATALOG, RunContext.quiet(3));
    }

    /** Midpoint rule on a square that holds all but 1e-8 of the mass; its error is below 1e-4 for functions as smooth as these. */
    @ParameterizedTest
    @ValueSource(strings = {"cosine", "hermite", "mean-field"})
    void functionsHaveMeanZero(String family) {
        ReferenceLaw law = new ReferenceLaw(model(family), RunContext.quiet(1));
        assertTrue(law.functions() > 10, "functions " + law.functions());
        int side = 600;
        double reach = 9;
        double cell = 2 * reach / side;
        Points grid = Points.zeros(2, side * side);
        for (int n = 0; n < grid.size(); n++) {
            grid.set(0, n, -reach + (n % side + 0.5) * cell);
            grid.set(1, n, -reach + (n / side + 0.5) * cell);
        }
        double[] density = new double[grid.size()];
        law.logDensity(grid, density);
        double mass = 0;
        for (int n = 0; n < density.length; n++) {
            density[n] = Math.exp(density[n]) * cell * cell;
            mass += density[n];
        }
        // Bounded families jump to zero at the edges of a box wider than 6, which cut cells by at most a half: of the
        // mass at
        // most 4 sides x half a cell / 6.
        double tolerance = family.equals("hermite") ? 1e-6 : 2 * cell / 6;
        assertEquals(1, mass, tolerance);
        Points inside = inside(grid, density);
        double[][] values = law.values(inside, 12);
        for (int f = 0; f < values.length; f++) {
            double mean = 0;
            int at = 0;
            for (double weight : density) {
                if (weight > 0) {
                    mean += weight * values[f][at++];
                }
            }
            assertEquals(0, mean, 2 * tolerance, "function " + f);
        }
    }

    private static Points inside(Points grid, double[] density) {
        int count = 0;
        for (double weight : density) {
            count += weight > 0 ? 1 : 0;
        }
        Points inside = Points.zeros(2, count);
        int at = 0;
        for (int n = 0; n < density.length; n++) {
            if (density[n] > 0) {
                inside.set(0, at, grid.get(0, n));
                inside.set(1, at++, grid.get(1, n));
            }
        }
        return inside;
    }

    @ParameterizedTest
    @ValueSource(strings = {"cosine", "hermite"})
    void drawsFollowTheDensity(String family) {
        ReferenceLaw law = new ReferenceLaw(model(family), RunContext.quiet(1));
        int count = 20_000;
        Points drawn = law.draw(new CounterRandom(5), count);
        assertArrayEquals(drawn.values(), law.draw(new CounterRandom(5), count).values());
        double[][] values = law.values(drawn, 10);
        for (int f = 0; f < values.length; f++) {
            double mean = 0;
            for (double value : values[f]) {
                mean += value / count;
            }
            // Orthonormal: standard deviation 1. Ten functions, four standard errors.
            assertEquals(0, mean, 4 / Math.sqrt(count), "function " + f);
        }
    }
}
