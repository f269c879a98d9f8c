package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

/** Weights against a search, means and deviations against their definitions. */
class StackingTest {
    private static final double[] SECOND = {0, 1};

    /** Two models, each better than the other at some rows. */
    private static double[][] nats(int rows) {
        CounterRandom random = new CounterRandom(5);
        double[][] nats = new double[2][rows];
        for (int n = 0; n < rows; n++) {
            nats[0][n] = -2 + 0.5 * random.normal(n, 0);
            nats[1][n] = -2.2 + 0.7 * random.normal(n, 1);
        }
        return nats;
    }

    @Test
    void weightsAreTheLikeliest() {
        double[][] nats = nats(300);
        double[] weights = Stacking.weights(nats, new double[] {0.5, 0.5});
        double best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= 1000; i++) {
            double sum = 0;
            for (int n = 0; n < 300; n++) {
                sum += Math.log(i * 1e-3 * Math.exp(nats[0][n]) + (1 - i * 1e-3) * Math.exp(nats[1][n]));
            }
            if (sum > most) {
                most = sum;
                best = i * 1e-3;
            }
        }
        // Half a step of the search, and what 200 steps of an iteration with a linear rate leave.
        assertEquals(best, weights[0], 1e-3);
        assertEquals(1, weights[0] + weights[1], 1e-15);
        assertArrayEquals(SECOND, Stacking.weights(nats, SECOND), 0);
    }

    /** Slowest where one model is better everywhere by a little: what 200 steps leave is within log(C) / 200 all the same. */
    @Test
    void whatTheStepsLeaveIsWithinItsBound() {
        for (int models : new int[] {2, 12}) {
            for (double better : new double[] {1e-3, 0.01, 0.02, 0.1, 1}) {
                double[][] nats = new double[models][40];
                Arrays.fill(nats[1], better);
                double[] equal = new double[models];
                Arrays.fill(equal, 1.0 / models);
                double left = better - Stacking.mean(nats, Stacking.weights(nats, equal));
                assertTrue(
                        left >= -1e-15 && left <= Math.log(models) / 200, models + " models, " + better + ": " + left);
            }
        }
    }

    @Test
    void deviationOfAGain() {
        double[][] nats = {{-1, -3}, {-2, -1}};
        // Gains of the second on the first: -1 and 2, mean 0.5, squares 2 * 1.5^2.
        assertEquals(-1.5, Stacking.mean(nats, SECOND), 1e-15);
        assertEquals(Math.sqrt(4.5) / 2, Stacking.deviation(nats, SECOND, Stacking.only(2, 0)), 1e-15);
    }

    /** Where one model is better by d everywhere each step multiplies the odds by exp(d): 200 steps from even ones by exp(200 d). */
    @Test
    void theOddsOfABetterModelGrowByItsAdvantageEachStep() {
        double[][] nats = {{0, 0, 0}, {0.01, 0.01, 0.01}};
        double[] weights = Stacking.weights(nats, new double[] {0.5, 0.5});
        // 200 roundings of weights of about 1.
        assertEquals(2, Math.log(weights[1] / weights[0]), 1e-12);
    }

    /** The third finds the rows so likely that e to its advantage overflows; without weight that is nothing to the mixture. */
    @Test
    void aModelWithoutWeightSaysNothing() {
        double[][] two = {{-1, -3}, {-2, -1}};
        double[][] three = {two[0], two[1], {2000, 2000}};
        double[] logs = Stacking.logs(three, new double[] {0.5, 0.5, 0});
        assertEquals(Math.log((Math.exp(-1) + Math.exp(-2)) / 2), logs[0], 1e-15);
        assertEquals(Math.log((Math.exp(-3) + Math.exp(-1)) / 2), logs[1], 1e-15);
        double[] weights = Stacking.weights(two, new double[] {0.5, 0.5});
        assertArrayEquals(
                new double[] {weights[0], weights[1], 0}, Stacking.weights(three, new double[] {0.5, 0.5, 0}), 0);
    }

    /** The row that no model allows says nothing of them, and no rows at all leave the weights as they were. */
    @Test
    void rowsThatNoModelAllowsDecideNothing() {
        double none = Double.NEGATIVE_INFINITY;
        double[] start = {0.25, 0.75};
        assertArrayEquals(
                Stacking.weights(new double[][] {{-1, -3}, {-2, -1}}, start),
                Stacking.weights(new double[][] {{-1, none, -3}, {-2, none, -1}}, start),
                0);
        assertArrayEquals(start, Stacking.weights(new double[][] {{none}, {none}}, start), 0);
        assertEquals(none, Stacking.mean(new double[][] {{none}, {none}}, start));
    }
}
