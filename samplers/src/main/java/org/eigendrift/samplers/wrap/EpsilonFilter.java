package org.eigendrift.samplers.wrap;

import org.eigendrift.api.Points;

/** Changes the noise predictions of one batch on its way; may remember earlier ones. */
@FunctionalInterface
interface EpsilonFilter {

    /**
     * Changes a prediction.
     *
     * @param t forward time
     * @param epsilon predictions in, changed predictions out; modified
     */
    void apply(double t, Points epsilon);
}
