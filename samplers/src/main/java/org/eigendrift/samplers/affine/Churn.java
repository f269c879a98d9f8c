package org.eigendrift.samplers.affine;

import org.eigendrift.samplers.program.Level;

/**
 * The stochasticity of EDM (Karras et al., 2206.00364, algorithm 2).
 *
 * @param churn S_churn
 * @param least S_tmin
 * @param largest S_tmax
 * @param noise S_noise
 * @param published whether the model is evaluated before the noise is added, at the level before, as one code does
 */
record Churn(double churn, double least, double largest, double noise, boolean published) {

    /** gamma of a step from a level. */
    double gamma(Level from, int steps) {
        return from.ratio() >= least && from.ratio() <= largest ? Math.min(churn / steps, Math.sqrt(2) - 1) : 0;
    }
}
