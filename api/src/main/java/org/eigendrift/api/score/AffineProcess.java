package org.eigendrift.api.score;

/**
 * A process with X_t = alpha_t X_0 + sigma_t epsilon, epsilon standard normal: VP, VE, EDM, Ornstein-Uhlenbeck. Its
 * forward drift is (log alpha)' x and half its squared noise is sigma^2 (log (sigma / alpha))'.
 */
public interface AffineProcess extends DiffusionProcess {

    /**
     * The signal's factor.
     *
     * @param t forward time
     * @return log alpha_t
     */
    double logAlpha(double t);

    /**
     * The noise's standard deviation.
     *
     * @param t forward time
     * @return sigma_t, computed without cancellation near t = 0
     */
    double sigma(double t);

    /**
     * Half the log-SNR, lambda = log(alpha / sigma) in the convention of the DPM-Solver papers.
     *
     * @param t forward time, above 0
     * @return lambda_t, strictly decreasing in t
     */
    default double lambda(double t) {
        return logAlpha(t) - Math.log(sigma(t));
    }

    /**
     * The time at which lambda takes a value.
     *
     * @param lambda a value that lambda takes
     * @return t
     */
    double time(double lambda);

    /**
     * The signal's factor.
     *
     * @param t forward time
     * @return alpha_t
     */
    default double alpha(double t) {
        return Math.exp(logAlpha(t));
    }
}
