package org.eigendrift.api.law;

import java.util.Optional;
import org.eigendrift.api.sampler.Sampler;

/**
 * Which rows to draw, and how.
 *
 * @param first number of the first row, at least 0
 * @param count how many, at least 0
 * @param sampler the sampler for laws that are flows; empty for the law's own way, which follows its density
 */
public record DrawRequest(long first, int count, Optional<Sampler> sampler) {

    /**
     * Checks the numbers.
     *
     * @param first number of the first row
     * @param count how many
     * @param sampler the sampler
     * @throws IllegalArgumentException if a number is negative
     */
    public DrawRequest {
        if (first < 0 || count < 0) {
            throw new IllegalArgumentException(count + " rows from " + first);
        }
    }

    /**
     * The first rows, in the law's own way.
     *
     * @param count how many, at least 0
     * @return the request
     */
    public static DrawRequest of(int count) {
        return new DrawRequest(0, count, Optional.empty());
    }
}
