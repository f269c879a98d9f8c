package org.eigendrift.cli.run;

import java.util.Arrays;
import org.eigendrift.api.data.Column;

/**
 * Draws of a column of numbers, in their order. Those of an angle lie along the turn that has their mean direction in its middle, so that
 * quantiles are what they are wherever the column's own turn begins.
 */
final class DrawnNumbers {
    private final Column column;
    private final boolean angle;
    /** The middle of the turn. */
    private final double middle;

    private final double[] sorted;

    DrawnNumbers(Column column, double[] draws) {
        this.column = column;
        this.angle = column.kind() == Column.Kind.ANGLE;
        this.middle = angle ? Center.MEAN.of(column, draws) : 0;
        this.sorted = Center.sorted(Arrays.stream(draws).map(this::along).toArray());
    }

    private double along(double value) {
        return angle ? middle + apart(value, middle) : value;
    }

    /** The difference of two values, of angles the shorter way round. */
    double apart(double value, double other) {
        double turn = column.upper() - column.lower();
        return angle ? Math.IEEEremainder(value - other, turn) : value - other;
    }

    /** A quantile, of an angle within the column's turn. */
    double quantile(double share) {
        double value = Center.quantile(sorted, share, column);
        double turn = column.upper() - column.lower();
        return angle ? value - turn * Math.floor((value - column.lower()) / turn) : value;
    }

    /** Whether a value lies between two quantiles or on one of them, to the last digits that sums of such numbers leave. */
    boolean within(double value, double from, double to) {
        double at = along(value);
        double digits = Math.max(1e-3 * column.step(), 1e-12 * Math.abs(at));
        return at >= Center.quantile(sorted, from, column) - digits
                && at <= Center.quantile(sorted, to, column) + digits;
    }

    /**
     * The continuous ranked probability score, unbiased (Gneiting, Raftery, J. Am. Stat. Assoc. 102, 2007); of angles with distances the
     * shorter way round (Grimit, Gneiting, Berrocal, Johnson, Q. J. R. Meteorol. Soc. 132, 2006).
     */
    double crps(double value) {
        return angle ? circular(value) : crps(sorted, value);
    }

    private double circular(double value) {
        int m = sorted.length;
        double distance = 0;
        double spread = 0;
        for (int k = 0; k < m; k++) {
            distance += Math.abs(apart(sorted[k], value)) / m;
            for (int l = 0; l < k; l++) {
                spread += Math.abs(apart(sorted[k], sorted[l]));
            }
        }
        return distance - spread / ((double) m * (m - 1));
    }

    /** That of sorted draws of a number. */
    static double crps(double[] sorted, double value) {
        int m = sorted.length;
        double distance = 0;
        double spread = 0;
        for (int k = 0; k < m; k++) {
            distance += Math.abs(sorted[k] - value) / m;
            spread += (2.0 * k + 1 - m) * sorted[k];
        }
        return distance - spread / ((double) m * (m - 1));
    }
}
