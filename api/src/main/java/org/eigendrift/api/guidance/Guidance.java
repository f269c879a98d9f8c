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
     * Whether what is added to a row's log-density in the end depends on the row alone and not on the model, as a likelihood does: flows
     * of a mixture can then be guided one by one, and weighed by their evidence.
     *
     * @return false, unless a guidance says so: where the law as a whole says what is asked of a row, and of powers of the law
     */
    default boolean partwise() {
        return false;
    }

    /**
     * Guides a model, which may be guided already.
     *
     * @param model the model, which this guidance does not refuse
     * @return the guided model, on the same process
     */
    GuidedScoreModel guide(ScoreModel model);
}
