package org.eigendrift.targets.tables;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/** Rows whose missing values, which are NaN in another data set, have been filled in. */
final class ImputedRows implements Dataset {
    private final Dataset incomplete;
    private final Imputation imputation;
    private final long side;
    private final AtomicReference<long[]> filled = new AtomicReference<>(new long[0]);

    /**
     * Wraps a data set.
     *
     * @param incomplete rows with NaN for missing values
     * @param imputation says what stands for them
     * @param side number of this data set among those that share the imputation
     */
    ImputedRows(Dataset incomplete, Imputation imputation, long side) {
        this.incomplete = incomplete;
        this.imputation = imputation;
        this.side = side;
    }

    @Override
    public List<Column> columns() {
        return incomplete.columns();
    }

    @Override
    public OptionalLong rows() {
        return incomplete.rows();
    }

    /**
     * Values that were filled in.
     *
     * @return the number for each column and, last, the number of rows, of the last complete reading; empty before
     */
    long[] filled() {
        return filled.get().clone();
    }

    @Override
    public Reader open() {
        Reader reader = incomplete.open();
        return new Reader() {
            private final long[] counts = new long[dim() + 1];
            private long row;

            @Override
            public int read(Points buffer) {
                int count = reader.read(buffer);
                for (int n = 0; n < count; n++) {
                    fill(buffer, n);
                }
                row += count;
                if (count < buffer.size()) {
                    filled.set(counts);
                }
                return count;
            }

            private void fill(Points buffer, int n) {
                boolean complete = true;
                for (int i = 0; i < buffer.dim(); i++) {
                    if (Double.isNaN(buffer.get(i, n))) {
                        counts[i]++;
                        complete = false;
                    }
                }
                if (!complete) {
                    imputation.fill(buffer, n, side, row + n);
                    counts[counts.length - 1]++;
                }
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
