package org.eigendrift.targets.mcmc;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Potential;

/** A Boltzmann distribution to be sampled by chains. Thread-safe. */
public interface BoltzmannModel {

    /**
     * The potential, in coordinates without bounds: angles may run beyond their period.
     *
     * @return U
     */
    Potential potential();

    /**
     * The columns.
     *
     * @return one for each coordinate
     */
    List<Column> columns();

    /**
     * Whether U(-x) = U(x), so that reflected states are as likely.
     *
     * @return false unless overridden
     */
    default boolean symmetric() {
        return false;
    }

    /**
     * Draws where a chain begins, more dispersed than the distribution.
     *
     * @param random random numbers, with the chain's number as stream
     * @param chain the chain's number
     * @param out receives a point
     */
    default void start(CounterRandom random, long chain, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = 2 * random.normal(chain, i);
        }
    }

    /**
     * The exact density, where log Z is known.
     *
     * @return normalised log-density, or empty
     */
    default Optional<LogDensity> density() {
        return Optional.empty();
    }
}
