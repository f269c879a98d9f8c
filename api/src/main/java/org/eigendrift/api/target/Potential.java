package org.eigendrift.api.target;

import org.eigendrift.api.Points;

/** The potential U of a Boltzmann distribution p = exp(-U) / Z, temperature included. Thread-safe. */
public interface Potential {

    /**
     * The energy.
     *
     * @param x points; not modified
     * @param out receives U; modified
     */
    void energy(Points x, double[] out);

    /**
     * The gradient of the energy.
     *
     * @param x points; not modified
     * @param out receives grad U; same shape; modified
     */
    void gradient(Points x, Points out);
}
