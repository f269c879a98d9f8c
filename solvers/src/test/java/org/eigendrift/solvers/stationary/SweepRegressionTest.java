package org.eigendrift.solvers.stationary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Predictions where the costs are known functions of omega and context. */
final class SweepRegressionTest {
    private static final double[] GRID = new double[24];

    static {
        for (int i = 0; i < GRID.length; i++) {
            GRID[i] = 2 - Math.pow(0.05, i / 23.0);
        }
    }

    /** -1 at the first candidate, 1 at the last, evenly between: the logarithm of 2 - omega is even in the grid. */
    private static double v(int arm) {
        return -1 + 2 * arm / 23.0;
    }

    @Test
    void candidatesNeverTriedArePredictedFromTheOthers() {
        SweepRegression seen = new SweepRegression(GRID, 1, 3);
        for (int k = 0; k < 400; k++) {
            int arm = 2 * (k % 12);
            double context = -2 + (k % 7);
            seen.add(context, arm, cost(context, arm));
        }
        double[] predicted = seen.predict(1, 1);
        for (int arm = 0; arm < GRID.length; arm++) {
            // Four hundred observations beside a ridge of 0.01: the prior moves coefficients of size 1 by some 1e-4,
            // and the windowed fit, which sees about a quarter of them, by some 1e-3.
            assertEquals(cost(1, arm), predicted[arm], 5e-3, "candidate " + arm);
        }
        assertEquals(400, seen.count());
    }

    private static double cost(double context, int arm) {
        return 4 + v(arm) * v(arm) - 0.5 * v(arm) + 0.2 * context * v(arm);
    }

    @Test
    void aShortMemoryFollowsAChange() {
        SweepRegression seen = new SweepRegression(GRID, 0, 3);
        for (int k = 0; k < 240; k++) {
            int arm = 5 * k % 24;
            double valley = k < 200 ? -0.6 : 0.6;
            seen.add(0, arm, 3 + (v(arm) - valley) * (v(arm) - valley));
        }
        double recent = v(SweepRegression.smallest(seen.predict(0, 0.9)));
        double all = v(SweepRegression.smallest(seen.predict(0, 1)));
        assertEquals(0.6, recent, 0.1);
        // The mean of the valleys, five to one.
        assertEquals(-0.4, all, 0.1);
        assertTrue(all < recent);
    }
}
