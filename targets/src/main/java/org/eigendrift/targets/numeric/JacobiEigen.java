package org.eigendrift.targets.numeric;

import org.eigendrift.api.NumericalException;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, A = Q diag(values) Q^T, by cyclic Jacobi rotations (Golub and
 * Van Loan, Matrix Computations, 8.5): accurate to rounding for the small eigenvalues of graded matrices too.
 *
 * @param values eigenvalues, in no particular order
 * @param vectors Q, vectors[i][k] being coordinate i of eigenvector k
 */
public record JacobiEigen(double[] values, double[][] vectors) {
    /** Jacobi converges quadratically; matrices of order 1000 need about ten sweeps. */
    private static final int SWEEPS = 60;

    /**
     * Decomposes a matrix.
     *
     * @param matrix square and symmetric; not modified
     * @return eigenvalues and eigenvectors
     * @throws NumericalException if an entry is not finite, or rotations do not end
     */
    public static JacobiEigen of(double[][] matrix) {
        int exponent = exponent(matrix);
        int n = matrix.length;
        double[][] a = new double[n][n];
        double[][] q = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = Math.scalb(matrix[i][j], -exponent);
            }
            q[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean rotated = false;
            for (int p = 0; p < n; p++) {
                for (int r = p + 1; r < n; r++) {
                    if (Math.abs(a[p][r]) > 1e-17 * Math.sqrt(Math.abs(a[p][p] * a[r][r]))) {
                        rotate(a, q, p, r);
                        rotated = true;
                    }
                }
            }
            if (!rotated) {
                return new JacobiEigen(diagonal(a, exponent), q);
            }
        }
        throw new NumericalException(
                "a symmetric eigenproblem of order " + n + " did not converge in " + SWEEPS + " sweeps of rotations");
    }

    private static double[] diagonal(double[][] a, int exponent) {
        double[] values = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            values[i] = Math.scalb(a[i][i], exponent);
            if (!Double.isFinite(values[i])) {
                throw new NumericalException(
                        "a symmetric eigenproblem of order " + a.length + " left the range of doubles");
            }
        }
        return values;
    }

    /** The binary exponent of the largest entry: without it products of entries would leave the range of doubles. */
    private static int exponent(double[][] matrix) {
        double largest = 0;
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                if (!Double.isFinite(matrix[i][j])) {
                    throw new NumericalException("a symmetric eigenproblem of order " + matrix.length
                            + " has the entry " + matrix[i][j] + " in row " + (i + 1) + ", column " + (j + 1));
                }
                largest = Math.max(largest, Math.abs(matrix[i][j]));
            }
        }
        return largest == 0 ? 0 : Math.getExponent(largest);
    }

    /** Makes a[p][r] zero. */
    private static void rotate(double[][] a, double[][] q, int p, int r) {
        double theta = (a[r][r] - a[p][p]) / (2 * a[p][r]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
        double c = 1 / Math.hypot(1, t);
        double s = t * c;
        int n = a.length;
        for (int k = 0; k < n; k++) {
            double left = a[k][p];
            double right = a[k][r];
            a[k][p] = c * left - s * right;
            a[k][r] = s * left + c * right;
            left = q[k][p];
            right = q[k][r];
            q[k][p] = c * left - s * right;
            q[k][r] = s * left + c * right;
        }
        for (int k = 0; k < n; k++) {
            double upper = a[p][k];
            double lower = a[r][k];
            a[p][k] = c * upper - s * lower;
            a[r][k] = s * upper + c * lower;
        }
        a[p][r] = 0;
        a[r][p] = 0;
    }
}
