package org.eigendrift.spark;

import java.io.Serial;
import java.io.Serializable;
import org.eigendrift.api.Points;
import org.eigendrift.api.pass.Summary;

/**
 * Rows of one block, all of them or a part.
 *
 * @param number of the block
 * @param from place of the first row in the block
 * @param size how many rows
 * @param values column by column; shared, not to be modified
 */
@SuppressWarnings("serial")
record RowBlock(long number, int from, int size, double[] values) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** The place of its first row among all rows. */
    long first() {
        return number * Summary.BLOCK + from;
    }

    Points points() {
        return Points.wrap(values.length / size, size, values);
    }
}
