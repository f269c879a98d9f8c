package org.eigendrift.bases.marginal;

import java.util.Arrays;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/**
 * Count, extremes, mean and variance of every column, from one pass in chunks.
 *
 * <p>Within a chunk mean and squared deviations come from two sweeps; chunks are joined by the update of Chan, Golub
 * and LeVeque ("Updating formulae and a pairwise algorithm for computing sample variances", 1979), which does not
 * cancel. The chunk size depends on the number of columns alone, so the sums do too.
 */
public final class ColumnSummary {
    /** Most numbers held at once, 8 MB of doubles. */
    private static final int BUFFER = 1 << 20;

    /** Most rows of a chunk. */
    private static final int ROWS = 4096;

    private final Dataset data;
    private final double[] min;
    private final double[] max;
    private final double[] mean;
    private final double[] squares;
    private long rows;

    private ColumnSummary(Dataset data) {
        int dim = data.dim();
        this.data = data;
        this.min = new double[dim];
        this.max = new double[dim];
        this.mean = new double[dim];
        this.squares = new double[dim];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
    }

    /**
     * Reads the rows.
     *
     * @param data the rows; all of them are read
     * @param run stops the pass when cancelled
     * @return the summary
     * @throws InputException if there is no row
     */
    public static ColumnSummary of(Dataset data, RunContext run) {
        ColumnSummary summary = new ColumnSummary(data);
        Chunks.forEach(data, run, (points, count) -> summary.add(points, count));
        if (summary.rows == 0) {
            throw new InputException("the data has no rows; expected at least 2");
        }
        return summary;
    }

    /**
     * A buffer of the size in which rows are read.
     *
     * @param dim number of columns
     * @return a batch of zeros
     */
    static Points buffer(int dim) {
        return Points.zeros(dim, Math.max(16, Math.min(ROWS, BUFFER / dim)));
    }

    private void add(Points points, int count) {
        long total = rows + count;
        for (int i = 0; i < mean.length; i++) {
            int from = points.offset(i);
            double[] x = points.values();
            double sum = 0;
            double low = min[i];
            double high = max[i];
            for (int n = from; n < from + count; n++) {
                sum += x[n];
                low = Math.min(low, x[n]);
                high = Math.max(high, x[n]);
            }
            double center = sum / count;
            double deviations = 0;
            for (int n = from; n < from + count; n++) {
                deviations += (x[n] - center) * (x[n] - center);
            }
            double shift = center - mean[i];
            mean[i] += shift * count / total;
            squares[i] += deviations + shift * shift * rows * count / total;
            min[i] = low;
            max[i] = high;
        }
        rows = total;
    }

    /**
     * The number of rows.
     *
     * @return at least 1
     */
    public long rows() {
        return rows;
    }

    /**
     * The smallest value of a column.
     *
     * @param column its index
     * @return the minimum
     */
    public double min(int column) {
        return min[column];
    }

    /**
     * The largest value of a column.
     *
     * @param column its index
     * @return the maximum
     */
    public double max(int column) {
        return max[column];
    }

    /**
     * The mean of a column.
     *
     * @param column its index
     * @return the arithmetic mean
     */
    public double mean(int column) {
        return mean[column];
    }

    /**
     * The standard deviation of a column.
     *
     * @param column its index
     * @return the root of the mean squared deviation, divided by the number of rows
     */
    public double deviation(int column) {
        return Math.sqrt(squares[column] / rows);
    }

    /**
     * Refuses a column without spread: a single row, or the same value everywhere.
     *
     * @param column its index
     * @param who what needs the spread, for the message: {@code "frame 'box'"}
     * @throws InputException if the smallest value is the largest
     */
    public void requireSpread(int column, String who) {
        if (min[column] < max[column]) {
            return;
        }
        String name = data.columns().get(column).name();
        String found = rows == 1 ? "has a single row" : "is constant, " + min[column] + " in all " + rows + " rows";
        throw new InputException("column '" + name + "' " + found + "; " + who
                + " needs at least two different values: leave the column out, or give more rows");
    }

    /**
     * Refuses values outside an interval, naming the first.
     *
     * @param column its index
     * @param lower smallest value allowed
     * @param upper largest value allowed
     * @param advice what to do instead, the end of the message
     * @throws InputException if a value lies outside; the message gives column, row (counted from 1) and value
     */
    public void requireWithin(int column, double lower, double upper, String advice) {
        if (min[column] >= lower && max[column] <= upper) {
            return;
        }
        Column named = data.columns().get(column);
        Points buffer = buffer(data.dim());
        long row = 0;
        try (Dataset.Reader reader = data.open()) {
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                for (int n = 0; n < count; n++) {
                    row++;
                    double value = buffer.get(column, n);
                    if (!(value >= lower && value <= upper)) {
                        throw new InputException("column '" + named.name() + "', row " + row + ": the value " + value
                                + " lies outside [" + lower + ", " + upper + "]; " + advice);
                    }
                }
            }
        }
        throw new IllegalStateException("the rows of column '" + named.name() + "' changed between two passes");
    }
}
