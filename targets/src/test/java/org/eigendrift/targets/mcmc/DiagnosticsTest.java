package org.eigendrift.targets.mcmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosticsTest {

    /** x_{n+1} = rho x_n + sqrt(1 - rho^2) noise, stationary from the start. */
    private static double[][] autoregressive(int chains, int length, double rho) {
        CounterRandom random = new CounterRandom(17);
        double[][] out = new double[chains][length];
        for (int c = 0; c < chains; c++) {
            out[c][0] = random.normal(c, 0);
            for (int n = 1; n < length; n++) {
                out[c][n] = rho * out[c][n - 1] + Math.sqrt(1 - rho * rho) * random.normal(c, n);
            }
        }
        return out;
    }

    /** The autocorrelation time of that process is (1 + rho) / (1 - rho). */
    @ParameterizedTest
    @ValueSource(doubles = {-0.5, 0, 0.5, 0.9})
    void effectiveSizeOfAnAutoregressiveProcess(double rho) {
        double[][] chains = autoregressive(8, 4000, rho);
        double expected = 32_000 * (1 - rho) / (1 + rho);
        // The estimator's own scatter is a few per cent at this length.
        assertEquals(1, Diagnostics.effectiveSize(chains) / expected, 0.15);
        assertEquals(1, Diagnostics.splitRHat(chains), 0.01);
    }

    @Test
    void rHatSeesChainsThatStayApart() {
        double[][] chains = autoregressive(4, 1000, 0);
        for (int n = 0; n < 1000; n++) {
            chains[0][n] += 1;
        }
        // Means 1, 0, 0, 0 twice over: variance 3/14 about a within-variance of 1.
        assertEquals(Math.sqrt(1 + 3.0 / 14), Diagnostics.splitRHat(chains), 0.02);
        assertTrue(Diagnostics.effectiveSize(chains) < 400);
    }

    @Test
    void splitRHatSeesATrend() {
        double[][] chains = autoregressive(4, 1000, 0);
        for (double[] chain : chains) {
            for (int n = 0; n < 1000; n++) {
                chain[n] += 3.0 * n / 1000;
            }
        }
        // Half-means 0.75 and 2.25, four each: variance 9/14. Within a half the trend adds 1.5^2 / 12.
        assertEquals(Math.sqrt(1 + 9.0 / 14 / (1 + 0.1875)), Diagnostics.splitRHat(chains), 0.02);
    }

    @Test
    void constantChains() {
        assertEquals(1, Diagnostics.splitRHat(new double[2][10]));
        double[][] apart = new double[2][10];
        Arrays.fill(apart[1], 1);
        assertEquals(Double.POSITIVE_INFINITY, Diagnostics.splitRHat(apart));
    }
}
