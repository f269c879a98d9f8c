package org.eigendrift.bases.numeric;

import org.eigendrift.api.NumericalException;

/**
 * The Cholesky factor of a symmetric positive definite matrix of half-bandwidth w, A = L L^T, in n (w + 1) numbers.
 *
 * <p>Row i of a band holds entries (i, i - w) to (i, i); what would lie left of column 0 is 0. Factorising takes
 * n w^2 flops, solving 4 n w.
 */
public final class BandedCholesky {
    private final int size;
    private final int width;
    private final double[] factor;

    /**
     * Factorises.
     *
     * @param size n
     * @param width w
     * @param band the lower band, row by row; overwritten with the factor and kept
     * @throws NumericalException if the matrix is not positive definite
     */
    public BandedCholesky(int size, int width, double[] band) {
        this.size = size;
        this.width = width;
        this.factor = band;
        int stride = width + 1;
        for (int i = 0; i < size; i++) {
            int row = i * stride + width - i;
            for (int j = Math.max(0, i - width); j <= i; j++) {
                int other = j * stride + width - j;
                double sum = band[row + j];
                for (int k = Math.max(0, i - width); k < j; k++) {
                    sum -= band[row + k] * band[other + k];
                }
                if (j < i) {
                    band[row + j] = sum / band[other + j];
                } else if (sum > 0) {
                    band[row + i] = Math.sqrt(sum);
                } else {
                    throw new NumericalException("a banded matrix of order " + size
                            + " is not positive definite: pivot " + i + " is " + sum);
                }
            }
        }
    }

    /**
     * Solves A y = x.
     *
     * @param x right-hand side; overwritten with the solution
     */
    public void solve(double[] x) {
        int stride = width + 1;
        for (int i = 0; i < size; i++) {
            int row = i * stride + width - i;
            double sum = x[i];
            for (int k = Math.max(0, i - width); k < i; k++) {
                sum -= factor[row + k] * x[k];
            }
            x[i] = sum / factor[row + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            int row = i * stride + width - i;
            x[i] /= factor[row + i];
            for (int k = Math.max(0, i - width); k < i; k++) {
                x[k] -= factor[row + k] * x[i];
            }
        }
    }
}
