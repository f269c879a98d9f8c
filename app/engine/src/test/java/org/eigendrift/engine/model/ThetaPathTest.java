package org.eigendrift.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.sampler.TimeGrid;
import org.junit.jupiter.api.Test;

/** Interpolation of theta in log t. */
class ThetaPathTest {
    private static double[] smooth(double t) {
        double s = Math.log(t);
        return new double[] {Math.sin(s), Math.exp(0.3 * s), s * s, 1};
    }

    private static ThetaPath path(TimeGrid grid) {
        double[][] theta = new double[grid.steps() + 1][];
        for (int j = 0; j < theta.length; j++) {
            theta[j] = smooth(grid.time(j));
        }
        return new ThetaPath(grid, theta);
    }

    private static double[] at(ThetaPath path, double t) {
        double[] out = new double[path.size()];
        path.at(t, out);
        return out;
    }

    @Test
    void nodesAreReproduced() {
        for (TimeGrid grid : new TimeGrid[] {
            TimeGrid.geometric(5, 1e-4, 17), TimeGrid.of(4, 3, 0.5, 0.4, 0.01), TimeGrid.of(2, 1), TimeGrid.of(3, 2, 1)
        }) {
            ThetaPath path = path(grid);
            for (int j = 0; j <= grid.steps(); j++) {
                // The position within an interval is off by the rounding of two logarithms; slopes are below 20.
                assertArrayEquals(path.at(j), at(path, grid.time(j)), 1e-13);
            }
        }
    }

    /** A parabola in log t has exact three-point slopes, and the cubic then is the parabola. */
    @Test
    void parabolasInLogTimeAreExact() {
        TimeGrid grid = TimeGrid.of(4, 3, 0.5, 0.4, 0.01);
        ThetaPath path = path(grid);
        for (double t = 0.0101; t < 4; t *= 1.07) {
            assertEquals(smooth(t)[2], at(path, t)[2], 1e-13 * 25);
            assertEquals(1, at(path, t)[3], 1e-14);
        }
    }

    /** One-sided slopes at a node agree, also on an uneven grid and at its second and last but one nodes. */
    @Test
    void slopesAreContinuous() {
        TimeGrid grid = TimeGrid.of(4, 3, 1.2, 0.5, 0.4, 0.05, 0.01);
        ThetaPath path = path(grid);
        double h = 1e-5;
        for (int j = 1; j < grid.steps(); j++) {
            double t = grid.time(j);
            for (int a = 0; a < path.size(); a++) {
                double value = at(path, t)[a];
                double before =
                        (-3 * value + 4 * at(path, t * Math.exp(h))[a] - at(path, t * Math.exp(2 * h))[a]) / (2 * h);
                double after =
                        (3 * value - 4 * at(path, t * Math.exp(-h))[a] + at(path, t * Math.exp(-2 * h))[a]) / (2 * h);
                // Second-order differences of cubics err by h^2; rounding by 1e-15 / h.
                assertEquals(before, after, 1e-8, "component " + a + " at node " + j);
            }
        }
    }

    /**
     * Three-point slopes err by h^2 f''' / 6, the value by h^3 f''' u (1 - u) (1 - 2u) / 6 <= h^3 f''' / 62: halving the
     * step divides the error by 8, and the constant is known.
     */
    @Test
    void errorsFallWithTheCubeOfTheStep() {
        double horizon = 5;
        double earliest = 0.01;
        double last = Double.NaN;
        for (int steps : new int[] {20, 40, 80, 160}) {
            ThetaPath path = path(TimeGrid.geometric(horizon, earliest, steps));
            double h = Math.log(horizon / earliest) / steps;
            double worst = 0;
            // The one-sided slopes at the two ends are twice as far off.
            for (double s = Math.log(earliest) + h; s < Math.log(horizon) - h; s += h / 13.7) {
                worst = Math.max(worst, Math.abs(at(path, Math.exp(s))[0] - Math.sin(s)));
            }
            assertTrue(worst < 1.1 * h * h * h / 62, steps + " steps: " + worst);
            if (!Double.isNaN(last)) {
                assertEquals(8, last / worst, 1, steps + " steps");
            }
            last = worst;
        }
    }

    @Test
    void timesOutsideTheRangeAreRefused() {
        ThetaPath path = path(TimeGrid.geometric(3, 0.01, 9));
        for (double t : new double[] {3.001, 0.00999, 0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            NumericalException refusal = assertThrows(NumericalException.class, () -> at(path, t));
            assertEquals(1, refusal.getMessage().lines().count());
            assertTrue(refusal.getMessage().contains("[0.01, 3.0]"), refusal.getMessage());
        }
        assertArrayEquals(path.at(0), at(path, Math.nextUp(3.0)), "rounding beyond the ends is forgiven");
        assertArrayEquals(path.at(9), at(path, Math.nextDown(0.01)));
    }

    @Test
    void belowTheGridTheLastCoefficientsAreHeld() {
        TimeGrid grid = TimeGrid.geometric(3, 0.01, 9);
        ThetaPath path = path(grid);
        double[][] theta = new double[10][];
        Arrays.setAll(theta, path::at);
        ThetaPath held = new ThetaPath(grid, theta, 0.002);
        assertEquals(0.002, held.end());
        assertEquals(0.01, path.end());
        for (double t : new double[] {0.01, 0.009, 0.002}) {
            assertArrayEquals(path.at(9), at(held, t));
        }
        for (double t = 0.0101; t < 3; t *= 1.3) {
            assertArrayEquals(at(path, t), at(held, t));
        }
        assertThrows(NumericalException.class, () -> at(held, 0.00199));
        assertThrows(IllegalArgumentException.class, () -> new ThetaPath(grid, theta, 0.02));
        assertThrows(IllegalArgumentException.class, () -> new ThetaPath(grid, theta, 0));
    }

    @Test
    void coefficientsMustBeFiniteAndComplete() {
        TimeGrid grid = TimeGrid.of(3, 1);
        assertThrows(NumericalException.class, () -> new ThetaPath(grid, new double[][] {{1}, {Double.NaN}}));
        assertThrows(IllegalArgumentException.class, () -> new ThetaPath(grid, new double[][] {{1}}));
    }
}
