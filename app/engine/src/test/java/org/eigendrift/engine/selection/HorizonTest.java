package org.eigendrift.engine.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The horizon against the divergence that it bounds. */
class HorizonTest {
    private static double divergence(double[] rates, double[] moments, double t) {
        double sum = 0;
        for (int a = 0; a < rates.length; a++) {
            sum += 0.5 * moments[a] * moments[a] * Math.exp(-2 * rates[a] * t);
        }
        return sum;
    }

    /** Of functions of rate 1 the divergence at T is the tolerance itself. */
    @Test
    void slowFunctionsAreForgottenToTheTolerance() {
        double[] rates = {1, 1};
        double[] moments = {3, 4};
        double horizon = Horizon.of(rates, moments).time();
        assertEquals(1e-5, divergence(rates, moments, horizon), 1e-5 * 1e-12);
    }

    /** A function of rate 4, at e^3 times the size, is at T = 1 what one of rate 1 is. */
    @Test
    void fastFunctionsCountAsMuchAsIsLeftOfThem() {
        double slow = Horizon.of(new double[] {1}, new double[] {3}).time();
        double fast =
                Horizon.of(new double[] {4}, new double[] {3 * Math.exp(3)}).time();
        assertEquals(slow, fast, 1e-12);
        assertTrue(divergence(new double[] {4}, new double[] {3 * Math.exp(3)}, fast) < 1e-5);
    }

    @Test
    void itIsNeitherShortNorEndless() {
        assertEquals(3, Horizon.of(new double[] {1}, new double[] {0}).time());
        assertEquals(12, Horizon.of(new double[] {1}, new double[] {1e9}).time());
    }

    @Test
    void itSaysWhatItCosts() {
        assertEquals(
                "T: 3.00 (starting from the stationary law costs less than 1e-05 nats)",
                Horizon.of(new double[] {1}, new double[] {0}).decision().line());
    }
}
