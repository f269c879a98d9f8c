package org.eigendrift.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Sums of exponentials against plain ones, and where those overflow. */
class LogSumTest {
    private static final double NONE = Double.NEGATIVE_INFINITY;

    @Test
    void ofTermsAtHand() {
        assertEquals(Math.log(Math.exp(1) + Math.exp(2) + Math.exp(-3)), LogSum.of(new double[] {1, 2, -3}), 1e-15);
        assertEquals(1000 + Math.log(2), LogSum.of(new double[] {1000, 1000}), 1e-12);
        assertEquals(-2000, LogSum.of(new double[] {-2000, NONE}));
        assertEquals(NONE, LogSum.of(new double[] {NONE, NONE}));
        assertEquals(NONE, LogSum.of(new double[0]));
    }

    @Test
    void shares() {
        assertArrayEquals(
                new double[] {0.25, 0, 0.75}, LogSum.shares(new double[] {900, NONE, 900 + Math.log(3)}), 1e-12);
    }

    /** Row 0 gets 1, 3 and -2, row 2 gets 5 and nothing that counts, row 1 impossible terms alone. */
    @Test
    void ofTermsThatArrive() {
        LogSum sum = new LogSum(4);
        sum.add(new int[] {0, 1, 2}, new double[] {0, NONE, 4}, 1);
        sum.add(new int[] {0, 1}, new double[] {3, NONE}, 0);
        sum.add(new int[] {2, 0}, new double[] {NONE, -4}, 2);
        double[] expected = {Math.log(Math.exp(1) + Math.exp(3) + Math.exp(-2)), NONE, 5, NONE};
        assertArrayEquals(expected, sum.logs(), 1e-15);
        // Reading it changes nothing.
        assertArrayEquals(expected, sum.logs(), 1e-15);
        sum.add(new int[] {3, 3}, new double[] {700, 700}, 300);
        assertEquals(1000 + Math.log(2), sum.logs()[3], 1e-12);
    }
}
