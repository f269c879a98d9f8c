package org.eigendrift.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

/** The kernel against loops as one writes them down, at sizes around its groups of four rows and its tiles of 256 columns. */
class MatrixKernelTest {
    private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 17, 64, 129};

    /** Fills what the kernel must not touch. */
    private static final double GAP = -7.5;

    private static double[] random(long seed, int length) {
        CounterRandom random = new CounterRandom(seed);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.normal(1, i);
        }
        return values;
    }

    /** The sum over p in ascending order, one fused multiply-add each, is the order the kernel promises. */
    @Test
    void productsAreThoseOfTheTripleLoopBitForBit() {
        for (int m : SIZES) {
            for (int k : SIZES) {
                for (int n : SIZES) {
                    checkProduct(m, k, n, 0, 0, 0);
                }
            }
        }
    }

    @Test
    void stridesAndOffsetsAreRespected() {
        for (int m : new int[] {1, 2, 3, 5, 8}) {
            for (int k : new int[] {1, 3, 4, 9}) {
                for (int n : new int[] {1, 4, 17, 255, 256, 257, 600}) {
                    checkProduct(m, k, n, 3, 1, 5);
                    checkProduct(m, k, n, 0, 11, 2);
                }
            }
        }
    }

    @Test
    void scalarProductsAreThoseOfALoop() {
        for (int n : SIZES) {
            double[] x = random(7, n + 2);
            double[] y = random(8, n + 5);
            double sum = 0;
            double size = 0;
            for (int k = 0; k < n; k++) {
                sum += x[2 + k] * y[5 + k];
                size += Math.abs(x[2 + k] * y[5 + k]);
            }
            // Each of both sums errs by at most one unit of rounding of the sizes for every term.
            assertEquals(sum, MatrixKernel.dot(n, x, 2, y, 5), 2 * n * 0x1p-53 * size);
        }
    }

    private static void checkProduct(int m, int k, int n, int aExtra, int bExtra, int cExtra) {
        int aRow = k + aExtra;
        int bRow = n + bExtra;
        int cRow = n + cExtra;
        double[] a = random(1, aExtra + m * aRow);
        double[] b = random(2, bExtra + k * bRow);
        double[] c = random(3, cExtra + m * cRow);
        double[] expected = c.clone();
        double[] sizes = new double[c.length];
        double[] plain = c.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int at = cExtra + i * cRow + j;
                sizes[at] = Math.abs(c[at]);
                for (int p = 0; p < k; p++) {
                    double x = a[aExtra + i * aRow + p];
                    double y = b[bExtra + p * bRow + j];
                    expected[at] = Math.fma(x, y, expected[at]);
                    plain[at] += x * y;
                    sizes[at] += Math.abs(x * y);
                }
            }
        }
        double[] aBefore = a.clone();
        double[] bBefore = b.clone();
        MatrixKernel.multiplyAdd(m, k, n, a, aExtra, aRow, b, bExtra, bRow, c, cExtra, cRow);
        String label = m + " x " + k + " x " + n;
        assertArrayEquals(expected, c, label);
        assertArrayEquals(aBefore, a, label);
        assertArrayEquals(bBefore, b, label);
        for (int at = 0; at < c.length; at++) {
            // Both sums of k products err by at most (k + 1) half units in the last place of the sum of sizes.
            assertEquals(plain[at], c[at], (k + 1) * 0x1p-52 * sizes[at], label);
        }
    }

    @Test
    void rowsInArraysOfTheirOwnGiveTheSameBits() {
        for (int m : SIZES) {
            for (int k : SIZES) {
                for (int n : SIZES) {
                    double[] a = random(1, m * k);
                    double[][] b = randomRows(2, k + 2, n + 1);
                    double[][] c = randomRows(3, m, n + 3);
                    double[][] expected = randomRows(3, m, n + 3);
                    for (int i = 0; i < m; i++) {
                        for (int j = 0; j < n; j++) {
                            for (int p = 0; p < k; p++) {
                                expected[i][j] = Math.fma(a[i * k + p], b[2 + p][j], expected[i][j]);
                            }
                        }
                    }
                    MatrixKernel.multiplyAdd(m, k, n, a, b, 2, c);
                    assertArrayEquals(expected, c, m + " x " + k + " x " + n);
                }
            }
        }
    }

    private static double[][] randomRows(int seed, int rows, int columns) {
        double[][] all = new double[rows][];
        for (int i = 0; i < rows; i++) {
            all[i] = random(seed * 1000 + i, columns);
        }
        return all;
    }

    @Test
    void transposeMovesEveryEntry() {
        for (int rows : SIZES) {
            for (int columns : SIZES) {
                int outRow = rows + 3;
                double[] a = random(4, 2 + rows * columns);
                double[] out = new double[1 + columns * outRow];
                Arrays.fill(out, GAP);
                MatrixKernel.transpose(rows, columns, a, 2, out, 1, outRow);
                double[] expected = new double[out.length];
                Arrays.fill(expected, GAP);
                for (int r = 0; r < rows; r++) {
                    for (int c = 0; c < columns; c++) {
                        expected[1 + c * outRow + r] = a[2 + r * columns + c];
                    }
                }
                assertArrayEquals(expected, out, rows + " x " + columns);
            }
        }
    }

    @Test
    void contractionsAreThoseOfTheDoubleLoopBitForBit() {
        for (int rows : SIZES) {
            for (int n : SIZES) {
                double[][] x = randomRows(5, rows + 1, n + 2);
                double[][] y = randomRows(6, rows, n + 2);
                double[] out = random(7, n + 1);
                double[] expected = out.clone();
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < n; j++) {
                        expected[j] = Math.fma(x[1 + i][j], y[i][j], expected[j]);
                    }
                }
                MatrixKernel.contractRows(rows, n, x, 1, y, out);
                assertArrayEquals(expected, out, rows + " x " + n);
            }
        }
    }

    /** A column's result must not depend on the columns beside it: batches of points rely on it. */
    @Test
    void columnsDoNotInfluenceOneAnother() {
        int m = 9;
        int k = 17;
        int n = 129;
        double[] a = random(8, m * k);
        double[] b = random(9, k * n);
        double[] whole = new double[m * n];
        MatrixKernel.multiplyAdd(m, k, n, a, 0, k, b, 0, n, whole, 0, n);
        for (int width : new int[] {1, 2, 3, 7, 64}) {
            double[] parts = new double[m * n];
            for (int from = 0; from < n; from += width) {
                MatrixKernel.multiplyAdd(m, k, Math.min(width, n - from), a, 0, k, b, from, n, parts, from, n);
            }
            assertTrue(Arrays.equals(whole, parts), "columns in parts of " + width);
        }
    }
}
