package org.eigendrift.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.kernel.Normal;
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
    void itsDensityIsOneInAll() {
        CurvedFit fit = fit(rows(1, 1000));
        double[] heavy = new double[200];
        Arrays.setAll(heavy, n -> n % 10 == 0 ? 3 * RANDOM.normal(n, 90) : RANDOM.normal(n, 90));
        CurvedRegression law = fit.fit(new Plan(true, 10, false, 3)).with(List.of(Tails.of(heavy), Tails.normal()));
        CurvedRegression.Place place = law.place();
        int cells = 900;
        double step = 180.0 / cells;
        double sum = 0;
        for (int i = 0; i < cells; i++) {
            for (int j = 0; j < cells; j++) {
                double[] y = {-90 + (i + 0.5) * step, -90 + (j + 0.5) * step};
                sum += step * step * Math.exp(place.logDensity(new double[] {0.7}, y));
            }
        }
        // Midpoints of normal laws whose deviations are above two steps; the widest is 23 wide, of which 1e-4 lie
        // outside, and has a share of
        // about 1e-3.
        assertEquals(1, sum, 1e-6);
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
        double[][][] rows = rows(1, 1000);
        double[][] first = Arrays.stream(rows[1]).map(y -> new double[] {y[0]}).toArray(double[][]::new);
        CurvedRegression law = new CurvedFit(rows[0], first, RANDOM, PARALLEL).fit(new Plan(false, 10, false, 0));
        double[] range = law.columns().get(0).range();
        assertTrue(range[0] < range[1]);
        CurvedRegression.Place place = law.place();
        double largest = Double.NEGATIVE_INFINITY;
        for (double y = -200; y < 200; y += 0.05) {
            largest = Math.max(largest, place.logDensity(new double[] {60}, new double[] {y}));
        }
        double one = Math.log(Normal.density(0));
        // Where nothing is left, to half a step of the grid: in deviations above a half that is below 0.05, squared and
        // halved.
        assertTrue(largest <= one - 0.5 * range[0], "narrower than any row's: " + largest);
        assertTrue(largest >= one - 0.5 * range[1] - 0.00125, "wider than any row's: " + largest);
    }
}
