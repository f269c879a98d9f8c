package org.eigendrift.engine.law.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.junit.jupiter.api.Test;

class CurvedFitTest {
    private static final Parallel PARALLEL = RunContext.quiet(3).parallel();
    private static final CounterRandom RANDOM = new CounterRandom(3);
    private static final int ROWS = 4000;

    /** Two columns given one: a wave with noise that grows, and one that follows the first's noise more the larger z is. */
    private static double[] exact(double z, double e, double f) {
        double scale = Math.exp(0.5 * z);
        double coupling = 0.5 * z;
        return new double[] {Math.sin(2 * z) + scale * e, z + coupling * e + f};
    }

    private static double logDensity(double z, double[] y) {
        double scale = Math.exp(0.5 * z);
        double e = (y[0] - Math.sin(2 * z)) / scale;
        double f = y[1] - z - 0.5 * z * e;
        return -0.5 * (e * e + f * f) - Math.log(scale) - Math.log(2 * Math.PI);
    }

    private static double[][][] rows(int seed, int count) {
        CounterRandom random = new CounterRandom(seed);
        double[][] z = new double[count][];
        double[][] y = new double[count][];
        for (int n = 0; n < count; n++) {
            z[n] = new double[] {2 * Math.sqrt(3) * (random.uniform(n, 0) - 0.5)};
            y[n] = exact(z[n][0], random.normal(n, 1), random.normal(n, 2));
        }
        return new double[][][] {z, y};
    }

    private static CurvedFit fit(double[][][] rows) {
        return new CurvedFit(rows[0], rows[1], RANDOM, PARALLEL);
    }

    @Test
    void aLawWhoseMeansScalesAndCouplingsAreFunctionsIsFound() {
        double[][][] held = rows(2, 2000);
        CurvedFit.Chosen chosen = fit(rows(1, ROWS)).choose(held[0], held[1]);
        assertTrue(chosen.plan().curved(), chosen.plan().toString());
        assertTrue(chosen.plan().degree() > 0, chosen.plan().toString());
        double[][][] fresh = rows(4, 4000);
        CurvedRegression.Place place = chosen.regression().place();
        double gap = 0;
        for (int n = 0; n < 4000; n++) {
            gap += (logDensity(fresh[0][n][0], fresh[1][n]) - place.logDensity(fresh[0][n], fresh[1][n])) / 4000;
        }
        // About 15 parameters that matter cost half of each over the rows; four times that at worst.
        assertTrue(Math.abs(gap) < 4 * 15 / 2.0 / ROWS + 0.005, "off by " + gap);
        double straight = 0;
        CurvedRegression.Place plain = fit(rows(1, ROWS)).fit(Plan.STRAIGHT).place();
        for (int n = 0; n < 4000; n++) {
            straight += (logDensity(fresh[0][n][0], fresh[1][n]) - plain.logDensity(fresh[0][n], fresh[1][n])) / 4000;
        }
        assertTrue(straight > 0.1, "straight functions tell it too, by " + straight);
    }

    @Test
    void itsDensityIsOneInAllAndItsDrawsHaveIt() {
        CurvedRegression law = fit(rows(1, 1000)).fit(new Plan(true, 10, false, 3));
        double[] z = {0.7};
        CurvedRegression.Place place = law.place();
        int cells = 400;
        double step = 24.0 / cells;
        double sum = 0;
        double[] means = new double[2];
        double[] squares = new double[3];
        for (int i = 0; i < cells; i++) {
            for (int j = 0; j < cells; j++) {
                double[] y = {-12 + (i + 0.5) * step, -12 + (j + 0.5) * step};
                double weight = step * step * Math.exp(place.logDensity(z, y));
                sum += weight;
                means[0] += weight * y[0];
                means[1] += weight * y[1];
                squares[0] += weight * y[0] * y[0];
                squares[1] += weight * y[1] * y[1];
                squares[2] += weight * y[0] * y[1];
            }
        }
        // Midpoints of a normal law whose deviations are above ten steps: exact to rounding of the tails at 12.
        assertEquals(1, sum, 1e-6);
        int draws = 20_000;
        double[] drawn = new double[2];
        double[] products = new double[3];
        for (int n = 0; n < draws; n++) {
            int stream = n;
            double[] y = place.draw(z, j -> RANDOM.normal(stream, 50 + j));
            drawn[0] += y[0] / draws;
            drawn[1] += y[1] / draws;
            products[0] += y[0] * y[0] / draws;
            products[1] += y[1] * y[1] / draws;
            products[2] += y[0] * y[1] / draws;
        }
        // Deviations of values are below 2, of products of two below 8: five standard errors of 20,000 draws.
        assertArrayEquals(means, drawn, 5 * 2 / Math.sqrt(draws));
        assertArrayEquals(squares, products, 5 * 8 / Math.sqrt(draws));
    }

    @Test
    void theFitDoesNotDependOnThreads() {
        double[][][] rows = rows(1, 900);
        Plan plan = new Plan(true, 0, true, 1);
        CurvedRegression one = new CurvedFit(
                        rows[0], rows[1], RANDOM, RunContext.quiet(3).alone().parallel())
                .fit(plan);
        CurvedRegression many = fit(rows).fit(plan);
        for (int j = 0; j < 2; j++) {
            assertArrayEquals(one.columns().get(j).mean(), many.columns().get(j).mean());
            assertArrayEquals(
                    one.columns().get(j).scale(), many.columns().get(j).scale());
            assertArrayEquals(
                    one.columns().get(j).coupling(), many.columns().get(j).coupling());
        }
    }

    @Test
    void scalesStayWithinThoseOfTheRows() {
        CurvedRegression law = fit(rows(1, 1000)).fit(new Plan(false, 10, false, 0));
        double[] range = law.columns().get(0).range();
        assertTrue(range[0] < range[1]);
        CurvedRegression.Place place = law.place();
        double[] far = {60};
        // At its mean the density of the first column is that of the widest or narrowest scale of the rows.
        double[] mean = place.draw(far, j -> 0);
        double log = place.logDensity(far, mean);
        double left = law.columns().get(1).leftRange()[1] + law.columns().get(1).range()[1];
        assertTrue(log >= -Math.log(2 * Math.PI) - 0.5 * (range[1] + left) - 1e-12, "wider than any row's: " + log);
    }

    @Test
    void functionsAreWhatTheySay() {
        Functions kinked = Functions.kinked(new double[][] {{0, 5}, {1, 6}, {2, 7}, {3, 8}}, 1);
        double[] values = new double[kinked.size()];
        kinked.at(new double[] {2.5, 5.5}, values);
        assertArrayEquals(new double[] {1, 2.5, 5.5, 1.5, 0}, values);
        Functions waving = Functions.waving(2, 3, RANDOM);
        double[] waves = new double[waving.size()];
        waving.at(new double[] {0.3, -0.4}, waves);
        for (int w = 0; w < 3; w++) {
            double[] of = Arrays.copyOfRange(waving.waves(), 3 * w, 3 * w + 3);
            assertEquals(Math.cos(of[0] * 0.3 - of[1] * 0.4 + of[2]), waves[3 + w], 1e-15);
        }
    }
}
