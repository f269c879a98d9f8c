package org.eigendrift.engine.law.given;

import org.eigendrift.engine.kernel.LowerTriangle;

/** Normal laws whose densities are asked often. Immutable, thread-safe. */
final class Normals {
    private final double[][] means;
    private final double[][] factors;
    private final double[][] inverses;
    private final double[] constants;
    private final int dim;

    /**
     * Laws.
     *
     * @param means of each; null where they are taken off before; shared
     * @param factors lower Cholesky factor of each covariance, row-major; shared
     */
    Normals(double[][] means, double[][] factors) {
        this.means = means;
        this.factors = factors;
        this.dim = (int) Math.round(Math.sqrt(factors[0].length));
        this.inverses = new double[factors.length][];
        this.constants = new double[factors.length];
        for (int k = 0; k < factors.length; k++) {
            inverses[k] = LowerTriangle.inverse(factors[k], dim);
            constants[k] = -0.5 * dim * Math.log(2 * Math.PI);
            for (int i = 0; i < dim; i++) {
                constants[k] -= Math.log(factors[k][i * dim + i]);
            }
        }
    }

    int dim() {
        return dim;
    }

    double[][] means() {
        return means;
    }

    double[][] factors() {
        return factors;
    }

    /** The log-density of law k; {@code room} for as many numbers as there are columns is modified. */
    double logDensity(int k, double[] x, double[] room) {
        for (int i = 0; i < dim; i++) {
            room[i] = x[i] - means[k][i];
        }
        return ofDifference(k, room);
    }

    /** The same, of a difference from the mean. */
    double ofDifference(int k, double[] difference) {
        double[] inverse = inverses[k];
        double squares = 0;
        for (int i = 0; i < dim; i++) {
            double z = 0;
            for (int j = 0; j <= i; j++) {
                z += inverse[i * dim + j] * difference[j];
            }
            squares += z * z;
        }
        return constants[k] - 0.5 * squares;
    }
}
