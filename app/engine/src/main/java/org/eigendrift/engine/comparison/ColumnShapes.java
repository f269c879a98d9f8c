package org.eigendrift.engine.comparison;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/**
 * How far the distribution of each column of one table is from that of another: the Kolmogorov-Smirnov distance of numbers, days
 * and moments, gaps left out, and the total variation of levels, gaps being one level more. Their mean is the error of SDMetrics'
 * "Column Shapes" (its score is 1 less the error).
 */
public final class ColumnShapes {
    private ColumnShapes() {}

    /**
     * The distance of each column.
     *
     * @param columns one for each coordinate
     * @param a rows of one table; only read
     * @param b rows of another; only read
     * @return a number from 0 to 1 for each column; 0 where neither table has a value, 1 where only one has
     */
    public static double[] distances(List<Column> columns, Points a, Points b) {
        double[] distances = new double[columns.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = columns.get(i).kind().levelled()
                    ? totalVariation(counts(columns.get(i), a, i), a.size(), counts(columns.get(i), b, i), b.size())
                    : kolmogorovSmirnov(values(a, i), values(b, i));
        }
        return distances;
    }

    private static double[] values(Points points, int column) {
        double[] values = Arrays.stream(points.column(column))
                .filter(x -> !Double.isNaN(x))
                .toArray();
        Arrays.sort(values);
        return values;
    }

    private static double kolmogorovSmirnov(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            return a.length == b.length ? 0 : 1;
        }
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double at = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= at) {
                i++;
            }
            while (j < b.length && b[j] <= at) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return largest;
    }

    /** How often each level occurs; gaps come last but one, levels that the column does not have last. */
    private static long[] counts(Column column, Points points, int coordinate) {
        int levels = column.levels().size();
        long[] counts = new long[levels + 2];
        for (int n = 0; n < points.size(); n++) {
            counts[LevelCodes.of(points.get(coordinate, n), levels)]++;
        }
        return counts;
    }

    private static double totalVariation(long[] a, int rowsOfA, long[] b, int rowsOfB) {
        if (rowsOfA == 0 || rowsOfB == 0) {
            return rowsOfA == rowsOfB ? 0 : 1;
        }
        long sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += Math.abs(a[k] * rowsOfB - b[k] * rowsOfA);
        }
        return 0.5 * sum / ((double) rowsOfA * rowsOfB);
    }
}
