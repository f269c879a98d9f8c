package org.eigendrift.bases.marginal;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.InOrder;
import org.eigendrift.api.pass.Plan;

/**
 * Count, extremes, mean and variance of every column, and the first value outside given limits, from one reading.
 *
 * <p>Within a block mean and squared deviations come from two sweeps; blocks are joined by the update of Chan, Golub
 * and LeVeque ("Updating formulae and a pairwise algorithm for computing sample variances", 1979), which does not
 * cancel.
 */
public final class ColumnSummary {
    private static final int PER_COLUMN = 6;

    private final List<Column> columns;
    private final double[] lower;
    private final double[] upper;
    private final double[] numbers;

    private ColumnSummary(List<Column> columns, double[] lower, double[] upper, double[] numbers) {
        this.columns = columns;
        this.lower = lower;
        this.upper = upper;
        this.numbers = numbers;
        if (numbers[0] == 0) {
            throw new InputException("the data has no rows; expected at least 2");
        }
    }

    /**
     * Summarises columns.
     *
     * @param columns all columns of the rows
     * @return a plan of one reading, which refuses data without rows
     */
    public static Plan<ColumnSummary> of(List<Column> columns) {
        double[] lower = new double[columns.size()];
        double[] upper = new double[columns.size()];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        return of(columns, lower, upper);
    }

    /**
     * Summarises columns, and looks for values outside limits.
     *
     * @param columns all columns of the rows
     * @param lower smallest value allowed of each; shared, not to be modified
     * @param upper largest value allowed of each; shared, not to be modified
     * @return a plan of one reading, which refuses data without rows
     */
    public static Plan<ColumnSummary> of(List<Column> columns, double[] lower, double[] upper) {
        return Plan.read(new Sums(lower, upper))
                .map(folded -> new ColumnSummary(List.copyOf(columns), lower, upper, folded.numbers()));
    }

    /**
     * Summarises a column that has limits.
     *
     * @param column the one column of the rows
     * @param lower smallest value allowed
     * @param upper largest value allowed
     * @param advice what to do where a value lies outside, the end of the message
     * @return a plan of one reading, which refuses values outside, see {@link #requireWithin}
     */
    public static Plan<ColumnSummary> within(Column column, double lower, double upper, String advice) {
        return of(List.of(column), new double[] {lower}, new double[] {upper}).map(summary -> {
            summary.requireWithin(0, advice);
            return summary;
        });
    }

    private double number(int column, int which) {
        return numbers[1 + PER_COLUMN * column + which];
    }

    /**
     * The number of rows.
     *
     * @return at least 1
     */
    public long rows() {
        return (long) numbers[0];
    }

    /**
     * A column.
     *
     * @param column its index
     * @return the column
     */
    public Column column(int column) {
        return columns.get(column);
    }

    /**
     * The smallest value of a column.
     *
     * @param column its index
     * @return the minimum
     */
    public double min(int column) {
        return number(column, 0);
    }

    /**
     * The largest value of a column.
     *
     * @param column its index
     * @return the maximum
     */
    public double max(int column) {
        return number(column, 1);
    }

    /**
     * The mean of a column.
     *
     * @param column its index
     * @return the arithmetic mean
     */
    public double mean(int column) {
        return number(column, 2);
    }

    /**
     * The standard deviation of a column.
     *
     * @param column its index
     * @return the root of the mean squared deviation, divided by the number of rows
     */
    public double deviation(int column) {
        return Math.sqrt(number(column, 3) / rows());
    }

    /**
     * Refuses a column without spread: a single row, or the same value everywhere.
     *
     * @param column its index
     * @param who what needs the spread, for the message: {@code "frame 'box'"}
     * @throws InputException if the smallest value is the largest
     */
    public void requireSpread(int column, String who) {
        if (min(column) < max(column)) {
            return;
        }
        String name = columns.get(column).name();
        String found = rows() == 1 ? "has a single row" : "is constant, " + min(column) + " in all " + rows() + " rows";
        throw new InputException("column '" + name + "' " + found + "; " + who
                + " needs at least two different values: leave the column out, or give more rows");
    }

