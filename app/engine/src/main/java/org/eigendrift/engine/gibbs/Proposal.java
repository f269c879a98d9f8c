package org.eigendrift.engine.gibbs;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;

/** A law near a Gibbs density that can be drawn from and whose density is known: what normalises it. */
public interface Proposal {

    /**
     * Independent draws.
     *
     * @param random random numbers
     * @param count how many
     * @return points in the data's coordinates
     */
    Points draw(CounterRandom random, int count);

    /**
     * The normalised log-density.
     *
     * @param x points in the data's coordinates; not modified
     * @return nats a point, negative infinity where the law cannot be
     */
    double[] logDensity(Points x);
}
