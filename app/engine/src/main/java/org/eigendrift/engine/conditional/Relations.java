package org.eigendrift.engine.conditional;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;

/**
 * Evidence as linear relations of real columns: exact ones determine one column each by the columns that stay free (Gauss-Jordan
 * elimination with the largest pivot), others are ranges. Immutable.
 */
final class Relations {
    /** Of the largest entry: what elimination leaves of rows that follow from others. */
    private static final double ROUNDING = 1e-10;

    /** A sum of columns and where it may lie. */
    record Sum(double[] weights, double lower, double upper) {
        boolean exact() {
            return lower == upper;
        }

        double of(Points rows, int n) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] == 0 ? 0 : weights[i] * rows.get(i, n);
            }
            return sum;
        }
    }

    private final List<Column> columns;
    private final List<Sum> sums;
    private final int[] free;
    private final int[] fixed;
    /** Of each fixed column a weight for each free one. */
    private final double[][] slopes;

    private final double[] constants;
    private final double logVolume;

    private Relations(List<Column> columns, List<Sum> sums, double[][] reduced, int[] fixed, double logVolume) {
        int dim = columns.size();
        this.columns = columns;
        this.sums = sums;
        this.fixed = fixed;
        this.free = IntStream.range(0, dim)
                .filter(i -> Arrays.stream(fixed).noneMatch(k -> k == i))
                .toArray();
        this.slopes = new double[fixed.length][free.length];
        this.constants = new double[fixed.length];
        for (int r = 0; r < fixed.length; r++) {
            constants[r] = reduced[r][dim];
            for (int j = 0; j < free.length; j++) {
                slopes[r][j] = -reduced[r][free[j]];
            }
        }
        this.logVolume = logVolume;
    }

    static Relations of(List<Column> columns, Evidence evidence) {
        int dim = columns.size();
        List<Sum> sums =
                evidence.conditions().stream().map(c -> sum(columns, c)).toList();
        List<double[]> system = new ArrayList<>();
        for (Sum sum : sums) {
            if (sum.exact()) {
                double[] row = Arrays.copyOf(sum.weights(), dim + 1);
                row[dim] = sum.lower();
                system.add(row);
            }
        }
        double[][] rows = system.toArray(double[][]::new);
        double largest = 1;
        for (double[] row : rows) {
            largest = Math.max(largest, Math.abs(row[dim]));
        }
        double rounding = ROUNDING * largest;
        int[] pivots = new int[rows.length];
        int rank = 0;
        double logVolume = 0;
        for (double[] row : rows) {
            int pivot = pivot(row, dim, rounding);
            if (pivot < 0) {
                continue;
            }
            logVolume -= Math.log(Math.abs(row[pivot]));
            scale(row, 1 / row[pivot]);
            for (double[] other : rows) {
                if (other != row) {
                    add(other, -other[pivot], row);
                }
            }
            rows[rank] = row;
            pivots[rank++] = pivot;
        }
        return new Relations(columns, sums, rows, Arrays.copyOf(pivots, rank), logVolume);
    }

    private static Sum sum(List<Column> columns, Condition condition) {
        double[] weights = new double[columns.size()];
        if (condition instanceof Condition.Linear linear) {
            return new Sum(linear.weights(), linear.lower(), linear.upper());
        }
        if (condition instanceof Condition.Within within) {
            weights[within.column()] = 1;
            return new Sum(weights, within.lower(), within.upper());
        }
        int column =
                condition instanceof Condition.Equal equal ? equal.column() : ((Condition.OneOf) condition).column();
        double value =
                condition instanceof Condition.Equal equal ? equal.value() : ((Condition.OneOf) condition).values()[0];
        weights[column] = 1;
        double inside = inPeriod(columns.get(column), value);
        return new Sum(weights, inside, inside);
    }

    static double inPeriod(Column column, double value) {
        if (column.kind() != Column.Kind.ANGLE) {
            return value;
        }
        double period = column.upper() - column.lower();
        return value - Math.floor((value - column.lower()) / period) * period;
    }

    /** The largest entry of a row; -1 if it says nothing. */
    private static int pivot(double[] row, int dim, double rounding) {
        int pivot = 0;
        for (int i = 1; i < dim; i++) {
            pivot = Math.abs(row[i]) > Math.abs(row[pivot]) ? i : pivot;
        }
        if (Math.abs(row[pivot]) > ROUNDING) {
            return pivot;
        }
        if (Math.abs(row[dim]) > rounding) {
            throw new InputException(
                    "the exact conditions contradict each other: what the others leave of one of them is 0 = "
                            + row[dim]);
        }
        return -1;
    }

    private static void scale(double[] row, double factor) {
        Arrays.setAll(row, i -> row[i] * factor);
    }

    private static void add(double[] to, double factor, double[] row) {
        if (factor != 0) {
            Arrays.setAll(to, i -> to[i] + factor * row[i]);
        }
    }

    List<Column> columns() {
        return columns;
    }

    /** The columns that no exact relation determines. */
    int[] free() {
        return free;
    }

    List<Sum> sums() {
        return sums;
    }

    /**
     * What turns the integral of the joint density over the free columns into the density of the exact relations' sums: minus
     * the logarithm of the determinant of their weights in the columns they determine.
     */
    double logVolume() {
        return logVolume;
    }

    /** Whole rows of points of the free columns. */
    Points rows(Points u) {
        Points rows = Points.zeros(columns.size(), u.size());
        for (int j = 0; j < free.length; j++) {
            System.arraycopy(u.values(), u.offset(j), rows.values(), rows.offset(free[j]), u.size());
        }
        for (int r = 0; r < fixed.length; r++) {
            for (int n = 0; n < u.size(); n++) {
                double value = constants[r];
                for (int j = 0; j < free.length; j++) {
                    value += slopes[r][j] == 0 ? 0 : slopes[r][j] * u.get(j, n);
                }
                rows.set(fixed[r], n, value);
            }
        }
        return rows;
    }

    /** So many times the only row, where no column is free. */
    Points only(int count) {
        Points rows = Points.zeros(columns.size(), count);
        for (int r = 0; r < fixed.length; r++) {
            for (int n = 0; n < count; n++) {
                rows.set(fixed[r], n, constants[r]);
            }
        }
        return rows;
    }

    /** The free columns of whole rows. */
    Points free(Points rows) {
        Points u = Points.zeros(free.length, rows.size());
        for (int j = 0; j < free.length; j++) {
            System.arraycopy(rows.values(), rows.offset(free[j]), u.values(), u.offset(j), rows.size());
        }
        return u;
    }

    /** Whether a row lies in all ranges, within the columns' bounds, angles within one period. */
    boolean within(Points rows, int n) {
        for (int i = 0; i < columns.size(); i++) {
            double value = rows.get(i, n);
            if (!(value >= columns.get(i).lower() && value <= columns.get(i).upper())) {
                return false;
            }
        }
        for (Sum sum : sums) {
            double value = sum.exact() ? sum.lower() : sum.of(rows, n);
            if (!(value >= sum.lower() && value <= sum.upper())) {
                return false;
            }
        }
        return true;
    }

    /** Where the only free column may lie. */
    double[] window() {
        Points ends = rows(Points.ofRows(new double[] {0}, new double[] {1}));
        double[] window = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        for (int i = 0; i < columns.size(); i++) {
            double[] weights = new double[columns.size()];
            weights[i] = 1;
            cut(window, new Sum(weights, columns.get(i).lower(), columns.get(i).upper()), ends);
        }
        for (Sum sum : sums) {
            if (!sum.exact()) {
                cut(window, sum, ends);
            }
        }
        return window;
    }

    private static void cut(double[] window, Sum sum, Points ends) {
        double at = sum.of(ends, 0);
        double slope = sum.of(ends, 1) - at;
        if (slope == 0) {
            if (!(at >= sum.lower() && at <= sum.upper())) {
                window[0] = Double.POSITIVE_INFINITY;
                window[1] = Double.NEGATIVE_INFINITY;
            }
            return;
        }
        double a = (sum.lower() - at) / slope;
        double b = (sum.upper() - at) / slope;
        window[0] = Math.max(window[0], Math.min(a, b));
        window[1] = Math.min(window[1], Math.max(a, b));
    }
}
