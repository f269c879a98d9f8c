package org.eigendrift.samplers.guidance;

import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;

/**
 * Weights of particles.
 *
 * @param normalised weights that sum to 1
 * @param logMean log of the mean of the weights before
 * @param effective the effective sample size
 */
record Weights(double[] normalised, double logMean, double effective) {

    /** Of logarithms. */
    static Weights of(double[] logWeight, double t) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double w : logWeight) {
            if (Double.isNaN(w) || w == Double.POSITIVE_INFINITY) {
                throw new NumericalException("smc: a particle's log-weight is " + w + " at t = " + t);
            }
            largest = Math.max(largest, w);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            throw InputException.at(
                    "guidance",
                    "no sample can meet the observation as it stands (no particle has weight at t = " + t
                            + "); give it some noise, or correct it");
        }
        double sum = 0;
        double[] weight = new double[logWeight.length];
        for (int n = 0; n < weight.length; n++) {
            weight[n] = Math.exp(logWeight[n] - largest);
            sum += weight[n];
        }
        double squares = 0;
        for (int n = 0; n < weight.length; n++) {
            weight[n] /= sum;
            squares += weight[n] * weight[n];
        }
        return new Weights(weight, largest + Math.log(sum / weight.length), 1 / squares);
    }
}
