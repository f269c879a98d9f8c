package org.eigendrift.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One number in each stratum, and each of them uniform. */
class StrataTest {
    private static final int SEEDS = 24_000;

    private static Strata strata(long seed, int count) {
        return new Strata(new CounterRandom(seed), count);
    }

    private static int[] block(Strata strata, int count, long block) {
        return IntStream.range(0, count)
                .map(n -> (int) (strata.uniform(block * count + n) * count))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000, 1025})
    void everyBlockHasOneNumberInEachStratum(int count) {
        Strata strata = strata(3, count);
        for (long block : new long[] {0, 1, 1L << 30}) {
            int[] sorted = block(strata, count, block);
            Arrays.sort(sorted);
            assertArrayEquals(IntStream.range(0, count).toArray(), sorted);
        }
    }

    @Test
    void blocksAndSeedsHaveOrdersOfTheirOwn() {
        int[] order = block(strata(3, 1000), 1000, 0);
        assertFalse(Arrays.equals(order, block(strata(3, 1000), 1000, 1)));
        assertFalse(Arrays.equals(order, block(strata(4, 1000), 1000, 0)));
    }

    /**
     * Over seeds two numbers of a block fall into each of the 5 x 4 pairs of different strata alike often, and each lies anywhere in
     * its stratum: chi-square of 19 degrees of freedom, and of 99 for the places of the first; beyond 52 and 168 once in 20,000 times.
     */
    @Test
    void twoNumbersAreAPairOfStrataByChance() {
        int[][] pairs = new int[5][5];
        int[] places = new int[100];
        for (long seed = 0; seed < SEEDS; seed++) {
            Strata strata = strata(seed, 5);
            double first = strata.uniform(1);
            pairs[(int) (5 * first)][(int) (5 * strata.uniform(3))]++;
            places[(int) (100 * first)]++;
        }
        double[] apart = IntStream.range(0, 25)
                .filter(i -> i % 6 != 0)
                .mapToDouble(i -> pairs[i / 5][i % 5])
                .toArray();
        assertEquals(SEEDS, Arrays.stream(apart).sum());
        assertTrue(chiSquare(apart) < 52);
        assertTrue(chiSquare(Arrays.stream(places).asDoubleStream().toArray()) < 168);
    }

    private static double chiSquare(double[] counts) {
        double expected = (double) SEEDS / counts.length;
        return Arrays.stream(counts)
                .map(c -> (c - expected) * (c - expected) / expected)
                .sum();
    }
}
