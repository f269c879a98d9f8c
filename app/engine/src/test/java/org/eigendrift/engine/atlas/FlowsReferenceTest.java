package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FlowsReference;
import org.eigendrift.engine.flow.ReferenceLaw;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;

/** The mixture of stationary laws, with one chart in a box so that supports differ, by quadrature. */
class FlowsReferenceTest {
    private static final RunContext RUN = RunContext.quiet(3);
    private static final Mixture ATLAS = atlas();
    private static final FlowsReference LAW = new FlowsReference(ATLAS.flows(), x -> ATLAS.logDensity(x, RUN), RUN);

    private static Mixture atlas() {
        CounterRandom random = new CounterRandom(4);
        Points points = Points.zeros(2, 2000);
        for (int n = 0; n < points.size(); n++) {
            points.set(0, n, random.normal(n, 0));
            points.set(1, n, 0.6 * points.get(0, n) + 0.5 * random.normal(n, 2));
        }
        InMemory rows = InMemory.of(points);
        Mixture charts =
                Atlases.fit(rows, Atlases.three(rows.columns()), settings("hermite", 3), Families.CATALOG, RUN);
        return Atlases.with(Fit.of(rows, settings("cosine", 4), Families.CATALOG, RUN), 0.25, charts);
    }

    private static FitSettings settings(String family, int degree) {
        return FitSettings.of(
                Map.of(
                        "basis", Map.of("family", family, "degree", degree, "clusters", Map.of("select", "all")),
                        "process", Map.of("earliest", 0.1, "times", 6),
                        "solver", Map.of("ridge", 1e-2)),
                Families.CATALOG);
    }

    /**
     * Midpoint rule on a square that holds all but 1e-8 of the mass. The box of the cosines jumps to zero at its edges,
     * wider than 6 each, which cut cells by at most a half, on four sides, with a quarter of the mass.
     */
    @Test
    void theDensityIntegratesToOneAndFunctionsToZero() {
        int side = 500;
        double reach = 9;
        double cell = 2 * reach / side;
        Points grid = Points.zeros(2, side * side);
        for (int n = 0; n < grid.size(); n++) {
            grid.set(0, n, -reach + (n % side + 0.5) * cell);
            grid.set(1, n, -reach + (n / side + 0.5) * cell);
        }
        double[] density = new double[grid.size()];
        LAW.logDensity(grid, density);
        double mass = 0;
        for (double log : density) {
            mass += Math.exp(log) * cell * cell;
        }
        double tolerance = 0.25 * 2 * cell / 4;
        assertEquals(1, mass, tolerance);
        double[][] values = LAW.values(grid, 30);
        for (int f = 0; f < values.length; f++) {
            double mean = 0;
            for (int n = 0; n < density.length; n++) {
                mean += Math.exp(density[n]) * cell * cell * values[f][n];
            }
            // Functions of the box reach 2.
            assertEquals(0, mean, 2 * tolerance, "function " + f);
        }
    }

    @Test
    void theDensityIsTheSumOfTheCharts() {
        Points x = Points.wrap(2, 3, new double[] {0.1, -1, 40, 0.2, 1, 40});
        double[] actual = new double[3];
        LAW.logDensity(x, actual);
        double[] expected = new double[3];
        for (Member chart : ATLAS.members()) {
            double[] own = new double[3];
            new ReferenceLaw(Atlases.flow(chart), RUN).logDensity(x, own);
            for (int n = 0; n < 2; n++) {
                expected[n] += chart.weight() * Math.exp(own[n]);
            }
        }
        for (int n = 0; n < 2; n++) {
            assertEquals(Math.log(expected[n]), actual[n], 1e-13);
        }
        assertTrue(Double.isFinite(actual[2]), "far out, where the sum itself is 0 in floating point");
    }

    /** Means over draws within four standard errors; a function w pi_a phi / pi has a second moment of at most w. */
    @Test
    void drawsFollowTheDensity() {
        int count = 20_000;
        Points drawn = LAW.draw(new CounterRandom(5), count);
        assertArrayEquals(drawn.values(), LAW.draw(new CounterRandom(5), count).values());
        double[][] values = LAW.values(drawn, 20);
        for (int f = 0; f < values.length; f++) {
            double mean = 0;
            double square = 0;
            for (double value : values[f]) {
                mean += value / count;
                square += value * value / count;
            }
            assertEquals(0, mean, 4 * Math.sqrt(square / count), "function " + f);
            assertTrue(square < 1.1 * ATLAS.members().get(f % 4).weight(), "function " + f + ": " + square);
        }
    }

    @Test
    void functionsAreThoseOfAllCharts() {
        int expected = 0;
        for (Member chart : ATLAS.members()) {
            expected += Atlases.flow(chart).basis().size();
        }
        assertEquals(expected, LAW.functions());
        Points x = Points.wrap(2, 2, new double[] {0.1, -1, 0.2, 1});
        assertEquals(expected, LAW.values(x, expected).length);
        assertArrayEquals(
                ATLAS.logDensity(x, RUN).nats(), LAW.modelLogLikelihood(x).nats());
    }
}
