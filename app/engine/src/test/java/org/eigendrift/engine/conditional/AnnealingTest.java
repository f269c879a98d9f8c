package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.kernel.LogSum;
import org.junit.jupiter.api.Test;

/** Weights of particles by hand. */
class AnnealingTest {
    /** Of weights 4, 2, 1, 1 the sum squared is 64, the squares sum to 22; their scale is nothing to that. */
    @Test
    void theEffectiveSampleSize() {
        double[] logs = {Math.log(4), Math.log(2), 0, 0};
        assertEquals(64.0 / 22, Annealing.effective(logs), 1e-14);
        double[] scaled = Arrays.stream(logs).map(l -> l - 500).toArray();
        assertEquals(64.0 / 22, Annealing.effective(scaled), 1e-12);
        assertEquals(5, Annealing.effective(new double[] {1, 1, 1, 1, 1}), 1e-14);
        assertEquals(1, Annealing.effective(new double[] {0, Double.NEGATIVE_INFINITY}), 1e-14);
    }

    /** Shares 1/2, 1/4, 0, 1/4 of four places at the quarters, whatever the shift; of shares 0.3, 0.7 the shift decides. */
    @Test
    void systematicPlacesFallIntoShares() {
        double none = Double.NEGATIVE_INFINITY;
        double[] logs = {Math.log(2), 0, none, 0};
        for (double shift : new double[] {0.01, 0.5, 0.99}) {
            assertArrayEquals(new int[] {0, 0, 1, 3}, Annealing.systematic(logs, Math.log(4), shift));
        }
        double[] two = {Math.log(0.3), Math.log(0.7)};
        assertArrayEquals(new int[] {0, 1}, Annealing.systematic(two, 0, 0.59));
        assertArrayEquals(new int[] {1, 1}, Annealing.systematic(two, 0, 0.61));
    }

    /** Every particle is taken as often as its share of all says, rounded down or up, and over many shifts so on average. */
    @Test
    void particlesAreTakenInProportionToTheirWeights() {
        CounterRandom random = new CounterRandom(4);
        int size = 50;
        double[] logs = new double[size];
        Arrays.setAll(logs, n -> 2 * random.normal(n, 0));
        double sum = LogSum.of(logs);
        double[] counts = new double[size];
        int shifts = 400;
        for (int s = 0; s < shifts; s++) {
            int[] own = new int[size];
            for (int n : Annealing.systematic(logs, sum, (s + 0.5) / shifts)) {
                own[n]++;
            }
            for (int n = 0; n < size; n++) {
                double share = size * Math.exp(logs[n] - sum);
                assertTrue(own[n] >= Math.floor(share - 1e-9) && own[n] <= Math.ceil(share + 1e-9), "particle " + n);
                counts[n] += own[n];
            }
        }
        for (int n = 0; n < size; n++) {
            // Shifts that are evenly spaced miss each end of a share by one of them at most.
            assertEquals(shifts * size * Math.exp(logs[n] - sum), counts[n], 2, "particle " + n);
        }
    }
}
