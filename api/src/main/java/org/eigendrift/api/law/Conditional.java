package org.eigendrift.api.law;

/**
 * A law given evidence. Its rows have all columns, and agree with the evidence; its log-densities are those of the columns that
 * the evidence leaves open: of the joint law, less {@link Certainty#logProbability}. Exact linear relations determine one column
 * each, which is not counted. Immutable, thread-safe.
 */
public interface Conditional extends Law {

    /**
     * What it was given.
     *
     * @return all evidence
     */
    Evidence evidence();

    /**
     * How far the answer can be trusted.
     *
     * @return figures of the search for it
     */
    Certainty certainty();
}
