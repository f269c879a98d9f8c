package org.eigendrift.targets.mcmc;

import org.eigendrift.api.Points;

/**
 * Running standard deviations of the coordinates (Welford), by which trajectories are made isotropic.
 */
final class Scales {
    private final double[] mean;
    private final double[] square;
    private long count;

    Scales(int dim) {
        mean = new double[dim];
        square = new double[dim];
    }

    /** Takes in every point of a batch. */
    void add(Points x) {
        for (int n = 0; n < x.size(); n++) {
            count++;
            for (int i = 0; i < mean.length; i++) {
                double deviation = x.get(i, n) - mean[i];
                mean[i] += deviation / count;
                square[i] += deviation * (x.get(i, n) - mean[i]);
            }
        }
    }

    /**
     * Writes the standard deviations, drawn a little towards the old ones while there are few points, and begins
     * anew.
     *
     * @param scales old scales, replaced by new ones
     */
    void finish(double[] scales) {
        for (int i = 0; i < scales.length; i++) {
            // Stan's weight of five prior points; its prior is 1e-3, ours what served so far.
            double variance = (square[i] + 5 * scales[i] * scales[i]) / (Math.max(count - 1, 0) + 5);
            scales[i] = Math.sqrt(variance);
            mean[i] = 0;
            square[i] = 0;
        }
        count = 0;
    }
}
