package org.eigendrift.targets.tables;

import org.eigendrift.api.Points;

/** Range, mean and order of magnitude of the values of each column. Not thread-safe. */
final class ValueSummary {
    /** Exponents of finite doubles, from subnormal to the largest. */
    private static final int EXPONENTS = Double.MAX_EXPONENT - Double.MIN_EXPONENT + 2;

    private final double[] least;
    private final double[] most;
    private final double[] sum;
    private final long[] count;
    private final boolean[] fractional;
    private final long[][] magnitudes;

    /**
     * An empty summary.
     *
     * @param dim number of columns
     */
    ValueSummary(int dim) {
        least = new double[dim];
        most = new double[dim];
        sum = new double[dim];
        count = new long[dim];
        fractional = new boolean[dim];
        magnitudes = new long[dim][];
        java.util.Arrays.fill(least, Double.POSITIVE_INFINITY);
        java.util.Arrays.fill(most, Double.NEGATIVE_INFINITY);
    }

    /**
     * Adds rows; values that are NaN are passed over.
     *
     * @param rows the rows; not modified
     * @param from the first
     * @param size how many
     */
    void add(Points rows, int from, int size) {
        double[] values = rows.values();
        for (int i = 0; i < least.length; i++) {
            int start = rows.offset(i) + from;
            for (int n = start; n < start + size; n++) {
                double value = values[n];
                if (value < least[i]) {
                    least[i] = value;
                }
                if (value > most[i]) {
                    most[i] = value;
                }
                if (value == value) {
                    sum[i] += value;
                    count[i]++;
                    fractional[i] |= value != Math.rint(value);
                }
            }
            if (least[i] > 0) {
                addMagnitudes(i, values, start, size);
            }
        }
    }

    /** Kept only while all values of a column are above 0. */
    private void addMagnitudes(int column, double[] values, int start, int size) {
        if (magnitudes[column] == null) {
            magnitudes[column] = new long[EXPONENTS];
        }
        for (int n = start; n < start + size; n++) {
            if (values[n] > 0) {
                magnitudes[column][Math.getExponent(values[n]) - Double.MIN_EXPONENT + 1]++;
            }
        }
    }

    /** The least value of a column, infinity if it has none. */
    double least(int column) {
        return least[column];
    }

    /** The largest value of a column, negative infinity if it has none. */
    double most(int column) {
        return most[column];
    }

    /** Values of a column. */
    long count(int column) {
        return count[column];
    }

    /** The mean of a column's values. */
    double mean(int column) {
        return sum[column] / count[column];
    }

    /** Whether some value of a column is not a whole number. */
    boolean fractional(int column) {
        return fractional[column];
    }

    /**
     * The share of a column's values below the largest power of two that is not above a bound.
     *
     * @param column a column whose values are all above 0
     * @param bound a positive number
     * @return the share, 0 to 1
     */
    double shareBelow(int column, double bound) {
        long below = 0;
        int end = Math.getExponent(bound) - Double.MIN_EXPONENT + 1;
        for (int j = 0; j < end; j++) {
            below += magnitudes[column][j];
        }
        return (double) below / count[column];
    }
}
