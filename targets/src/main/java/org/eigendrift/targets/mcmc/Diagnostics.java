package org.eigendrift.targets.mcmc;

/** Diagnostics of several chains of one quantity (Gelman et al., Bayesian Data Analysis, 3rd edition, 11.4 and 11.5). */
public final class Diagnostics {
    private Diagnostics() {}

    /**
     * Split R-hat: the square root of the pooled over the within-chain variance, every chain cut in halves so that a
     * trend within a chain shows too.
     *
     * @param chains one array a chain, all of one length of at least 4; not modified
     * @return 1 for chains that agree, infinity for chains that stand still at different places
     */
    public static double splitRHat(double[][] chains) {
        int half = chains[0].length / 2;
        int pieces = 2 * chains.length;
        double[] means = new double[pieces];
        double within = 0;
        for (int c = 0; c < chains.length; c++) {
            for (int part = 0; part < 2; part++) {
                int from = part == 0 ? 0 : chains[c].length - half;
                double[] moments = moments(chains[c], from, half);
                means[2 * c + part] = moments[0];
                within += moments[1] / pieces;
            }
        }
        double between = moments(means, 0, pieces)[1];
        if (within == 0) {
            return between == 0 ? 1 : Double.POSITIVE_INFINITY;
        }
        return Math.sqrt((half - 1.0) / half + between / within);
    }

    /** Mean and variance (divisor n - 1) of a part of an array. */
    private static double[] moments(double[] values, int from, int count) {
        double mean = 0;
        for (int n = from; n < from + count; n++) {
            mean += values[n] / count;
        }
        double variance = 0;
        for (int n = from; n < from + count; n++) {
            variance += (values[n] - mean) * (values[n] - mean) / (count - 1);
        }
        return new double[] {mean, variance};
    }

    /**
     * Effective sample size: all draws divided by 1 + 2 times the sum of their autocorrelations, the sum cut where
     * pairs of autocorrelations turn negative and kept from growing (Geyer's initial monotone sequence).
     *
     * @param chains one array a chain, all of one length of at least 4; not modified
     * @return draws that independent sampling would need for the same standard error of the mean
     */
    public static double effectiveSize(double[][] chains) {
        int length = chains[0].length;
        double within = 0;
        double[] means = new double[chains.length];
        for (int c = 0; c < chains.length; c++) {
            double[] moments = moments(chains[c], 0, length);
            means[c] = moments[0];
            within += moments[1] / chains.length;
        }
        double between = chains.length == 1 ? 0 : moments(means, 0, chains.length)[1];
        double pooled = within * (length - 1) / length + between;
        double total = (double) length * chains.length;
        if (pooled == 0) {
            return total;
        }
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int lag = 0; lag + 1 < length; lag += 2) {
            double pair = correlation(chains, means, lag, within, pooled)
                    + correlation(chains, means, lag + 1, within, pooled);
            if (pair < 0) {
                break;
            }
            least = Math.min(least, pair);
            sum += least;
        }
        // Antithetic chains may beat independent draws, but not by more than this (Stan's bound).
        return total / Math.max(2 * sum - 1, 1 / Math.log10(Math.max(10, total)));
    }

    private static double correlation(double[][] chains, double[] means, int lag, double within, double pooled) {
        if (lag == 0) {
            return 1;
        }
        int length = chains[0].length;
        double covariance = 0;
        for (int c = 0; c < chains.length; c++) {
            double sum = 0;
            for (int n = lag; n < length; n++) {
                sum += (chains[c][n] - means[c]) * (chains[c][n - lag] - means[c]);
            }
            covariance += sum / (length - 1) / chains.length;
        }
        return 1 - (within - covariance) / pooled;
    }
}
