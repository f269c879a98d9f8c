package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eigendrift.api.Fused;
import org.eigendrift.api.linear.ProductKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every kernel promises: the sums, nothing beside them, the portable bits if it says so, and the same bits in every thread. */
public abstract class ProductKernelContract {

    /** For subclasses. */
    protected ProductKernelContract() {}

    /**
     * The kernel under test.
     *
     * @return the kernel
     */
    protected abstract ProductKernel kernel();

    /** Numbers between -1 and 1. */
    private static double[] numbers(int size, long seed) {
        return new SplittableRandom(seed).doubles(size, -1, 1).toArray();
    }

    private static double[][] rows(int rows, int columns, long seed) {
        return IntStream.range(0, rows)
                .mapToObj(i -> numbers(columns, seed + i))
                .toArray(double[][]::new);
    }

    /** Of k products of at most 1 each order of adding is within k^2 units in the last place of 1 of every other. */
    private double rounding(int k) {
        return kernel().exact() ? 0 : (k + 1.0) * (k + 1) * Math.ulp(1.0);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "4, 5, 16",
        "5, 7, 19",
        "3, 200, 33",
        "9, 64, 1",
        "8, 130, 300",
        "17, 3, 515",
        "0, 4, 4",
        "4, 0, 4",
        "4, 4, 0"
    })
    void addsTheProductOfPartsOfMatricesAndTouchesNothingElse(int m, int k, int n) {
        int aRow = k + 2;
        int bRow = n + 1;
        int cRow = n + 3;
        double[] a = numbers(3 + m * aRow, 1);
        double[] b = numbers(1 + k * bRow, 2);
        double[] c = numbers(2 + m * cRow, 3);
        double[] expected = c.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; p < k; p++) {
                    int at = 2 + i * cRow + j;
                    expected[at] = Fused.multiplyAdd(a[3 + i * aRow + p], b[1 + p * bRow + j], expected[at]);
                }
            }
        }
        double[] aBefore = a.clone();
        double[] bBefore = b.clone();
        kernel().multiplyAdd(m, k, n, a, 3, aRow, b, 1, bRow, c, 2, cRow);
        assertArrayEquals(aBefore, a, "A was modified");
        assertArrayEquals(bBefore, b, "B was modified");
        for (int at = 0; at < c.length; at++) {
            int column = (at - 2) % cRow;
            boolean inside = at >= 2 && column < n;
            assertEquals(expected[at], c[at], inside ? rounding(k) : 0, "entry " + (at + 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 1",
        "4, 5, 3, 19",
        "6, 16, 1, 300",
        "9, 37, 250, 517",
        "5, 4, 7, 7",
        "0, 3, 0, 5",
        "64, 16, 16, 96"
    })
    void addsAProductToARangeOfColumnsOfRows(int m, int k, int from, int to) {
        double[] a = numbers(m * k, 4);
        double[][] b = rows(k + 2, to + 3, 50);
        double[][] c = rows(m + 1, to + 2, 500);
        double[][] expected = new double[m + 1][];
        for (int i = 0; i <= m; i++) {
            expected[i] = c[i].clone();
            for (int j = from; i > 0 && j < to; j++) {
                for (int p = 0; p < k; p++) {
                    expected[i][j] = Fused.multiplyAdd(a[(i - 1) * k + p], b[p + 2][j], expected[i][j]);
                }
            }
        }
        kernel().multiplyAdd(m, k, from, to, a, b, 2, c, 1);
        for (int i = 0; i <= m; i++) {
            for (int j = 0; j < c[i].length; j++) {
                boolean inside = i > 0 && j >= from && j < to;
                assertEquals(
                        expected[i][j], c[i][j], inside ? rounding(k) : 0, "row " + (i + 1) + ", column " + (j + 1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 16", "3, 17", "31, 300", "0, 4", "4, 0"})
    void contractsOverRows(int rows, int n) {
        double[][] x = rows(rows + 1, n + 1, 70);
        double[][] y = rows(rows, n + 1, 700);
        double[] out = numbers(n + 1, 5);
        double[] expected = out.clone();
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < rows; i++) {
                expected[j] = Fused.multiplyAdd(x[i + 1][j], y[i][j], expected[j]);
            }
        }
        kernel().contractRows(rows, n, x, 1, y, out);
        for (int j = 0; j <= n; j++) {
            assertEquals(expected[j], out[j], j < n ? rounding(rows) : 0, "column " + (j + 1));
        }
    }

    /** A column is a function of its own numbers: a row's score must not depend on the rows computed with it. */
    @Test
    void aColumnAloneHasTheSameBits() {
        int m = 7;
        int k = 30;
        int n = 41;
        double[] a = numbers(m * k, 6);
        double[][] b = rows(k, n, 90);
        double[][] together = rows(m, n, 900);
        double[][] alone = rows(m, n, 900);
        kernel().multiplyAdd(m, k, 0, n, a, b, 0, together, 0);
        for (int j = 0; j < n; j++) {
            kernel().multiplyAdd(m, k, j, j + 1, a, b, 0, alone, 0);
        }
        for (int i = 0; i < m; i++) {
            assertArrayEquals(together[i], alone[i], "row " + (i + 1));
        }
    }

    @Test
    void threadsAtOnceHaveTheBitsOfOne() {
        int m = 12;
        int k = 128;
        int n = 200;
        double[] a = numbers(m * k, 7);
        double[] b = numbers(k * n, 8);
        double[] one = new double[m * n];
        ProductKernel kernel = kernel();
        kernel.multiplyAdd(m, k, n, a, 0, k, b, 0, n, one, 0, n);
        double[][] many = new double[64][m * n];
        IntStream.range(0, many.length)
                .parallel()
                .forEach(t -> kernel.multiplyAdd(m, k, n, a, 0, k, b, 0, n, many[t], 0, n));
        for (double[] other : many) {
            assertArrayEquals(one, other);
        }
    }
}
