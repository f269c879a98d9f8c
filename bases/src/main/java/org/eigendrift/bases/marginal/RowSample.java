package org.eigendrift.bases.marginal;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;

/**
 * Rows drawn without replacement in one pass, every row with equal probability (reservoir sampling, Vitter 1985,
 * algorithm R); all rows where there are few. The draw depends on the number of rows alone, not on the run's seed.
 */
public final class RowSample {
    /** Most rows kept: as many as tell apart steps of a millionth. */
    private static final int LARGEST = 1 << 20;

    /** Rows for which there is room from the beginning. */
    private static final int FIRST = 1 << 12;

    /** Most numbers kept, 64 MB. */
    private static final int MEMORY = 1 << 23;

    private final double[][] columns;

    private RowSample(double[][] columns) {
        this.columns = columns;
    }

    /**
     * Draws rows.
     *
     * @param data the rows, read once
     * @param run stops the pass when cancelled
     * @return the sample
     */
    public static RowSample of(Dataset data, RunContext run) {
        int dim = data.dim();
        int size = Math.max(256, Math.min(LARGEST, MEMORY / dim));
        double[][] kept = new double[dim][Math.min(size, FIRST)];
        CounterRandom random = new CounterRandom(0);
        long[] seen = {0};
        Chunks.forEach(data, run, (points, count) -> {
            for (int n = 0; n < count; n++) {
                long row = seen[0]++;
                long place = row < size ? row : (long) (random.uniform(0, row) * (row + 1));
                if (row == kept[0].length && row < size) {
                    grow(kept, (int) Math.min(size, 2 * row));
                }
                for (int i = 0; i < dim && place < size; i++) {
                    kept[i][(int) place] = points.get(i, n);
                }
            }
        });
        int rows = (int) Math.min(size, seen[0]);
        for (int i = 0; i < dim; i++) {
            kept[i] = Arrays.copyOf(kept[i], rows);
        }
        return new RowSample(kept);
    }

    private static void grow(double[][] kept, int length) {
        for (int i = 0; i < kept.length; i++) {
            kept[i] = Arrays.copyOf(kept[i], length);
        }
    }

    /**
     * The sampled values of a column.
     *
     * @param column its index
     * @return in the order of the rows, the same for all columns; the array itself
     */
    public double[] column(int column) {
        return columns[column];
    }

    /**
     * The sampled values of a column in their own order.
     *
     * @param column its index
     * @return ascending; a copy
     */
    public double[] sorted(int column) {
        double[] sorted = columns[column].clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
