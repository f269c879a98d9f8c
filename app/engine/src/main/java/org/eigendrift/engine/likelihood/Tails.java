package org.eigendrift.engine.likelihood;

import java.util.Arrays;
import org.eigendrift.engine.kernel.LogSum;

/**
 * What a regression leaves of a column in its deviations: a mixture of normal laws about 0 of fixed widths, so that rows on which scales are off are
 * seldom and not impossible. Shares are those of held-out rows. Immutable, thread-safe.
 *
 * @param shares of the widths, of sum 1; shared
 */
record Tails(double[] shares) {
    /** From half as wide to far wider than the rows that were fitted say, each about half as wide again as the last or more. */
    private static final double[] WIDTHS = {0.5, 0.7, 1, 1.5, 2, 4, 8, 16};

    private static final int UNIT = 2;

    /** Rows' worth of trust in the width that was fitted, and in all together. */
    private static final double TRUST = 10;

    private static final double EVEN = 1;

    private static final int STEPS = 200;
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /** A normal law of deviation 1. */
    static Tails normal() {
        double[] shares = new double[WIDTHS.length];
        shares[UNIT] = 1;
        return new Tails(shares);
    }

    static int size() {
        return WIDTHS.length;
    }

    /** Shares by expectation maximisation, shrunk towards the width that was fitted. */
    static Tails of(double[] left) {
        double[] prior = new double[WIDTHS.length];
        Arrays.fill(prior, EVEN / WIDTHS.length);
        prior[UNIT] += TRUST;
        double[] shares = prior.clone();
        divide(shares);
        for (int step = 0; step < STEPS; step++) {
            double[] counts = prior.clone();
            double[] logs = new double[WIDTHS.length];
            for (double e : left) {
                logs(e, shares, logs);
                double sum = LogSum.of(logs);
                for (int k = 0; k < logs.length; k++) {
                    counts[k] += Math.exp(logs[k] - sum);
                }
            }
            divide(counts);
            shares = counts;
        }
        return new Tails(shares);
    }

    private static void divide(double[] counts) {
        double sum = Arrays.stream(counts).sum();
        for (int k = 0; k < counts.length; k++) {
            counts[k] /= sum;
        }
    }

    private static void logs(double e, double[] shares, double[] out) {
        for (int k = 0; k < out.length; k++) {
            double z = e / WIDTHS[k];
            out[k] = shares[k] > 0
                    ? Math.log(shares[k] / WIDTHS[k]) - 0.5 * z * z - HALF_LOG_TWO_PI
                    : Double.NEGATIVE_INFINITY;
        }
    }

    /** The log-density, with a buffer of as many numbers as there are widths. */
    double logDensity(double e, double[] buffer) {
        logs(e, shares, buffer);
        return LogSum.of(buffer);
    }
}
