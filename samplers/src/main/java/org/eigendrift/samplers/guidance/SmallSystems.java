package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import org.eigendrift.api.NumericalException;

/** Cholesky factors of the few observations' covariances, entry (i, j) of m x m at i m + j, an array along the points each. */
final class SmallSystems {
    private SmallSystems() {}

    /**
     * Factors in place.
     *
     * @param a symmetric matrices; their lower triangles become the factors; modified
     * @param m rows of a matrix
     * @param t for the message
     * @param logDeterminant receives the logarithms of the determinants; modified
     * @throws NumericalException if one is not positive definite
     */
    static void factor(double[][] a, int m, double t, double[] logDeterminant) {
        int[] failed = decompose(a, m);
        for (int n = 0; n < failed.length; n++) {
            if (failed[n] >= 0) {
                throw new NumericalException("the covariance of observation " + failed[n]
                        + " given a noisy point at t = " + t + " is not positive (" + a[failed[n] * (m + 1)][n]
                        + "): the observation has noise 0 and the model's Hessian leaves the"
                        + " estimate no positive variance there; give the observation some noise");
            }
        }
        Arrays.fill(logDeterminant, 0);
        for (int i = 0; i < m; i++) {
            double[] pivots = a[i * (m + 1)];
            for (int n = 0; n < logDeterminant.length; n++) {
                logDeterminant[n] += 2 * Math.log(pivots[n]);
            }
        }
    }

    /** Whether all matrices are positive definite: then their lower triangles become the factors, and are destroyed otherwise. */
    static boolean positive(double[][] a, int m) {
        return Arrays.stream(decompose(a, m)).allMatch(row -> row < 0);
    }

    /** Cholesky in place; of each matrix the first row whose pivot is not positive, which it holds then, or -1. */
    static int[] decompose(double[][] a, int m) {
        int[] failed = new int[m == 0 ? 0 : a[0].length];
        Arrays.fill(failed, -1);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double[] entries = a[i * m + j];
                for (int k = 0; k < j; k++) {
                    subtract(a[i * m + k], a[j * m + k], entries);
                }
                if (i != j) {
                    divide(entries, a[j * (m + 1)]);
                } else {
                    root(entries, i, failed);
                }
            }
        }
        return failed;
    }

    private static void root(double[] pivots, int row, int[] failed) {
        for (int n = 0; n < pivots.length; n++) {
            if (pivots[n] > 0) {
                pivots[n] = Math.sqrt(pivots[n]);
            } else if (failed[n] < 0) {
                failed[n] = row;
            }
        }
    }

    /** Solves L y = b in place. */
    static void forward(double[][] factor, double[][] b) {
        int m = b.length;
        for (int i = 0; i < m; i++) {
            for (int k = 0; k < i; k++) {
                subtract(factor[i * m + k], b[k], b[i]);
            }
            divide(b[i], factor[i * (m + 1)]);
        }
    }

    /** Solves L^T y = b in place. */
    static void backward(double[][] factor, double[][] b) {
        int m = b.length;
        for (int i = m - 1; i >= 0; i--) {
            for (int k = i + 1; k < m; k++) {
                subtract(factor[k * m + i], b[k], b[i]);
            }
            divide(b[i], factor[i * (m + 1)]);
        }
    }

    private static void subtract(double[] x, double[] y, double[] from) {
        for (int n = 0; n < from.length; n++) {
            from[n] -= x[n] * y[n];
        }
    }

    private static void divide(double[] x, double[] by) {
        for (int n = 0; n < x.length; n++) {
            x[n] /= by[n];
        }
    }
}
