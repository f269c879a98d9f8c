package org.eigendrift.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;

/**
 * Makes blocks of sorted rows: counts them, and leaves out those that a fit does not see.
 *
 * @param columns what they are
 * @param remedy what to do about gaps, for messages
 */
record Blocking(List<Column> columns, String remedy) {

    /**
     * The blocks.
     *
     * @param sorted rows, sorted over all partitions
     * @param split which of them are fitted; empty for all
     * @throws InputException if a cell is not a finite number
     */
    RowBlocks blocks(JavaRDD<double[]> sorted, Optional<Split> split) {
        List<Long> counts = counts("counts rows", sorted);
        if (split.isEmpty()) {
            return RowBlocks.of(sorted, counts, columns.size());
        }
        JavaRDD<double[]> fitted = split.get().fitted(sorted, RowBlocks.starts(counts));
        return RowBlocks.of(fitted, counts("counts rows that are not held out", fitted), columns.size());
    }

    private List<Long> counts(String job, JavaRDD<double[]> rows) {
        List<Long> counts = new ArrayList<>();
        for (Census census : Stage.named(
                rows.context(), job, () -> rows.mapPartitions(Census::of).collect())) {
            census.requireFinite(columns, remedy);
            counts.add(census.rows());
        }
        return counts;
    }

    /**
     * What is in a partition.
     *
     * @param rows how many
     * @param column of the first cell that is not a finite number, -1 if there is none
     * @param value of that cell
     */
    private record Census(long rows, int column, double value) implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        static Iterator<Census> of(Iterator<double[]> rows) {
            long count = 0;
            int column = -1;
            double value = 0;
            for (; rows.hasNext(); count++) {
                double[] row = rows.next();
                for (int i = 0; i < row.length && column < 0; i++) {
                    if (!Double.isFinite(row[i])) {
                        column = i;
                        value = row[i];
                    }
                }
            }
            return List.of(new Census(count, column, value)).iterator();
        }

        void requireFinite(List<Column> columns, String remedy) {
            if (column >= 0) {
                throw new InputException("column '" + columns.get(column).name() + "' has "
                        + (Double.isNaN(value) ? "a gap (null or NaN)" : "the value " + value)
                        + ", expected finite numbers; " + remedy);
            }
        }
    }
}
