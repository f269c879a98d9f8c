package org.eigendrift.api.guidance;

import org.eigendrift.api.Points;

/** A number that says how good a point is; more is better. Immutable, thread-safe. */
public interface Objective {

    /**
     * Values.
     *
     * @param x points in the data's coordinates; not modified
     * @param out receives f; modified
     */
    void value(Points x, double[] out);

    /**
     * Gradients.
     *
     * @param x points in the data's coordinates; not modified
     * @param out receives grad f, same shape; modified
     */
    void gradient(Points x, Points out);
}
