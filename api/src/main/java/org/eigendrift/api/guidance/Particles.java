package org.eigendrift.api.guidance;

import org.eigendrift.api.Points;

/**
 * Particles and how they came about.
 *
 * @param points the particles, equally weighted, in the model's coordinates; owned by the receiver
 * @param moved how many particles were moved: at least as many as there are points
 * @param times forward times after each step; owned by the receiver
 * @param effective the effective sample size at each of them, before particles were drawn again; owned by the receiver
 * @param ancestors how many of the first particles have descendants among the last, at least 1
 * @param logNormaliser estimate of log of the integral of p exp(target), p normalised by the model's own log-densities
 * @param evaluations evaluations of the model for each particle
 */
public record Particles(
        Points points,
        int moved,
        double[] times,
        double[] effective,
        int ancestors,
        double logNormaliser,
        int evaluations) {

    /**
     * The smallest effective sample size on the way.
     *
     * @return at least 1
     */
    public double worst() {
        double worst = moved;
        for (double size : effective) {
            worst = Math.min(worst, size);
        }
        return worst;
    }
}
