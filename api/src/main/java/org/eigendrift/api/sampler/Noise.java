package org.eigendrift.api.sampler;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;

/** Standard normal noise for one batch, a function of (seed, point, step, draw): never of the batch. */
@FunctionalInterface
public interface Noise {

    /**
     * One standard normal number for each coordinate of each point.
     *
     * @param step the sampler's step, from 0
     * @param draw which draw within the step, 0 to 255
     * @param out receives the numbers; modified
     */
    void normal(int step, int draw, Points out);

    /**
     * Noise from a generator.
     *
     * @param random the generator
     * @param first number of the batch's first point
     * @return noise keyed by point number, step, draw and coordinate
     */
    static Noise of(CounterRandom random, long first) {
        return (step, draw, out) -> {
            double[] values = out.values();
            for (int i = 0; i < out.dim(); i++) {
                long index = ((long) step << 32) | ((long) draw << 24) | i;
                int offset = out.offset(i);
                for (int n = 0; n < out.size(); n++) {
                    values[offset + n] = random.normal(first + n, index);
                }
            }
        };
    }
}
