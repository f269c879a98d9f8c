package org.eigendrift.bases.marginal;

import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;

/** One pass over the rows of a data set, in chunks whose size depends on the number of columns alone. */
public final class Chunks {
    private Chunks() {}

    /** Receives a chunk. */
    @FunctionalInterface
    public interface Consumer {

        /**
         * Takes rows.
         *
         * @param points the rows, from point 0 on; overwritten after the call
         * @param count how many there are, at least 1
         */
        void accept(Points points, int count);
    }

    /**
     * Reads all rows.
     *
     * @param data the rows
     * @param run stops the pass between chunks when cancelled
     * @param consumer receives the chunks in order
     */
    public static void forEach(Dataset data, RunContext run, Consumer consumer) {
        Points buffer = ColumnSummary.buffer(data.dim());
        try (Dataset.Reader reader = data.open()) {
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                run.checkCancelled();
                consumer.accept(buffer, count);
            }
        }
    }
}
