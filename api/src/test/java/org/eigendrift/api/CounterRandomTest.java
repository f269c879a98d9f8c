package org.eigendrift.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CounterRandomTest {
    private static final int ONES = 0xFFFFFFFF;

    /** The known answers of philox4x32-10 that come with the authors' Random123 library (kat_vectors). */
    @Test
    void reproducesTheAuthorsKnownAnswers() {
        assertBlock(block(0, 0, 0, 0, 0, 0), 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertBlock(block(ONES, ONES, ONES, ONES, ONES, ONES), 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertBlock(
                block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0),
                0xd16cfe09,
                0x94fdcceb,
                0x5001e420,
                0x24126ea1);
    }

    private static long[] block(int c0, int c1, int c2, int c3, int k0, int k1) {
        long[] out = new long[2];
        CounterRandom.philox(c0, c1, c2, c3, k0, k1, out);
        return out;
    }

    private static void assertBlock(long[] block, int w0, int w1, int w2, int w3) {
        assertEquals((w0 & 0xFFFFFFFFL) | ((long) w1 << 32), block[0]);
        assertEquals((w2 & 0xFFFFFFFFL) | ((long) w3 << 32), block[1]);
    }

    @Test
    void momentsAreThoseOfTheLaw() {
        CounterRandom random = new CounterRandom(42);
        int n = 200_000;
        double uniform = 0;
        double mean = 0;
        double square = 0;
        double pair = 0;
        for (int i = 0; i < n; i++) {
            uniform += random.uniform(i, 3);
            double a = random.normal(i, 6);
            double b = random.normal(i, 7);
            mean += a;
            square += a * a;
            pair += a * b;
        }
        // Four standard errors: sd of a uniform 0.289, of a normal 1, of its square sqrt 2, of a product 1.
        double error = 4 / Math.sqrt(n);
        assertEquals(0.5, uniform / n, 0.289 * error);
        assertEquals(0, mean / n, error);
        assertEquals(1, square / n, Math.sqrt(2) * error);
        assertEquals(0, pair / n, error);
    }

    @Test
    void seedsStreamsAndPurposesDiffer() {
        CounterRandom random = new CounterRandom(1);
        assertNotEquals(random.bits(0, 0), new CounterRandom(2).bits(0, 0));
        assertNotEquals(random.bits(0, 0), random.bits(1, 0));
        assertNotEquals(random.bits(0, 0), random.bits(0, 1));
        assertNotEquals(random.derive(1).bits(0, 0), random.derive(2).bits(0, 0));
        assertEquals(random.bits(5, 9), new CounterRandom(1).bits(5, 9));
        assertTrue(random.uniform(0, 0) > 0 && random.uniform(0, 0) < 1);
    }
}
