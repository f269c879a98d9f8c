package org.eigendrift.api.sampler;

import org.eigendrift.api.Points;

/** Is told each state of a batch: for trajectories, progress and cancellation. */
@FunctionalInterface
public interface StepObserver {
    /** Ignores every state. */
    StepObserver NONE = (step, t, x) -> {};

    /**
     * A state was reached.
     *
     * @param step 0 for the initial state, then counted from 1
     * @param t forward time of the state
     * @param x the state; not to be modified or kept
     * @throws java.util.concurrent.CancellationException to stop the sampler
     */
    void state(int step, double t, Points x);
}
