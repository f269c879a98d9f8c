package org.eigendrift.engine.comparison;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Kind;

/**
 * How far the dependence of each pair of columns in one table is from that in another, as in SDMetrics' "Column Pair Trends" (its
 * score is 1 less the error): of two columns of numbers half the difference of Pearson's correlations, over the rows where both
 * have a value; of other pairs the total variation of the two contingency tables, numbers being cut into ten bins of equal width
 * and gaps being a level of their own. Angles have no correlation and are cut always.
 */
public final class PairTrends {
    private static final int BINS = 10;
    /** Below the first bin, the bins, the upper end and beyond, gaps. */
    private static final int CELLS = BINS + 3;

    private static final int GAP = BINS + 2;
    /** With fewer common rows there is no correlation. */
    private static final int FEWEST = 3;

    private final List<Column> columns;
    private final Points real;
    private final Points other;
    private final int[][] ofReal;
    private final int[][] ofOther;
    private final Groups[] groupsOfReal;
    private final Groups[] groupsOfOther;

    /** Which range of a column of numbers is cut into bins. */
    public enum Cut {
        /** The real table's, for both: what lies beyond has a cell of its own. */
        REAL_RANGE,
        /**
         * Each table's own, as SDMetrics cuts: one value beyond the real extremes, or their absence, moves all bins of a column.
         */
        OWN_RANGE
    }

    private PairTrends(List<Column> columns, Points real, Points other, Cut cut) {
        this.columns = columns;
        this.real = real;
        this.other = other;
        this.ofReal = new int[columns.size()][];
        this.ofOther = new int[columns.size()][];
        this.groupsOfReal = new Groups[columns.size()];
        this.groupsOfOther = new Groups[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            int levels = columns.get(i).levels().size();
            if (columns.get(i).kind().levelled()) {
                ofReal[i] = levels(real.column(i), levels);
                ofOther[i] = levels(other.column(i), levels);
            } else {
                double[] edges = edges(real.column(i));
                ofReal[i] = cells(real.column(i), edges);
                ofOther[i] = cells(other.column(i), cut == Cut.OWN_RANGE ? edges(other.column(i)) : edges);
            }
        }
    }

