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
    /** Most rows kept: quantiles of so many are known to 0.2 percent of the rows. */
    private static final int LARGEST = 1 << 16;

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
        double[][] kept = new double[dim][size];
        CounterRandom random = new CounterRandom(0);
        long[] seen = {0};
        Chunks.forEach(data, run, (points, count) -> {
            for (int n = 0; n < count; n++) {
                long row = seen[0]++;
                long place = row < size ? row : (long) (random.uniform(0, row) * (row + 1));
                for (int i = 0; i < dim && place < size; i++) {
                    kept[i][(int) place] = points.get(i, n);
                }
            }
        });
        int rows = (int) Math.min(size, seen[0]);
        for (int i = 0; i < dim; i++) {
            kept[i] = Arrays.copyOf(kept[i], rows);
            Arrays.sort(kept[i]);
        }
        return new RowSample(kept);
    }

    /**
     * The sampled values of a column.
     *
     * @param column its index
     * @return ascending; the array itself
     */
    public double[] sorted(int column) {
        return columns[column];
    }
}
