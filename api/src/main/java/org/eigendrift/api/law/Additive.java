package org.eigendrift.api.law;

import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;

/**
 * A law that follows from sums over rows: laws of disjoint rows can be merged, and rows be taken back, without the other
 * rows.
 */
public interface Additive extends Law {

    /**
     * What the law knows of the rows it was fitted to.
     *
     * @return its statistic
     */
    Statistic statistic();

    /**
     * The statistic of other rows, in this law's functions.
     *
     * @param rows rows of the same columns
     * @param run threads, progress
     * @return a statistic that goes with this law's
     * @throws org.eigendrift.api.InputException if the columns differ, or a row lies where the law cannot be
     */
    Statistic statistic(Dataset rows, RunContext run);

    /**
     * The law of a statistic, with this one's functions and whatever else was decided at its fit.
     *
     * @param statistic made of this law's and those that go with it
     * @param run seed, threads, progress
     * @return a new law
     * @throws org.eigendrift.api.InputException if there are too few rows
     * @throws org.eigendrift.api.NumericalException if it cannot be computed
     */
    Additive with(Statistic statistic, RunContext run);

    /**
     * What keeps the statistics of two laws from being added.
     *
     * @param other another law
     * @return every difference in words, {@code key: this and other}; none if they can be added
     */
    List<String> differences(Law other);

    /** Sums over rows. Immutable. */
    interface Statistic {

        /**
         * The sum.
         *
         * @param others statistics of other rows, of laws without {@link Additive#differences}
         * @return the statistic of all rows, whatever the order of the others to the last bit
         * @throws org.eigendrift.api.InputException if sums overflow
         */
        Statistic plus(List<? extends Statistic> others);

        /**
         * The difference.
         *
         * @param part of some of the rows; that they are is not checked
         * @return the statistic of the other rows
         * @throws org.eigendrift.api.InputException if too few rows would remain, or sums overflow
         */
        Statistic minus(Statistic part);
    }
}
