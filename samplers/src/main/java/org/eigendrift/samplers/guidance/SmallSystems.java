package org.eigendrift.samplers.guidance;

import org.eigendrift.api.NumericalException;

/** Cholesky factors of the few observations' covariance at one point. */
final class SmallSystems {
    private SmallSystems() {}

    /**
     * Factors in place.
     *
     * @param a symmetric; its lower triangle becomes the factor; modified
     * @param t for the message
     * @return log of the determinant
     * @throws NumericalException if it is not positive definite
     */
    static double factor(double[][] a, double t) {
        int failed = decompose(a);
        if (failed >= 0) {
            throw new NumericalException("the covariance of observation " + failed + " given a noisy point at t = " + t
                    + " is not positive (" + a[failed][failed]
                    + "): the observation has noise 0 and the model's Hessian leaves the"
                    + " estimate no positive variance there; give the observation some noise");
        }
        double logDeterminant = 0;
        for (int i = 0; i < a.length; i++) {
            logDeterminant += 2 * Math.log(a[i][i]);
        }
        return logDeterminant;
    }

    /** Whether a matrix is positive definite; its lower triangle is destroyed. */
    static boolean positive(double[][] a) {
        return decompose(a) < 0;
    }

    /** Cholesky in place; the first row whose pivot is not positive, which it holds then, or -1. */
    private static int decompose(double[][] a) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                if (i != j) {
                    a[i][j] = sum / a[j][j];
                } else if (sum > 0) {
                    a[i][i] = Math.sqrt(sum);
                } else {
                    a[i][i] = sum;
                    return i;
                }
            }
        }
        return -1;
    }

    /** Solves L y = b in place. */
    static void forward(double[][] factor, double[] b) {
        for (int i = 0; i < b.length; i++) {
            for (int k = 0; k < i; k++) {
                b[i] -= factor[i][k] * b[k];
            }
            b[i] /= factor[i][i];
        }
    }

    /** Solves L^T y = b in place. */
    static void backward(double[][] factor, double[] b) {
        for (int i = b.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < b.length; k++) {
                b[i] -= factor[k][i] * b[k];
            }
            b[i] /= factor[i][i];
        }
    }
}
