package org.eigendrift.engine.conditional;

import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;

/** A log-density that is asked many times: as exact as averages over draws need. Thread-safe. */
public interface Density {

    /**
     * Log-densities of rows.
     *
     * @param x rows of all columns, without gaps; not modified
     * @param run threads
     * @return nats for each row, negative infinity where there is no mass; the caller's own
     */
    double[] of(Points x, RunContext run);
}
