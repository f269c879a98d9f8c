package org.eigendrift.api;

/**
 * What this project draws random numbers for: the one registry of the numbers behind {@link RunContext#random(Purpose)}. The
 * numbers are part of what a seed promises and stay, whatever becomes of names and classes. A plugin of others takes a number
 * of its own, see {@link RunContext#random(long)}.
 */
public enum Purpose {
    /** Where samples start. */
    PRIOR(1),
    /** Noise of samplers. */
    NOISE(2),
    /** Starts of samples whose first start led nowhere. */
    RESTART(0x5245_5354L),
    /** Which chart a sample is of. */
    SAMPLE_CHART(3),
    /** Which samples are a Gibbs density's. */
    SAMPLE_GIBBS(4),
    /** Ground of a chart's samples; the chart's number is added. */
    CHART(0x1000, 0x1000),
    /** Starts of the mixture that cuts rows. */
    MIXTURE(0x317),
    /** Points from which the flow is compared with a Gibbs density. */
    COUPLING_PILOTS(0xC0),
    /** Which draws of the flow stand for a Gibbs density. */
    COUPLING_KEEP(0xC1),
    /** Walks from draws that do not. */
    COUPLING_WALKS(0xC2),
    /** Draws beside which Gibbs densities are compared. */
    GIBBS_CANDIDATES(0x6D5),
    /** Draws beside which a Gibbs density is normalised. */
    GIBBS_DRAWS(0x61B),
    /** Tuning of a Gibbs density's walk. */
    GIBBS_TUNING(0x61C),
    /** A Gibbs density's walk. */
    GIBBS_WALK(0x61D),
    /** Where walks begin that have no rows to begin at. */
    GIBBS_STARTS(0x61E),
    /** Resampling of draws by their weights. */
    GIBBS_RESAMPLING(0x61F),
    /** Tuning of the walks of Fisher scoring. */
    SCORING_TUNING(0x57E),
    /** The walks of Fisher scoring. */
    SCORING_WALKS(0x57F),
    /** Random signs of generalised cross-validation. */
    RIDGE_SIGNS(0x78AF_9427),
    /** Pilots on which samplers find their steps; the next number is their noise. */
    SAMPLER_PILOT(0x50494C4F54L, 2),
    /** Drawing particles again by their weights. */
    PARTICLES(0x5041_5254L),
    /** Draws of a law among which the rare ones are told from the rest. */
    MINORITY_PILOTS(0x4D49_4E4FL),
    /** Control variates of expectations. */
    EXPECTATION(0x6578_7065L << 16),
    /** The noise of a reusable hold-out. */
    HOLDOUT(0x686F_6C64L << 16),
    /** Training rows of a target. */
    TRAIN_ROWS(0x7461_7267L << 16),
    /** Held-out rows of a target. */
    HELDOUT_ROWS((0x7461_7267L << 16) + 1),
    /** Which rows of a file are held out. */
    SPLIT((0x7461_7267L << 16) + 2),
    /** Parameters that a target draws, such as random couplings. */
    PARAMETERS((0x7461_7267L << 16) + 3),
    /** Markov chains of a target. */
    CHAINS((0x7461_7267L << 16) + 4),
    /** Rounding noise that is added to whole numbers. */
    DEQUANTISATION((0x7461_7267L << 16) + 5),
    /** Values that stand for missing ones. */
    FILL((0x7461_7267L << 16) + 6),
    /** What is random in the fit of a table's law. */
    TABLE_FIT(0x7AB1_0000L),
    /** Rows that are drawn from a table's law. */
    TABLE_DRAWS(0x7AB1_0001L),
    /** Candidates for rows that are drawn given evidence. */
    TABLE_EVIDENCE(0x7AB1_0002L),
    /** Cells that were not seen, drawn so that a law can be fitted; the rows that judge. */
    COMPLETION(0x7AB1_0003L),
    /** Draws of a law near which its rows given evidence are looked for. */
    CONDITION_PILOTS(0xA5C_0000L),
    /** Particles that stand for a law given evidence. */
    CONDITION_PARTICLES(0xA5C_0001L),
    /** Rows that are drawn from a law given evidence. */
    CONDITION_DRAWS(0xA5C_0002L),
    /** Which of several values that evidence names a row has. */
    CONDITION_CASES(0xA5C_0003L),
    /** Particles of a sketch of a density, and draws by which its constant is told. */
    CONDITION_SKETCH(0xA5C_0004L),
    /** Rounds of an optimisation, of which each has a seed of its own. */
    ROUNDS(0x0971_3153L),
    /** Noise of the observations of held-out rows that are to be reconstructed; the next number is the seeds of their draws. */
    RECONSTRUCTION(0x5EC0_0000L, 2),
    /** What is random in the fit of columns given others. */
    CONDITIONAL_FIT(0xC0D_0000L),
    /** Rows that are drawn from columns given others. */
    CONDITIONAL_DRAWS(0xC0D_0001L),
    /** Uniform numbers beside which ranks are seen. */
    CALIBRATION(0xC0D_0002L);

    private final long number;
    private final long width;

    Purpose(long number) {
        this(number, 1);
    }

    Purpose(long number, long width) {
        this.number = number;
        this.width = width;
    }

    /**
     * The number.
     *
     * @return what {@link CounterRandom#derive} is given
     */
    public long number() {
        return number;
    }

    /**
     * How many numbers belong to the purpose, {@link #number()} being the first.
     *
     * @return at least 1
     */
    public long width() {
        return width;
    }
}
