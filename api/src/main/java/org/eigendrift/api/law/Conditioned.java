package org.eigendrift.api.law;

/** A law of some columns given the others. */
public interface Conditioned extends Law {

    /**
     * The columns that are given: every condition fixes them.
     *
     * @return their numbers, ascending, at least one and not all; a new array
     */
    int[] given();
}
