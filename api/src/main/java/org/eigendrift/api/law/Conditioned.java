package org.eigendrift.api.law;

import java.util.Arrays;
import org.eigendrift.api.Points;

/** A law of some columns given the others. */
public interface Conditioned extends Law {

    /**
     * The columns that are given: every condition fixes them.
     *
     * @return their numbers, ascending, at least one and not all; a new array
     */
    int[] given();

    /**
     * How much rows count, where they were drawn from another law than the one that is modelled, such as parameters of simulations from a
     * proposal in place of their prior.
     *
     * @param rows points in the law's columns; not modified
     * @return of each row at least 0, up to a factor that all share; 1 where rows are drawn from the law that is modelled; a new array
     * @throws org.eigendrift.api.InputException if a row cannot have been drawn from either
     */
    default double[] weights(Points rows) {
        double[] ones = new double[rows.size()];
        Arrays.fill(ones, 1);
        return ones;
    }
}
