package org.eigendrift.engine.conditional;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;

/** Where the free columns of rows that agree with evidence are first looked for. Immutable, thread-safe. */
public interface Proposal {

    /**
     * Draws points.
     *
     * @param random numbers, by point
     * @param first number of the first point
     * @param count how many
     * @return points of the free columns
     */
    Points draw(CounterRandom random, long first, int count);

    /**
     * Log-densities of points.
     *
     * @param u of the free columns; not modified
     * @return nats of each
     */
    double[] logDensity(Points u);

    /**
     * How widely points lie.
     *
     * @return a deviation of each free column, above 0
     */
    double[] deviations();
}
