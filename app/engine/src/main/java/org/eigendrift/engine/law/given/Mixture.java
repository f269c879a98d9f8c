package org.eigendrift.engine.law.given;

/** A mixture of normal laws of the modelled columns that depends on what is given, in units of the columns' deviations. */
sealed interface Mixture permits Experts, Posterior {
    /** How many normal laws. */
    int size();

    /** The law given b. */
    Gaussians at(double[] b);

    /** Of a given b. */
    double logDensity(double[] a, double[] b);
}
