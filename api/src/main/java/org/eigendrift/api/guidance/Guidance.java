package org.eigendrift.api.guidance;

import java.util.Optional;
import org.eigendrift.api.score.ScoreModel;

/** Configured guidance: turns a score model into one that samplers follow elsewhere. Immutable, thread-safe. */
public interface Guidance {

    /**
     * Why a model cannot be guided in this way.
     *
     * @param model the model
     * @return the reason in words for the user, naming guidance or settings that fit; empty if it can
     */
    Optional<String> refusal(ScoreModel model);

    /**
     * Guides a model, which may be guided already.
     *
     * @param model the model, which this guidance does not refuse
     * @return the guided model, on the same process
     */
    GuidedScoreModel guide(ScoreModel model);
}
