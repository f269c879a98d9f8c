package org.eigendrift.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cholesky factors by what defines them. */
class LowerTriangleTest {
    /** B B' + I / 2: eigenvalues from 1/2 to about 4 n, so condition numbers stay below 1e3. */
    private static double[] positive(int n, long seed) {
        CounterRandom random = new CounterRandom(seed);
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; p < n; p++) {
                    a[i * n + j] += random.normal(i, p) * random.normal(j, p);
                }
            }
            a[i * n + i] += 0.5;
        }
        return a;
    }

    private static double[] product(double[] a, double[] b, int n) {
        double[] c = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; p < n; p++) {
                    c[i * n + j] += a[i * n + p] * b[p * n + j];
                }
            }
        }
        return c;
    }

    private static double[] lower(double[] a, int n) {
        double[] l = a.clone();
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                l[i * n + j] = 0;
            }
        }
        return l;
    }

    private static double[] transposed(double[] a, int n) {
        double[] t = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            t[i % n * n + i / n] = a[i];
        }
        return t;
    }

    private static double[] one(int n) {
        double[] one = new double[n * n];
        for (int i = 0; i < n; i++) {
            one[i * n + i] = 1;
        }
        return one;
    }

    /** Entries up to 4 n = 52, sums of n terms: n roundings of that size. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 13})
    void theFactorTimesItsTransposeIsTheMatrix(int n) {
        double[] a = positive(n, 1);
        double[] l = a.clone();
        LowerTriangle.factor(l, n);
        double[] factor = lower(l, n);
        assertArrayEquals(a, product(factor, transposed(factor, n), n), n * 52 * 0x1p-52);
    }

    /** Rounding times the condition number, 1e3, and n. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 13})
    void anInverseTimesItsMatrixIsOne(int n) {
        double[] a = positive(n, 2);
        assertArrayEquals(one(n), product(LowerTriangle.inverseOfSymmetric(a, n), a, n), n * 1e3 * 0x1p-52);
        assertArrayEquals(positive(n, 2), a, "the matrix is not modified");
        double[] l = lower(positive(n, 3), n);
        assertArrayEquals(one(n), product(LowerTriangle.inverse(l, n), l, n), n * 1e3 * 0x1p-52);
    }

    @Test
    void upperTrianglesAreNotRead() {
        int n = 4;
        double[] a = positive(n, 4);
        double[] half = lower(a, n);
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                half[i * n + j] = Double.NaN;
            }
        }
        assertArrayEquals(LowerTriangle.inverseOfSymmetric(a, n), LowerTriangle.inverseOfSymmetric(half, n));
        double[] l = half.clone();
        LowerTriangle.factor(l, n);
        assertArrayEquals(LowerTriangle.inverse(lower(l, n), n), LowerTriangle.inverse(l, n));
    }

    /** Leading minors of {{1, 2, 0}, {2, 4, 0}, ..}: 1, 0. Of {{1, 2}, {2, 1}}: 1, -3. */
    @Test
    void aRefusalNamesTheRow() {
        assertRefused("not positive definite at row 2 of 3", 1, 2, 0, 2, 4, 0, 0, 0, 1);
        assertRefused("not positive definite at row 2 of 2", 1, 2, 2, 1);
        assertRefused("not positive definite at row 1 of 1", -1);
        assertRefused("not positive definite at row 3 of 3", 1, 0, 0, 0, 1, 0, 0, 0, Double.NaN);
    }

    private static void assertRefused(String message, double... a) {
        NumericalException refusal = assertThrows(
                NumericalException.class, () -> LowerTriangle.inverseOfSymmetric(a, (int) Math.sqrt(a.length)));
        assertEquals(message, refusal.getMessage());
    }

    /** The residual of a system of condition number below 1e3: n roundings of entries up to 52 times solutions up to 10. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 13})
    void theSolutionSolves(int n) {
        double[] a = positive(n, 4);
        double[] b = new double[n];
        for (int i = 0; i < n; i++) {
            b[i] = i - 2.5;
        }
        double[] x = b.clone();
        double[] l = a.clone();
        LowerTriangle.factor(l, n);
        LowerTriangle.solve(l, n, x);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += a[i * n + j] * x[j];
            }
            assertEquals(b[i], sum, 1e-11);
        }
    }
}
