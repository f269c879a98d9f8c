package org.eigendrift.api.sampler;

import org.eigendrift.api.Points;

/** A sampler bound to a model, with everything computed that does not depend on points. Thread-safe. */
@FunctionalInterface
public interface BatchSampler {

    /**
     * Carries a batch from the prior to samples. What becomes of a point depends on that point and its noise alone.
     *
     * @param x initial states in, samples out; modified
     * @param noise noise of this batch
     * @param observer is told every state, the initial one included
     * @return what it cost
     * @throws org.eigendrift.api.NumericalException if a state is not finite; the message names the point and t
     */
    Outcome run(Points x, Noise noise, StepObserver observer);
}
