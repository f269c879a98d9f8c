package org.eigendrift.solvers.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.linear.BlockSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The blocked factorisation against the textbook's, at sizes around the widths of panels, tiles and groups. */
final class CholeskyFactorTest {
    private static double[] matrix(int n) {
        CounterRandom random = new CounterRandom(n);
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[i * n + j] = random.normal(i, j) / (2 * Math.sqrt(n));
                a[j * n + i] = a[i * n + j];
            }
            a[i * n + i] = 2;
        }
        return a;
    }

    /** Golub, Van Loan, algorithm 4.2.1, entry by entry. */
    private static double[][] textbook(double[] a, int n, double shift) {
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i * n + j] + (i == j ? shift : 0);
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        return l;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 31, 32, 33, 35, 36, 37, 63, 64, 65, 67, 100, 511, 545, 551})
    void agreesWithTheTextbook(int n) {
        double[] a = matrix(n);
        CholeskyFactor factor = new CholeskyFactor();
        assertEquals(-1, factor.factor(a, 0, n, n, 0.25));
        double[][] l = textbook(a, n, 0.25);
        for (int i = 0; i < n; i++) {
            // Each entry is a sum of at most n products below 2.
            assertEquals(l[i][i], factor.diagonal(i), n * 2 * Math.ulp(2.0));
        }
        double[] x = new double[n];
        Arrays.setAll(x, i -> new CounterRandom(3).normal(0, i));
        double[] b = new double[n + 2];
        for (int i = 0; i < n; i++) {
            b[1 + i] = 0.25 * x[i];
            for (int j = 0; j < n; j++) {
                b[1 + i] += a[i * n + j] * x[j];
            }
        }
        factor.solve(b, 1);
        // The condition number is below 10: the spectrum of a Wigner matrix of this scale lies within [-1, 1].
        assertArrayEquals(x, Arrays.copyOfRange(b, 1, n + 1), 10 * n * 8 * Math.ulp(1.0));
        assertEquals(0, b[0] + b[n + 1], 0, "nothing else is touched");
    }

    @Test
    void stopsAtTheFirstPivotThatIsNotPositive() {
        int n = 70;
        double[] a = matrix(n);
        a[50 * n + 50] = -1;
        assertEquals(50, new CholeskyFactor().factor(a, 0, n, n, 0));
        a[50 * n + 50] = Double.NaN;
        assertEquals(50, new CholeskyFactor().factor(a, 0, n, n, 0));
    }

    @Test
    void blocksAndTheirDenseFormGiveTheSameBits() {
        double[][] entries = {{2, 0.1, 0.1, 3}, {0.2, 0.3, 0.4, 0.5, 0.6, 0.7}, {4, 0.1, 0, 0.1, 5, 0.2, 0, 0.2, 6}};
        BlockSymmetric blocks =
                new BlockSymmetric(new int[] {0, 2, 5}, new int[] {0, 2, 3}, new int[] {0, 1, 1}, entries);
        CholeskyFactor sparse = new CholeskyFactor();
        CholeskyFactor dense = new CholeskyFactor();
        // Work space that held something else must not show.
        sparse.factor(matrix(40), 0, 40, 40, 0);
        assertEquals(-1, sparse.factor(blocks, 0.5));
        assertEquals(-1, dense.factor(blocks.toDense(), 0.5));
        double[] x = {1, 2, 3, 4, 5};
        double[] y = x.clone();
        sparse.solve(x, 0);
        dense.solve(y, 0);
        assertArrayEquals(y, x, 0);
    }
}
