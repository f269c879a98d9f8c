package org.eigendrift.targets.numeric;

/** Modified Bessel functions of the first kind, scaled so that they do not overflow. */
public final class Bessel {
    /** Beyond this the asymptotic series reaches rounding before its terms grow: its least is about exp(-2 z). */
    private static final double LARGE = 30;

    private Bessel() {}

    /**
     * exp(-z) I0(z), by the power series sum_k (z^2 / 4)^k / k!^2, all of whose terms are positive, or by the
     * asymptotic series (Abramowitz and Stegun 9.7.1).
     *
     * @param z at least 0
     * @return exp(-z) I0(z), in (0, 1]
     */
    public static double i0Scaled(double z) {
        return z < LARGE ? Math.exp(-z) * series(z, 0) : asymptotic(z, 0);
    }

    /**
     * exp(-z) I1(z).
     *
     * @param z at least 0
     * @return exp(-z) I1(z), in [0, 1)
     */
    public static double i1Scaled(double z) {
        return z < LARGE ? Math.exp(-z) * 0.5 * z * series(z, 1) : asymptotic(z, 1);
    }

    /** sum_k (z^2 / 4)^k / (k! (k + order)!). */
    private static double series(double z, int order) {
        double quarter = 0.25 * z * z;
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= quarter / (k * (double) (k + order));
            sum += term;
        }
        return sum;
    }

    /** (2 pi z)^-1/2 (1 - (m - 1) / (8 z) + (m - 1)(m - 9) / (2! (8 z)^2) - ...), m = 4 order^2. */
    private static double asymptotic(double z, int order) {
        double m = 4.0 * order * order;
        double term = 1;
        double sum = 1;
        for (int k = 1; Math.abs(term) > 1e-17; k++) {
            int odd = 2 * k - 1;
            term *= -(m - odd * (double) odd) / (8 * z * k);
            sum += term;
        }
        return sum / Math.sqrt(2 * Math.PI * z);
    }
}
