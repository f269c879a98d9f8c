package org.eigendrift.api.sampler;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.score.ScoreModel;

/** A sampler whose map from prior to samples can be run backwards: encoding. */
public interface InvertibleSampler extends Sampler {

    /**
     * Binds the backward map to a model.
     *
     * @param model the model, whose process this sampler does not refuse
     * @param run the run
     * @return carries samples to states of the prior; draws no noise
     * @throws org.eigendrift.api.InputException if grid, order and steps do not go together, or these options are not
     *     invertible
     */
    BatchSampler inverse(ScoreModel model, RunContext run);
}
