package org.eigendrift.api.law;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;

/** A law with a lower bound of log-densities that costs no integration a row: the evidence bound. */
public interface Bounded extends Law {

    /**
     * The bound.
     *
     * @param heldout rows that were not fitted
     * @param run threads
     * @return a lower bound of the mean log-density of the law's stochastic draws, in nats a row in the data's
     *     coordinates; negative infinity if a row lies outside the support
     */
    double evidenceBound(Dataset heldout, RunContext run);
}
