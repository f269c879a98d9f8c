package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

class SparseStackingTest {
    @Test
    void ofTwoHalvesOfAMixtureTheSharesAreFound() {
        int rows = 20_000;
        CounterRandom random = new CounterRandom(5);
        double[][] laws = new double[2][rows];
        for (int n = 0; n < rows; n++) {
            boolean first = random.uniform(n, 0) < 0.3;
            boolean one = random.uniform(n, 1) < (first ? 0.9 : 0.2);
            laws[0][n] = one ? 0.9 : 0.1;
            laws[1][n] = one ? 0.2 : 0.8;
        }
        // The share of ones is 0.41, its standard error 0.0035, the share 1 / 0.7 of it: four of them.
        assertEquals(0.3, SparseStacking.weights(laws, 0.02)[0], 0.02);
    }

    /** Of 80 rows some laws gain by chance, which is no reason to blur. */
    @Test
    void aLawThatGainsByChanceIsLeftOut() {
        CounterRandom random = new CounterRandom(6);
        double[][] laws = new double[3][80];
        for (int n = 0; n < 80; n++) {
            laws[0][n] = 0.5;
            laws[1][n] = 0.5 + 0.1 * (random.uniform(n, 0) - 0.5);
            laws[2][n] = 0.3;
        }
        double[] weights = SparseStacking.weights(laws, 0.02);
        assertEquals(1, Arrays.stream(weights).filter(w -> w > 0).count());
        assertEquals(0, weights[2]);
    }

    @Test
    void aLawThatOneRowNeedsHasItsShare() {
        double[][] laws = new double[2][100];
        Arrays.fill(laws[0], 0.5);
        Arrays.fill(laws[1], 0.1);
        laws[0][17] = 1e-8;
        double share = SparseStacking.weights(laws, 0.001)[1];
        // d/ds of 99 log(0.5 - 0.4 s) + log(0.1 s) vanishes at s = 1 / 80.
        assertArrayEquals(new double[] {1 / 80.0}, new double[] {share}, 1e-3);
    }
}
