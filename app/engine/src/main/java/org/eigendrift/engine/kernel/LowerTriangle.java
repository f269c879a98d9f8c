package org.eigendrift.engine.kernel;

import org.eigendrift.api.NumericalException;

/** Cholesky factors of small dense matrices, row-major, for what is too small to be worth a solver. */
public final class LowerTriangle {
    private LowerTriangle() {}

    /**
     * Replaces the lower triangle of a symmetric matrix by its Cholesky factor L, with A = L L'.
     *
     * @param a row-major; its upper triangle is not read; modified
     * @param n order
     * @throws NumericalException if the matrix is not positive definite; the message gives the row, from 1
     */
    public static void factor(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i * n + j] - MatrixKernel.dot(j, a, i * n, a, j * n);
                if (i > j) {
                    a[i * n + j] = sum / a[j * n + j];
                } else if (sum > 0) {
                    a[i * n + i] = Math.sqrt(sum);
                } else {
                    throw new NumericalException("not positive definite at row " + (i + 1) + " of " + n);
                }
            }
        }
    }

    /**
     * The inverse of a lower triangle.
     *
     * @param l row-major, diagonal not 0; its upper triangle is not read; not modified
     * @param n order
     * @return L^{-1}, zeros above the diagonal; a new array
     */
    public static double[] inverse(double[] l, int n) {
        double[] inverse = new double[n * n];
        for (int j = 0; j < n; j++) {
            inverse[j * n + j] = 1 / l[j * n + j];
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                for (int p = j; p < i; p++) {
                    sum += l[i * n + p] * inverse[p * n + j];
                }
                inverse[i * n + j] = -sum / l[i * n + i];
            }
        }
        return inverse;
    }

    /**
     * The inverse of a positive definite matrix.
     *
     * @param a row-major; its upper triangle is not read; not modified
     * @param n order
     * @return A^{-1} = L'^{-1} L^{-1}, both triangles; a new array
     * @throws NumericalException if the matrix is not positive definite
     */
    public static double[] inverseOfSymmetric(double[] a, int n) {
        double[] l = a.clone();
        factor(l, n);
        double[] root = inverse(l, n);
        double[] out = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int p = i; p < n; p++) {
                    sum += root[p * n + i] * root[p * n + j];
                }
                out[i * n + j] = sum;
                out[j * n + i] = sum;
            }
        }
        return out;
    }

    /**
     * Solves a system by a factor.
     *
     * @param l the factor L of A = L L', row-major; not modified
     * @param n order
     * @param b the right-hand side; becomes the solution of A x = b
     */
    public static void solve(double[] l, int n, double[] b) {
        for (int i = 0; i < n; i++) {
            b[i] = (b[i] - MatrixKernel.dot(i, l, i * n, b, 0)) / l[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            b[i] /= l[i * n + i];
            for (int j = 0; j < i; j++) {
                b[j] -= l[i * n + j] * b[i];
            }
        }
    }
}
