package org.eigendrift.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;

/**
 * The split of the command line's tables: a random number keyed by a row's place among all rows says whether it is held out.
 *
 * @param seed of the split
 * @param holdout probability of being held out
 */
record Split(long seed, double holdout) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * The rows that are not held out.
     *
     * @param sorted all rows
     * @param starts place of each partition's first row
     */
    JavaRDD<double[]> fitted(JavaRDD<double[]> sorted, long[] starts) {
        return sorted.mapPartitionsWithIndex((p, rows) -> new Fitted(rows, starts[p]), true);
    }

    private final class Fitted implements Iterator<double[]> {
        private final CounterRandom random = RunContext.quiet(seed).random(Purpose.SPLIT);
        private final Iterator<double[]> rows;
        private long place;
        private double[] next;

        Fitted(Iterator<double[]> rows, long place) {
            this.rows = rows;
            this.place = place;
        }

        @Override
        public boolean hasNext() {
            while (next == null && rows.hasNext()) {
                double[] row = rows.next();
                next = random.uniform(place++, 0) < holdout ? null : row;
            }
            return next != null;
        }

        @Override
        public double[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            double[] row = next;
            next = null;
            return row;
        }
    }
}
