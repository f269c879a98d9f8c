package org.eigendrift.samplers.affine;

import java.util.List;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/** The coefficients of a multistep exponential integrator: what makes one member of the family. */
interface MultistepRule {

    /** Evaluates what the integrator interpolates, at a state x. */
    Lin output(Script s, Level level, Lin x);

    /** The denoised point, for the last step to sigma = 0. */
    Lin denoised(Level level, Lin x, Lin output);

    /**
     * The state at a level from the state at the newest node.
     *
     * @param x state at the newest node
     * @param history evaluations, newest first, at least {@code order}
     * @param to where to
     * @param order order of this step
     * @param noise standard normal numbers, zero if {@link #noisy} is not
     * @return the predicted state
     */
    Lin predict(Lin x, List<Node> history, Level to, int order, Lin noise);

    /** Whether a step draws noise. */
    default boolean noisy(Level from, Level to) {
        return false;
    }

    /**
     * The state at a level once more, now that the output there is known.
     *
     * @param x state before the step
     * @param history evaluations before the step, newest first
     * @param at the evaluation at the predicted state
     * @param order order of the correction
     * @param noise the noise of the step
     * @return the corrected state
     */
    default Lin correct(Lin x, List<Node> history, Node at, int order, Lin noise) {
        throw new UnsupportedOperationException("no corrector");
    }

    /** Replaces the newest evaluation before step i, or returns it as it is. */
    default Lin compensate(List<Node> history, int step) {
        return history.get(0).output();
    }

    /** Whether the last step to sigma = 0 is one like the others; otherwise it takes the denoised point. */
    default boolean reachesZero() {
        return false;
    }
}
