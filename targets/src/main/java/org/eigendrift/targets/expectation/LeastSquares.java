package org.eigendrift.targets.expectation;

/** Normal equations of a regression with several right-hand sides: sums that can be added and subtracted. Not thread-safe. */
final class LeastSquares {
    /** Relative ridge: columns are scaled to norm 1, and a direction with less than this share is not fitted. */
    private static final double RIDGE = 1e-10;

    private final int columns;
    private final int sides;
    private final double[][] gram;
    private final double[][] right;

    /**
     * An empty system.
     *
     * @param columns number of regressors
     * @param sides number of responses
     */
    LeastSquares(int columns, int sides) {
        this.columns = columns;
        this.sides = sides;
        this.gram = new double[columns][columns];
        this.right = new double[sides][columns];
    }

    /**
     * Adds an observation.
     *
     * @param x regressors
     * @param y responses
     * @param weight its weight
     */
    void add(double[] x, double[] y, double weight) {
        for (int i = 0; i < columns; i++) {
            double scaled = weight * x[i];
            for (int j = 0; j <= i; j++) {
                gram[i][j] += scaled * x[j];
            }
            for (int s = 0; s < sides; s++) {
                right[s][i] += scaled * y[s];
            }
        }
    }

    /**
     * Adds another system.
     *
     * @param other of the same shape
     * @param sign 1, or -1 to take it away
     */
    void add(LeastSquares other, double sign) {
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i][j] += sign * other.gram[i][j];
            }
            for (int s = 0; s < sides; s++) {
                right[s][i] += sign * other.right[s][i];
            }
        }
    }

    /**
     * This system less a part of it.
     *
     * @param part a system that was added
     * @return a new system
     */
    LeastSquares without(LeastSquares part) {
        LeastSquares rest = new LeastSquares(columns, sides);
        rest.add(this, 1);
        rest.add(part, -1);
        return rest;
    }

    /**
     * Solves for the first regressors alone, by Cholesky factorisation of the scaled matrix.
     *
     * @param count how many regressors
     * @return coefficients, one array for each response; 0 for regressors that vanish
     */
    double[][] solve(int count) {
        double[] scale = new double[count];
        for (int i = 0; i < count; i++) {
            scale[i] = gram[i][i] > 0 ? 1 / Math.sqrt(gram[i][i]) : 0;
        }
        double[][] factor = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = gram[i][j] * scale[i] * scale[j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(Math.max(RIDGE, sum)) : sum / factor[j][j];
            }
        }
        double[][] coefficients = new double[sides][];
        for (int s = 0; s < sides; s++) {
            coefficients[s] = substitute(factor, right[s], scale);
        }
        return coefficients;
    }

    private double[] substitute(double[][] factor, double[] side, double[] scale) {
        double[] y = new double[scale.length];
        for (int i = 0; i < scale.length; i++) {
            double sum = side[i] * scale[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i][k] * y[k];
            }
            y[i] = sum / factor[i][i];
        }
        for (int i = scale.length - 1; i >= 0; i--) {
            double sum = y[i];
            for (int k = i + 1; k < scale.length; k++) {
                sum -= factor[k][i] * y[k];
            }
            y[i] = sum / factor[i][i];
        }
        for (int i = 0; i < scale.length; i++) {
            y[i] *= scale[i];
        }
        return y;
    }
}
