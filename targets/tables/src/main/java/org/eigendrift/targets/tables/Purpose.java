package org.eigendrift.targets.tables;

import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;

/** What targets draw random numbers for, each with a generator of its own. */
public enum Purpose {
    /** Training rows. */
    TRAIN,
    /** Held-out rows. */
    HELDOUT,
    /** Which rows of a file are held out. */
    SPLIT,
    /** Parameters that a target draws, such as random couplings. */
    PARAMETERS,
    /** Markov chains. */
    CHAINS,
    /** Rounding noise that is added to whole numbers. */
    DEQUANTISE,
    /** Values that stand for missing ones. */
    FILL;

    /** "targ" in ASCII, so that no other module's purposes coincide with these. */
    private static final long PREFIX = 0x7461_7267L << 16;

    /**
     * The generator of this purpose.
     *
     * @param seed the target's own seed, or empty for the run's
     * @param context gives the run's seed
     * @return the generator
     */
    public CounterRandom random(OptionalLong seed, RunContext context) {
        return new CounterRandom(seed.orElse(context.seed())).derive(PREFIX + ordinal());
    }
}
