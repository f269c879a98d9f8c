package org.eigendrift.api.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

class SymmetricMatrixTest {
    private static final int[] STARTS = {0, 2, 5, 6};

    /** Blocks (0,0), (0,2), (1,1), (2,2); clusters 0 and 1, and 1 and 2, share nothing. */
    private static BlockSymmetric blocks() {
        double[] first = {2, 1, 1, 3};
        double[] across = {5, 7};
        double[] second = {4, 1, 0, 1, 5, 2, 0, 2, 6};
        double[] third = {9};
        return new BlockSymmetric(
                STARTS, new int[] {0, 2, 3, 4}, new int[] {0, 2, 1, 2}, new double[][] {first, across, second, third});
    }

    @Test
    void blocksAndDenseAreTheSameMatrix() {
        BlockSymmetric blocks = blocks();
        DenseSymmetric dense = blocks.toDense();
        CounterRandom random = new CounterRandom(1);
        double[] x = new double[6];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.normal(i, 0);
        }
        double[] expected = new double[6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                assertEquals(blocks.get(i, j), dense.get(i, j));
                assertEquals(blocks.get(i, j), blocks.get(j, i));
                expected[i] += blocks.get(i, j) * x[j];
            }
        }
        double[] y = new double[6];
        // Sums of at most six products of size ten: a few roundings of 1e-15 each.
        blocks.apply(x, y);
        assertArrayEquals(expected, y, 1e-13);
        dense.apply(x, y);
        assertArrayEquals(expected, y, 1e-13);
        double[] diagonal = new double[6];
        blocks.diagonal(diagonal);
        assertArrayEquals(new double[] {2, 3, 4, 5, 6, 9}, diagonal);
        assertEquals(4 + 2 * 2 + 9 + 1, blocks.nonzeros());
    }

    @Test
    void theResidualIsThatOfTheShiftedSystem() {
        LinearSystem system = new LinearSystem(blocks(), 0.5, new double[] {1, 0, 0, 0, 0, 0}, 0.1);
        assertEquals(1, system.relativeResidual(new double[6]));
        // Column 0 of A + I/2 is (2.5, 1, 0, 0, 0, 5): x = (0.4, 0, ...) leaves (0, -0.4, 0, 0, 0, -2).
        assertEquals(Math.hypot(0.4, 2), system.relativeResidual(new double[] {0.4, 0, 0, 0, 0, 0}), 1e-15);
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new BlockSymmetric(new int[] {0, 2}, new int[] {0, 1}, new int[] {0}, new double[][] {{1}}));
        assertThrows(IllegalArgumentException.class, () -> new LinearSystem(blocks(), -1, new double[6], 0));
        assertThrows(IllegalArgumentException.class, () -> new LinearSystem(blocks(), 0, new double[5], 0));
    }
}
