package org.eigendrift.engine.kernel;

import org.eigendrift.api.CounterRandom;

/**
 * Numbers of which each is uniform alone, and of which any block of as many as there are strata has one in each: the unit interval is
 * cut into equal strata, which a random permutation puts in another order in each block. Immutable, thread-safe.
 *
 * <p>The permutation is a Feistel network of four rounds (Luby and Rackoff, SIAM J. Comput. 17, 1988) on the least even number of
 * bits that suffices, walked until it is within the strata (Black and Rogaway, CT-RSA 2002): the place of one point needs no other.
 */
public final class Strata {
    private static final int ROUNDS = 4;
    /** Bits of half a number, at least: of few bits there are too few orders. */
    private static final int LEAST = 5;

    private static final long WITHIN = 1;
    private static final long ORDER = 2;

    private final CounterRandom order;
    private final CounterRandom within;
    private final long strata;
    private final int half;

    /**
     * Draws a sequence.
     *
     * @param random draws the orders and the places within strata
     * @param strata how many, at least 1
     */
    public Strata(CounterRandom random, long strata) {
        this.order = random.derive(ORDER);
        this.within = random.derive(WITHIN);
        this.strata = strata;
        this.half = Math.max(LEAST, (65 - Long.numberOfLeadingZeros(strata - 1)) / 2);
    }

    /**
     * A number of the sequence.
     *
     * @param number its place, at least 0
     * @return in (0, 1)
     */
    public double uniform(long number) {
        return (stratum(number) + within.uniform(number, 0)) / strata;
    }

    private long stratum(long number) {
        CounterRandom rounds = order.derive(number / strata);
        long at = number % strata;
        do {
            at = mixed(rounds, at);
        } while (at >= strata);
        return at;
    }

    private long mixed(CounterRandom rounds, long number) {
        long mask = (1L << half) - 1;
        long left = number >>> half;
        long right = number & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ (rounds.bits(round, right) & mask);
            left = right;
            right = next;
        }
        return left << half | right;
    }
}
