package org.eigendrift.samplers.guidance;

import org.eigendrift.api.Points;

/** A steering that replaces the denoised estimate, with no gradient through the model. */
abstract class ReplacedEstimate extends ObservedSteering {
    private Points estimate;

    ReplacedEstimate(Observation observation) {
        super(observation);
    }

    /** Replaces the estimate of the score so far. */
    abstract void replace(Tweedie tweedie, Points denoised);

    @Override
    public void steer(Tweedie tweedie, Points score) {
        if (estimate == null || estimate.size() != score.size()) {
            estimate = Points.zeros(score.dim(), score.size());
        }
        tweedie.denoise(score, estimate);
        replace(tweedie, estimate);
        tweedie.scoreOf(estimate, score);
    }
}
