package org.eigendrift.api.law;

/** Answers for one law what its rows are, given evidence. Immutable, thread-safe. */
public interface Conditioner {
    /** Effective draws of an answer that is asked for alone: its log-probability is right to about 0.02 nats. */
    int MANY = 2000;

    /** Effective draws of an answer for each of many rows. */
    int FEW = 200;

    /**
     * The law of what evidence leaves open.
     *
     * @param evidence what is known of a row
     * @param effective about how many independent draws the answer should rest on where it is not exact, at least 1: more take
     *     longer
     * @return the conditional law, of the same columns; {@link Certainty#effectiveSampleSize} says what it rests on
     * @throws org.eigendrift.api.InputException if the evidence names no column, contradicts itself, or has no mass
     */
    Conditional given(Evidence evidence, int effective);

    /**
     * The law of what evidence leaves open, for one question.
     *
     * @param evidence what is known of a row
     * @return the conditional law, of the same columns
     * @throws org.eigendrift.api.InputException if the evidence names no column, contradicts itself, or has no mass
     */
    default Conditional given(Evidence evidence) {
        return given(evidence, MANY);
    }
}
