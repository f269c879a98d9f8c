package org.eigendrift.engine.conditional;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;

/** Particles and their steps, for the laws target^power proposal^(1 - power) between two densities. Immutable. */
interface Steps {

    /** Places of particles, and log-densities there of the law that is looked for and of the one that proposed them. */
    record Places(Points u, double[] target, double[] proposal) {
        Places select(int[] chosen) {
            return new Places(
                    u.select(chosen),
                    Arrays.stream(chosen).mapToDouble(c -> target[c]).toArray(),
                    Arrays.stream(chosen).mapToDouble(c -> proposal[c]).toArray());
        }
    }

    /** Places that were proposed, with their log-densities. */
    Places start(CounterRandom random, int count);

    /** How many sweeps it takes to come some way. */
    int sweeps();

    /**
     * One step of each particle.
     *
     * @param at where they are; modified
     * @param power the steps' law is target^power proposal^(1 - power)
     * @param scale of the steps, 1 for those that are best in a normal law
     * @param others particles whose differences are steps
     * @param random numbers, by particle
     * @param first number of the first particle
     * @return share of the steps along differences that were taken
     */
    double sweep(Places at, double power, double scale, Points others, CounterRandom random, long first);
}
