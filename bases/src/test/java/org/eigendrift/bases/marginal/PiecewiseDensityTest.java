package org.eigendrift.bases.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.junit.jupiter.api.Test;

class PiecewiseDensityTest {

    /** A spline that reproduces cubics is exact for a normal law with a cubic tilt. */
    @Test
    void theSplineReproducesCubics() {
        double[] logs = new double[14];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = cubic(-3 + 6.0 * i / 13);
        }
        PiecewiseDensity density = PiecewiseDensity.spline(-3, 3, logs);
        double constant = density.log(0) - cubic(0);
        for (double x = -3; x <= 3; x += 0.07) {
            // Thirteen knots: the slopes' system amplifies roundings of values near 10 by a few.
            assertEquals(cubic(x) + constant, density.log(x), 1e-13 * 30);
            assertEquals(-1.4 * x + 0.3 + 0.3 * x * x, density.logDerivative(x), 1e-12 * 30);
        }
    }

    private static double cubic(double x) {
        return 200 + 0.3 * x - 0.7 * x * x + 0.1 * x * x * x;
    }

    @Test
    void anExponentialLawHasItsMoments() {
        // On [0, 40] with rate 1: e^-40 of the mass is missing.
        PiecewiseDensity density = PiecewiseDensity.boltzmann(0, 40, new double[] {5, 1}, 50);
        assertEquals(1, density.variance(), 1e-12);
        assertEquals(-2, density.log(2), 1e-13);
        assertEquals(-1, density.logDerivative(17), 1e-13);
        for (double u : new double[] {1e-12, 0.3, 0.999}) {
            assertEquals(-Math.log1p(-u), density.quantile(u), 1e-13 / (1 - u));
            assertEquals(u, density.distribution(-Math.log1p(-u)), 1e-14);
        }
        for (double x : new double[] {0.1, 3, 17, 30}) {
            assertEquals(1, density.survival(x) / (Math.exp(-x) - Math.exp(-40)), 1e-13, "above " + x);
        }
        assertEquals(1, density.survival(-1));
        assertEquals(0, density.survival(41));
        assertEquals(0, density.distribution(-1));
        assertEquals(1, density.distribution(41));
        assertEquals(Double.NEGATIVE_INFINITY, density.log(-1e-9));
    }

    @Test
    void aDamagedStateIsRefused() {
        State good = PiecewiseDensity.boltzmann(0, 1, new double[] {0, 1}, 4).state();
        assertEquals(8, PiecewiseDensity.restore(good).state().get("log_density").length);
        assertRefused(new double[] {0, 1, 3}, new double[8]);
        assertRefused(new double[] {1, 0, 2}, new double[8]);
        assertRefused(new double[] {0, 1, 2}, new double[] {0, Double.NaN});
        assertRefused(new double[] {0, Double.POSITIVE_INFINITY, 2}, new double[8]);
        assertRefused(new double[] {0, 1, 1.5}, new double[3]);
    }

    private static void assertRefused(double[] domain, double[] coefficients) {
        State state = State.of(Map.of("domain", domain, "log_density", coefficients));
        InputException refusal = assertThrows(InputException.class, () -> PiecewiseDensity.restore(state));
        assertTrue(refusal.getMessage().contains("damaged"), refusal.getMessage());
    }
}
