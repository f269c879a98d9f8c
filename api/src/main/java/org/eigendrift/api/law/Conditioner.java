package org.eigendrift.api.law;

/** Answers for one law what its rows are, given evidence. Immutable, thread-safe. */
public interface Conditioner {

    /**
     * The law of what evidence leaves open.
     *
     * @param evidence what is known of a row
     * @return the conditional law, of the same columns
     * @throws org.eigendrift.api.InputException if the evidence names no column, contradicts itself, or has no mass
     */
    Conditional given(Evidence evidence);
}
