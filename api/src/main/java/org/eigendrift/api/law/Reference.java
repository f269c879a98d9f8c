package org.eigendrift.api.law;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;

/** A law pi in the data's coordinates, and functions whose mean under it is zero. Thread-safe. */
public interface Reference {

    /**
     * The number of functions.
     *
     * @return 0 or more; the first ones are the smoothest
     */
    int functions();

    /**
     * Draws points.
     *
     * @param random random numbers, with the point's number as stream
     * @param count how many
     * @return points in the data's coordinates
     */
    Points draw(CounterRandom random, int count);

    /**
     * The density.
     *
     * @param x points in the data's coordinates; not modified
     * @param out receives log pi, normalised; modified
     */
    void logDensity(Points x, double[] out);

    /**
     * The first functions.
     *
     * @param x points in the data's coordinates where pi is positive; not modified
     * @param count how many functions, at most {@link #functions}
     * @return one array for each function, with its value at each point; the caller's own
     */
    double[][] values(Points x, int count);

    /**
     * The model's log-likelihood of any points.
     *
     * @param x points in the data's coordinates; not modified
     * @return nats for each point, with the integration error
     */
    Scores modelLogLikelihood(Points x);
}
