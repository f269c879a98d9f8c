package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.kernel.Normal;
import org.junit.jupiter.api.Test;

class LatentTest {
    private static final double[] ENDS = {Double.NEGATIVE_INFINITY, -0.7, 0.4, 1.5, Double.POSITIVE_INFINITY};
    private static final double[] MIDDLES = {-1.2, -0.1, 0.8, 1.9};

    /** Mean of a normal score of a cell by the midpoint rule, whose error falls with the square of its step of 1e-4. */
    private static double quadrature(double low, double high, double mean, double deviation) {
        double step = 1e-4;
        double mass = 0;
        double sum = 0;
        for (double z = Math.max(low, -12) + step / 2; z < Math.min(high, 12); z += step) {
            double weight = Normal.density((z - mean) / deviation);
            mass += weight;
            sum += weight * z;
        }
        return sum / mass;
    }

    @Test
    void expectedScoresAreMeansOverCells() {
        int[] cells = {0, 1, 2, 3, 3, 0};
        double[] predictions = {-0.5, 0.9, 0.3, 0.2, 2.5, 1.1};
        Latent latent = new Latent(ENDS, MIDDLES, cells);
        double[] middle = latent.scores().clone();
        double squares = 0;
        for (int n = 0; n < cells.length; n++) {
            squares += Math.pow(middle[n] - predictions[n], 2) / cells.length;
        }
        double between = 0;
        for (int c = 0; c < 4; c++) {
            double share = Normal.below(ENDS[c + 1]) - Normal.below(ENDS[c]);
            between += share * Math.pow(quadrature(ENDS[c], ENDS[c + 1], 0, 1), 2);
        }
        double deviation = Math.sqrt(squares + 1 - between);
        latent.expect(predictions);
        for (int n = 0; n < cells.length; n++) {
            double expected = quadrature(ENDS[cells[n]], ENDS[cells[n] + 1], predictions[n], deviation);
            assertEquals(expected, latent.scores()[n], 1e-5);
        }
    }

    @Test
    void drawsStayInTheirCellsAndHaveTheExpectedMean() {
        int[] cells = {0, 1, 2, 3};
        double[] predictions = {0.5, 0.1, -0.2, 3};
        Latent latent = new Latent(ENDS, MIDDLES, cells);
        latent.expect(predictions);
        int draws = 20_000;
        for (int n = 0; n < cells.length; n++) {
            double sum = 0;
            for (int i = 0; i < draws; i++) {
                double z = latent.draw(n, predictions[n], (i + 0.5) / draws);
                assertTrue(z >= ENDS[cells[n]] && z <= ENDS[cells[n] + 1]);
                sum += z / draws;
            }
            // Even quantiles: what is lost in the tails beyond the last is of the order of 1 / draws.
            assertEquals(latent.scores()[n], sum, 1e-3);
        }
    }

    @Test
    void whatNoPredictionReachesIsTheNearestEnd() {
        Latent latent = new Latent(ENDS, MIDDLES, new int[] {0, 3});
        latent.expect(new double[] {-1, 2});
        assertEquals(-0.7, latent.draw(0, 90, 0.5), 0.05);
        assertEquals(1.5, latent.draw(1, -90, 0.5), 0.05);
    }

    /** Repeated, it is the maximum of the likelihood of ordered probit regression: score and design are orthogonal there. */
    @Test
    void repeatedItFindsTheRegressionOfScores() {
        int rows = 20_000;
        double slope = 0.8;
        CounterRandom random = new CounterRandom(3);
        double[] x = new double[rows];
        int[] cells = new int[rows];
        for (int n = 0; n < rows; n++) {
            x[n] = random.normal(n, 0);
            double z = slope * x[n] + 0.6 * random.normal(n, 2);
            int at = Arrays.binarySearch(ENDS, z);
            cells[n] = -at - 2;
        }
        Latent latent = new Latent(ENDS, MIDDLES, cells);
        double beta = 0;
        for (int step = 0; step < 60; step++) {
            double cross = 0;
            double square = 0;
            for (int n = 0; n < rows; n++) {
                cross += x[n] * latent.scores()[n];
                square += x[n] * x[n];
            }
            double now = cross / square;
            beta = now;
            latent.expect(Arrays.stream(x).map(v -> now * v).toArray());
        }
        // The slope's standard error is 0.6 / sqrt(20,000) = 0.004, some more for what cells hide: four of them.
        assertEquals(slope, beta, 0.02);
    }

    @Test
    void fineCellsAreNotWide() {
        double[] ends = new double[101];
        double[] middles = new double[100];
        for (int c = 0; c <= 100; c++) {
            ends[c] = c == 0
                    ? Double.NEGATIVE_INFINITY
                    : c == 100 ? Double.POSITIVE_INFINITY : Normal.quantile(c / 100.0);
        }
        Arrays.setAll(middles, c -> Normal.quantile((c + 0.5) / 100));
        assertFalse(new Latent(ends, middles, new int[] {50}).wide());
        assertTrue(new Latent(ENDS, MIDDLES, new int[] {1}).wide());
    }
}
