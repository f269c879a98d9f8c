package org.eigendrift.api.law;

/**
 * A law in all of whose rows something holds exactly, such as {@code gross = net + vat}. Draws keep it; values that were found column by
 * column, as means are, need not.
 */
public interface Ruled extends Law {

    /**
     * Whether what holds in all rows of the law holds in one.
     *
     * @param row values of all columns, NaN for a gap; not modified
     * @return false if a rule is broken
     */
    boolean keeps(double[] row);
}
