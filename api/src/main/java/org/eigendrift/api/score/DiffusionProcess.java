package org.eigendrift.api.score;

import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;

/**
 * The forward process dX_i = mu_i dt + sqrt(2 A_i) dW_i that turns data (time 0) into the prior (time
 * {@link #horizon()}). Immutable, thread-safe.
 *
 * <p>In forward time t, with score s = grad log p_t, coordinate by coordinate:
 *
 * <ul>
 *   <li>the probability flow, in sampling direction (t decreasing), has velocity v = -mu + (1/p_t) d(A p_t)/dx;
 *   <li>the reverse stochastic equation, in sampling direction, has drift mu + 2 v and noise sqrt(2 A) dW.
 * </ul>
 *
 * <p>For a reversible product diffusion v = D a grad h (docs/method.md, 7); for an affine process
 * v = -mu + (g^2 / 2) s.
 */
public interface DiffusionProcess {

    /**
     * The number of coordinates.
     *
     * @return at least 1
     */
    int dim();

    /**
     * The time T at which sampling begins.
     *
     * @return finite, above {@link #earliest()}
     */
    double horizon();

    /**
     * The time t_min at which sampling ends.
     *
     * @return at least 0
     */
    double earliest();

    /**
     * Where a coordinate lives.
     *
     * @param coordinate 0 to {@code dim() - 1}
     * @return its domain
     */
    Domain domain(int coordinate);

    /**
     * The forward drift mu.
     *
     * @param t forward time
     * @param x points; not modified
     * @param out receives mu; modified
     */
    void drift(double t, Points x, Points out);

    /**
     * Half the squared noise, A = D a(x) for a reversible process, g(t)^2 / 2 for an affine one.
     *
     * @param t forward time
     * @param x points; not modified
     * @param out receives A; modified
     */
    void diffusion(double t, Points x, Points out);

    /**
     * Draws from the prior, the law from which sampling begins.
     *
     * @param random random numbers, keyed by the point's number
     * @param first number of the batch's first point
     * @param out receives the draws; modified
     */
    void prior(CounterRandom random, long first, Points out);

    /**
     * The prior's density.
     *
     * @param x points; not modified
     * @param out receives log density; modified
     */
    void logPrior(Points x, double[] out);

    /**
     * The reference pi in log p_t = log pi + log f_t: the stationary density of a reversible process; 1 for a process
     * without one, as the exactly solvable affine ones (then log f_t is the log-density itself).
     *
     * @param x points; not modified
     * @param out receives log pi; modified
     */
    void logReference(Points x, double[] out);

    /**
     * The process as an affine one, if it is.
     *
     * @return the same process with its (alpha, sigma), or empty
     */
    Optional<AffineProcess> affine();

    /**
     * Brings points that a discrete step carried outside back into the domain.
     *
     * @param x points; modified
     */
    default void confine(Points x) {
        for (int i = 0; i < dim(); i++) {
            Domain domain = domain(i);
            if (!(domain instanceof Domain.Line)) {
                double[] values = x.values();
                for (int n = x.offset(i); n < x.offset(i) + x.size(); n++) {
                    values[n] = domain.confine(values[n]);
                }
            }
        }
    }
}