    /**
     * The distance of each pair.
     *
     * @param columns one for each coordinate
     * @param real rows of the real table, at least one; only read
     * @param other rows of another table, at least one; only read
     * @param cut which range is cut into bins
     * @return d x d numbers from 0 to 1, symmetric; NaN on the diagonal, and for two columns of numbers that have no correlation in
     *     the real table, one of them being constant there
     */
    public static double[] distances(List<Column> columns, Points real, Points other, Cut cut) {
        int d = columns.size();
        PairTrends trends = new PairTrends(columns, real, other, cut);
        double[] distances = new double[d * d];
        Arrays.fill(distances, Double.NaN);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                distances[i * d + j] = trends.distance(i, j);
                distances[j * d + i] = distances[i * d + j];
            }
        }
        return distances;
    }

    /**
     * The mean over all pairs that have a distance.
     *
     * @param distances as {@link #distances} gives them
     * @return the mean, NaN if no pair has a distance
     */
    public static double mean(double[] distances) {
        return Arrays.stream(distances).filter(x -> !Double.isNaN(x)).average().orElse(Double.NaN);
    }

    private double distance(int i, int j) {
        if (hasCorrelation(columns.get(i)) && hasCorrelation(columns.get(j))) {
            double known = correlation(real, i, j);
            double found = correlation(other, i, j);
            return Math.abs(known - (Double.isNaN(found) ? 0 : found)) / 2;
        }
        return totalVariation(i, j);
    }

    private static boolean hasCorrelation(Column column) {
        return !column.kind().levelled() && column.kind() != Kind.ANGLE;
    }

    /**
     * Pearson's correlation of two coordinates over the rows where both have a value.
     *
     * @param points rows; only read
     * @param i a coordinate
     * @param j another
     * @return the correlation, NaN for fewer than three such rows or where one is constant
     */
    public static double correlation(Points points, int i, int j) {
        double[] x = points.values();
        int a = points.offset(i);
        int b = points.offset(j);
        int common = 0;
        double sumX = 0;
        double sumY = 0;
        for (int n = 0; n < points.size(); n++) {
            if (!Double.isNaN(x[a + n]) && !Double.isNaN(x[b + n])) {
                common++;
                sumX += x[a + n];
                sumY += x[b + n];
            }
        }
        double meanX = sumX / common;
        double meanY = sumY / common;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int n = 0; n < points.size(); n++) {
            if (!Double.isNaN(x[a + n]) && !Double.isNaN(x[b + n])) {
                double u = x[a + n] - meanX;
                double v = x[b + n] - meanY;
                xx += u * u;
                yy += v * v;
                xy += u * v;
            }
        }
        boolean spread = xx > negligible(meanX, common) && yy > negligible(meanY, common);
        return common < FEWEST || !spread ? Double.NaN : xy / Math.sqrt(xx * yy);
    }

    /** The squares that rounding of the mean alone leaves of a constant column. */
    private static double negligible(double mean, int rows) {
        double rounding = rows * Math.ulp(mean);
        return rows * rounding * rounding;
    }

    private static int[] levels(double[] values, int levels) {
        return Arrays.stream(values).mapToInt(x -> LevelCodes.of(x, levels)).toArray();
    }

    /** Ends of the bins; a constant column has bins of width 0.1 about it, one without values those of 0 to 1. */
    private static double[] edges(double[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (!(low <= high)) {
            low = 0;
            high = 1;
        } else if (low == high) {
            low -= 0.5;
            high += 0.5;
        }
        double step = (high - low) / BINS;
        double[] edges = new double[BINS + 1];
        for (int k = 0; k < BINS; k++) {
            edges[k] = k * step + low;
        }
        edges[BINS] = high;
        return edges;
    }

    private static int[] cells(double[] values, double[] edges) {
        int[] cells = new int[values.length];
        for (int n = 0; n < values.length; n++) {
            int place = Arrays.binarySearch(edges, values[n]);
            cells[n] = Double.isNaN(values[n]) ? GAP : place >= 0 ? place + 1 : -place - 1;
        }
        return cells;
    }

    /**
     * Half the L1 distance of the two contingency tables, row by row of them, so that only one row of counts is kept whatever the
     * number of levels. Counts are whole numbers, so the sum is exact.
     */
    private double totalVariation(int i, int j) {
        Groups real = groups(ofReal, i);
        Groups other = groups(ofOther, i);
        long[] balance = new long[width(j)];
        long sum = 0;
        for (int cell = 0; cell < width(i); cell++) {
            real.add(cell, ofReal[j], this.other.size(), balance);
            other.add(cell, ofOther[j], -this.real.size(), balance);
            sum += real.take(cell, ofReal[j], balance) + other.take(cell, ofOther[j], balance);
        }
        return 0.5 * sum / ((double) this.real.size() * this.other.size());
    }

    private int width(int column) {
        return columns.get(column).kind().levelled()
                ? columns.get(column).levels().size() + 2
                : CELLS;
    }

    private Groups groups(int[][] codes, int column) {
        Groups[] kept = codes == ofReal ? groupsOfReal : groupsOfOther;
        if (kept[column] == null) {
            kept[column] = Groups.of(codes[column], width(column));
        }
        return kept[column];
    }

    /** The rows of a table in the order of their cells. */
    private record Groups(int[] starts, int[] rows) {

        static Groups of(int[] cells, int width) {
            int[] starts = new int[width + 1];
            for (int cell : cells) {
                starts[cell + 1]++;
            }
            for (int k = 0; k < width; k++) {
                starts[k + 1] += starts[k];
            }
            int[] next = starts.clone();
            int[] rows = new int[cells.length];
            for (int n = 0; n < cells.length; n++) {
                rows[next[cells[n]]++] = n;
            }
            return new Groups(starts, rows);
        }

        void add(int cell, int[] cells, int weight, long[] balance) {
            for (int k = starts[cell]; k < starts[cell + 1]; k++) {
                balance[cells[rows[k]]] += weight;
            }
        }

        /** What stands in the cells of these rows, taken out. */
        long take(int cell, int[] cells, long[] balance) {
            long sum = 0;
            for (int k = starts[cell]; k < starts[cell + 1]; k++) {
                sum += Math.abs(balance[cells[rows[k]]]);
                balance[cells[rows[k]]] = 0;
            }
            return sum;
        }
    }
}
