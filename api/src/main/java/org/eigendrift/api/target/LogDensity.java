package org.eigendrift.api.target;

import org.eigendrift.api.Points;

/** An exact log-density. Thread-safe. */
@FunctionalInterface
public interface LogDensity {

    /**
     * Evaluates the density.
     *
     * @param x points; not modified
     * @param out receives log p, normalised, in nats, in the data's own coordinates; modified
     */
    void logDensity(Points x, double[] out);
}
