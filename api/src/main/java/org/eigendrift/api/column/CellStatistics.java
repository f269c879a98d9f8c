package org.eigendrift.api.column;

import java.util.List;

/**
 * What was counted of a column's cells while it was read once.
 *
 * @param name the column's name
 * @param cells all cells, those that are empty among them
 * @param gaps empty cells, and those with a text that stands for a missing value
 * @param gap the text that stood most often for a missing value, possibly empty
 * @param values distinct cells that are not gaps, in the order of their first row
 * @param complete whether {@code values} are all there are; otherwise the first {@link #MOST} of them, counted to the end
 */
public record CellStatistics(String name, long cells, long gaps, String gap, List<Value> values, boolean complete) {
    /** Distinct values that are told apart; more are known to be more. */
    public static final int MOST = 20_000;

    /**
     * Copies the list.
     *
     * @param name the column's name
     * @param cells all cells
     * @param gaps cells without a value
     * @param gap the text that stood for a missing value
     * @param values distinct cells
     * @param complete whether they are all
     */
    public CellStatistics {
        values = List.copyOf(values);
    }

    /**
     * One of a column's distinct values.
     *
     * @param text the cell, stripped; of files of numbers the number's shortest text
     * @param count in how many cells it stands
     */
    public record Value(String text, long count) {}

    /**
     * Cells with a value.
     *
     * @return {@code cells() - gaps()}
     */
    public long present() {
        return cells - gaps;
    }
}
