package org.eigendrift.samplers.program;

import org.eigendrift.api.score.AffineProcess;

/**
 * One noise level of an affine process.
 *
 * @param t forward time
 * @param alpha factor of the signal
 * @param sigma standard deviation of the noise
 * @param lambda log(alpha / sigma), infinite where sigma is 0
 */
public record Level(double t, double alpha, double sigma, double lambda) {

    /**
     * The level at a time.
     *
     * @param process the process
     * @param t forward time
     * @return its level; sigma is 0 at t = 0
     */
    public static Level at(AffineProcess process, double t) {
        double sigma = process.sigma(t);
        double lambda = sigma > 0 ? process.lambda(t) : Double.POSITIVE_INFINITY;
        return new Level(t, process.alpha(t), sigma, lambda);
    }

    /**
     * The level at a value of lambda.
     *
     * @param process the process
     * @param lambda half the log-SNR
     * @return its level
     */
    public static Level atLambda(AffineProcess process, double lambda) {
        return lambda == Double.POSITIVE_INFINITY ? at(process, 0) : at(process, process.time(lambda));
    }

    /**
     * The level at a noise-to-signal ratio.
     *
     * @param process the process
     * @param ratio sigma / alpha
     * @return its level
     */
    public static Level atRatio(AffineProcess process, double ratio) {
        return ratio > 0 ? atLambda(process, -Math.log(ratio)) : at(process, 0);
    }

    /**
     * The noise-to-signal ratio, EDM's sigma.
     *
     * @return sigma / alpha
     */
    public double ratio() {
        return sigma / alpha;
    }

    /**
     * Whether nothing of the noise is left.
     *
     * @return true if sigma is 0
     */
    public boolean clean() {
        return sigma == 0;
    }
}
