package org.eigendrift.api.guidance;

import java.util.Optional;
import org.eigendrift.api.RunContext;

/**
 * Carries particles from the prior to a guided law and weighs them on the way, so that what guidance only approximates becomes
 * exact as particles grow. Particles depend on each other: this is no sampler. Immutable, thread-safe.
 */
public interface Corrector {

    /**
     * Why a model cannot be corrected.
     *
     * @param model the model
     * @return the reason in words for the user; empty if it can
     */
    Optional<String> refusal(GuidedScoreModel model);

    /**
     * Draws particles, equally weighted in the end.
     *
     * @param model the model, which is not refused
     * @param count how many, at least 2
     * @param run the run; results do not depend on its threads
     * @return the particles
     * @throws org.eigendrift.api.NumericalException if a state is not finite; the message names t and the step
     * @throws org.eigendrift.api.InputException if no particle has weight
     */
    Particles run(GuidedScoreModel model, int count, RunContext run);
}
