package org.eigendrift.bases.numeric;

import java.util.function.DoubleUnaryOperator;

/** Inverts a distribution function by Newton's method kept within a shrinking bracket; it always ends at the root. */
public final class Inversion {
    /** Newton takes a few steps; where it has not arrived after so many, the bracket is halved to its end, which no F escapes. */
    private static final int STEPS = 200;

    private Inversion() {}

    /**
     * Solves F(s) = u.
     *
     * @param u the probability
     * @param cdf F, increasing
     * @param density F'
     * @param lower a point where F is at most u
     * @param upper a point where F is at least u
     * @param start first guess
     * @return s, to the accuracy of F
     */
    public static double solve(
            double u, DoubleUnaryOperator cdf, DoubleUnaryOperator density, double lower, double upper, double start) {
        double low = lower;
        double high = upper;
        double s = Math.min(upper, Math.max(lower, start));
        for (int step = 0; ; step++) {
            double excess = cdf.applyAsDouble(s) - u;
            if (excess == 0) {
                return s;
            } else if (excess > 0) {
                high = s;
            } else {
                low = s;
            }
            double next = s - excess / density.applyAsDouble(s);
            if (!(next > low && next < high) || step >= STEPS) {
                next = 0.5 * (low + high);
            }
            // Two roundings of s: below them Newton only follows the noise of F.
            if (Math.abs(next - s) <= 2 * Math.ulp(s) || next == low || next == high) {
                return next;
            }
            s = next;
        }
    }
}