    /**
     * The first row with a value outside the limits.
     *
     * @param column the column's index
     * @return its number, counted from 0; empty if there is none
     */
    public OptionalLong firstOutside(int column) {
        double row = number(column, 4);
        return row < Double.POSITIVE_INFINITY ? OptionalLong.of((long) row) : OptionalLong.empty();
    }

    /**
     * The value of that row.
     *
     * @param column the column's index
     * @return the first value outside the limits, 0 if there is none
     */
    public double valueOutside(int column) {
        return number(column, 5);
    }

    /**
     * Refuses values outside the limits, naming the first.
     *
     * @param column its index
     * @param advice what to do instead, the end of the message
     * @throws InputException if a value lies outside; the message gives column, row (counted from 1) and value
     */
    public void requireWithin(int column, String advice) {
        OptionalLong row = firstOutside(column);
        if (row.isPresent()) {
            throw InputException.at(
                    Address.ofRow(row.getAsLong() + 1).in(columns.get(column).name()),
                    "the value " + valueOutside(column) + " lies outside [" + lower[column] + ", " + upper[column]
                            + "]; " + advice);
        }
    }

    /** The number of rows; of each column minimum, maximum, mean, squared deviations, and the first row outside with its value. */
    private static final class Sums implements InOrder {
        private final double[] lower;
        private final double[] upper;

        Sums(double[] lower, double[] upper) {
            this.lower = lower;
            this.upper = upper;
        }

        @Override
        public double[] none() {
            double[] none = new double[1 + PER_COLUMN * lower.length];
            for (int at = 1; at < none.length; at += PER_COLUMN) {
                none[at] = Double.POSITIVE_INFINITY;
                none[at + 1] = Double.NEGATIVE_INFINITY;
                none[at + 4] = Double.POSITIVE_INFINITY;
            }
            return none;
        }

        @Override
        public double[] of(Points rows, long first) {
            double[] block = none();
            block[0] = rows.size();
            for (int i = 0; i < lower.length; i++) {
                column(rows, i, first, block);
            }
            return block;
        }

        private void column(Points rows, int i, long first, double[] block) {
            double[] x = rows.values();
            int from = rows.offset(i);
            int at = 1 + PER_COLUMN * i;
            double sum = 0;
            double low = block[at];
            double high = block[at + 1];
            for (int n = from; n < from + rows.size(); n++) {
                sum += x[n];
                low = Math.min(low, x[n]);
                high = Math.max(high, x[n]);
            }
            double center = sum / rows.size();
            double deviations = 0;
            for (int n = from; n < from + rows.size(); n++) {
                deviations += (x[n] - center) * (x[n] - center);
            }
            block[at] = low;
            block[at + 1] = high;
            block[at + 2] = center;
            block[at + 3] = deviations;
            for (int n = 0; n < rows.size() && !(low >= lower[i] && high <= upper[i]); n++) {
                double value = x[from + n];
                if (!(value >= lower[i] && value <= upper[i])) {
                    block[at + 4] = first + n;
                    block[at + 5] = value;
                    return;
                }
            }
        }

        @Override
        public void fold(double[] before, double[] block) {
            double rows = before[0];
            double count = block[0];
            double total = rows + count;
            for (int at = 1; at < before.length; at += PER_COLUMN) {
                double shift = block[at + 2] - before[at + 2];
                before[at] = Math.min(before[at], block[at]);
                before[at + 1] = Math.max(before[at + 1], block[at + 1]);
                before[at + 2] += shift * count / total;
                before[at + 3] += block[at + 3] + shift * shift * rows * count / total;
                if (block[at + 4] < before[at + 4]) {
                    before[at + 4] = block[at + 4];
                    before[at + 5] = block[at + 5];
                }
            }
            before[0] = total;
        }
    }
}
