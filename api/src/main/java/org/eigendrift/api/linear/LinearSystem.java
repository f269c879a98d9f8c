package org.eigendrift.api.linear;

import org.eigendrift.api.Fused;

/**
 * The system (A + shift I) x = b of one grid time, scaled so that A tends to the identity as t grows
 * (docs/method.md, 3).
 *
 * @param matrix A, symmetric positive semidefinite to rounding
 * @param shift the ridge rho, at least 0
 * @param rhs b, of length n; shared, not to be modified
 * @param time the forward time t of the system, for messages and for solvers that learn along the sequence
 */
public record LinearSystem(SymmetricOperator matrix, double shift, double[] rhs, double time) {

    /**
     * Checks the shapes.
     *
     * @param matrix A
     * @param shift the ridge rho
     * @param rhs b
     * @param time the forward time t of the system
     * @throws IllegalArgumentException if b has another length than A, or the shift is negative or not finite
     */
    public LinearSystem {
        if (rhs.length != matrix.size()) {
            throw new IllegalArgumentException("a right-hand side of " + rhs.length + " for order " + matrix.size());
        }
        if (!(shift >= 0) || !Double.isFinite(shift)) {
            throw new IllegalArgumentException("shift " + shift);
        }
    }

    /**
     * Multiplies by A + shift I.
     *
     * @param x vector of length n; not modified
     * @param y receives the product; another array; modified
     */
    public void apply(double[] x, double[] y) {
        matrix.apply(x, y);
        if (shift != 0) {
            for (int i = 0; i < y.length; i++) {
                y[i] = Fused.multiplyAdd(shift, x[i], y[i]);
            }
        }
    }

    /**
     * The true relative residual of a candidate solution, computed from scratch.
     *
     * @param x candidate of length n; not modified
     * @return |b - (A + shift I) x| / |b| in the 2-norm; |(A + shift I) x| if b is 0; NaN if x is not finite
     */
    public double relativeResidual(double[] x) {
        double[] product = new double[rhs.length];
        apply(x, product);
        double error = 0;
        double norm = 0;
        for (int i = 0; i < rhs.length; i++) {
            error = Math.hypot(error, rhs[i] - product[i]);
            norm = Math.hypot(norm, rhs[i]);
        }
        return norm == 0 ? error : error / norm;
    }

    /**
     * The same system with another ridge.
     *
     * @param newShift the ridge
     * @return a system that shares matrix and right-hand side
     */
    public LinearSystem withShift(double newShift) {
        return new LinearSystem(matrix, newShift, rhs, time);
    }
}
