package org.eigendrift.api.target;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.data.Column;

/**
 * A simulator: parameters from a prior, and what is observed of them. Simulation {@code n} depends on the random numbers of stream
 * {@code n} alone, so that it is the same at every reading, whatever the number of threads and of simulations. Thread-safe.
 */
public interface Simulator {

    /**
     * The parameters. Bounds of the prior are bounds of the columns: posteriors do not go beyond.
     *
     * @return at least one column
     */
    List<Column> parameters();

    /**
     * What is observed.
     *
     * @return at least one column; no name is one of a parameter
     */
    List<Column> outputs();

    /**
     * Draws parameters from the prior.
     *
     * @param random random numbers of the prior alone
     * @param simulation number of the simulation, the stream of all random numbers that are used
     * @param parameters receives the parameters; modified
     */
    void prior(CounterRandom random, long simulation, double[] parameters);

    /**
     * Simulates once.
     *
     * @param random random numbers of the simulator alone
     * @param simulation number of the simulation, the stream of all random numbers that are used
     * @param parameters the parameters, not modified; they need not be draws from the prior
     * @param outputs receives what is observed; modified
     */
    void simulate(CounterRandom random, long simulation, double[] parameters, double[] outputs);
}
