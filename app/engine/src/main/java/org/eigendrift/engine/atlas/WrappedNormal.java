package org.eigendrift.engine.atlas;

import org.eigendrift.api.Points;

/**
 * A wrapped normal law over an angle: with r in [-pi, pi] the distance from its mean, and tau = 2 pi, the sum over turns
 * of exp(-(r + tau m)^2 / (2 s^2)) is exp(-r^2 / (2 s^2)) times 1 + sum over m > 0 of c^(m^2) (e^m + e^-m), where
 * c = exp(-tau^2 / (2 s^2)) and e = exp(tau r / s^2). Immutable.
 */
final class WrappedNormal {
    private static final double TURN = 2 * Math.PI;

    /** Deviations beyond which images are lost in rounding: exp(-8.5^2 / 2) is 2^-52. */
    private static final double REACH = 8.5;

    private final double precision;

    /** c^(m^2) from m = 1 on; none where no more than one image besides the nearest can matter. */
    private final double[] powers;

    /** Prepares. */
    WrappedNormal(double deviation) {
        precision = 1 / (deviation * deviation);
        int wraps = (int) Math.ceil(REACH * deviation / TURN);
        powers = new double[wraps > 1 ? wraps : 0];
        for (int m = 1; m <= powers.length; m++) {
            powers[m - 1] = Math.exp(-0.5 * (TURN * m) * (TURN * m) * precision);
        }
    }

    /**
     * Adds the logarithm of the sum over turns at angles.
     *
     * @param mean the law's mean
     * @param u holds the angles; not modified
     * @param from place of the first
     * @param count how many
     * @param log receives; modified
     */
    void add(double mean, Points u, int from, int count, double[] log) {
        double[] angles = u.values();
        for (int n = 0; n < count; n++) {
            double difference = angles[from + n] - mean;
            double nearest = Math.abs(difference - TURN * Math.rint(difference / TURN));
            log[n] += logImages(nearest) - 0.5 * nearest * nearest * precision;
        }
    }

    /** The logarithm of the sum at the mean, where it is largest. */
    double peak() {
        return logImages(0);
    }

    private double logImages(double nearest) {
        if (powers.length == 0) {
            double other = TURN * (nearest - 0.5 * TURN) * precision;
            return other < ChartMixture.LOST ? 0 : Math.log1p(Math.exp(other));
        }
        double step = Math.exp(TURN * nearest * precision);
        double back = 1 / step;
        double sum = 1;
        double up = 1;
        double down = 1;
        for (double power : powers) {
            up *= step;
            down *= back;
            sum += power * (up + down);
        }
        return Math.log(sum);
    }
}
