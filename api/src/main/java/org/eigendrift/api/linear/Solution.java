package org.eigendrift.api.linear;

/**
 * What a solver returns; never silently wrong.
 *
 * @param x the solution, or the best there is if the status says otherwise; owned by the receiver
 * @param iterations iterations used; 0 for a direct solver
 * @param residual {@link LinearSystem#relativeResidual} of {@code x}, recomputed at the end
 * @param condition estimate of the condition number of A + shift I in the 2-norm, NaN if there is none
 * @param status how it ended
 * @param detail one line on what happened, with figures; empty when converged
 */
public record Solution(double[] x, int iterations, double residual, double condition, Status status, String detail) {

    /** How a solve ended. */
    public enum Status {
        /** The residual reached the tolerance. */
        CONVERGED,
        /** The iterations ended before the tolerance was reached. */
        NOT_CONVERGED,
        /** A denominator vanished or a pivot was not usable. */
        BREAKDOWN,
        /** The matrix has a negative eigenvalue beyond rounding. */
        INDEFINITE,
        /** The matrix is singular and the solver cannot solve singular systems. */
        SINGULAR,
        /** The matrix or the right-hand side holds NaN or infinity. */
        NOT_FINITE
    }

    /**
     * Whether the solution can be used.
     *
     * @return true if the status is {@link Status#CONVERGED}
     */
    public boolean converged() {
        return status == Status.CONVERGED;
    }
}
