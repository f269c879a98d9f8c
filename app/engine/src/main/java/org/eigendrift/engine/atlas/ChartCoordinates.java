package org.eigendrift.engine.atlas;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/**
 * The coordinates in which rows are grouped into charts: positive columns by their logarithm, bounded ones by their
 * logit, both and real ones with mean 0 and deviation 1, ordered first; then angles, in radians. Immutable, thread-safe.
 */
final class ChartCoordinates {
    /** Values on a bound are moved inside by this share of the interval, values of 0 to the smallest number. */
    private static final double INSIDE = 1e-12;

    private final List<Column> columns;
    private final int[] order;
    private final int reals;
    private final double[] shift;
    private final double[] scale;

    private ChartCoordinates(List<Column> columns, double[] shift, double[] scale) {
        this.columns = columns;
        this.shift = shift;
        this.scale = scale;
        this.order = new int[columns.size()];
        int at = 0;
        for (int i = 0; i < order.length; i++) {
            if (columns.get(i).kind() != Column.Kind.ANGLE) {
                order[at++] = i;
            }
        }
        this.reals = at;
        for (int i = 0; i < order.length; i++) {
            if (columns.get(i).kind() == Column.Kind.ANGLE) {
                order[at++] = i;
            }
        }
    }

    /** Coordinates in which rows have mean 0 and deviation 1. */
    static ChartCoordinates of(List<Column> columns, Points rows) {
        double[] shift = new double[columns.size()];
        double[] scale = new double[columns.size()];
        Arrays.fill(scale, 1);
        Points raw = new ChartCoordinates(columns, shift.clone(), scale.clone()).of(rows);
        ChartCoordinates order = new ChartCoordinates(columns, shift, scale);
        for (int j = 0; j < order.reals; j++) {
            double mean = 0;
            for (int n = 0; n < raw.size(); n++) {
                mean += raw.get(j, n) / raw.size();
            }
            double square = 0;
            for (int n = 0; n < raw.size(); n++) {
                square += (raw.get(j, n) - mean) * (raw.get(j, n) - mean) / raw.size();
            }
            if (!(square > 0)) {
                throw new InputException("column '"
                        + columns.get(order.order[j]).name() + "' is constant; leave it out of target.columns");
            }
            shift[order.order[j]] = mean;
            scale[order.order[j]] = Math.sqrt(square);
        }
        return order;
    }

    static ChartCoordinates restore(List<Column> columns, double[] shift, double[] scale) {
        for (int i = 0; i < scale.length; i++) {
            if (!(scale[i] > 0) || !Double.isFinite(scale[i]) || !Double.isFinite(shift[i])) {
                throw new InputException("the model file's charts have the scale " + scale[i] + " and shift " + shift[i]
                        + " for column '" + columns.get(i).name() + "'; expected finite numbers, the first above 0");
            }
        }
        return new ChartCoordinates(List.copyOf(columns), shift, scale);
    }

    /** Columns that are no angles. */
    int reals() {
        return reals;
    }

    int dim() {
        return order.length;
    }

    double[] shift() {
        return shift;
    }

    double[] scale() {
        return scale;
    }

    /** Maps rows of data; the result is a batch of its own. */
    Points of(Points x) {
        Points u = Points.zeros(x.dim(), x.size());
        for (int j = 0; j < order.length; j++) {
            Column column = columns.get(order[j]);
            for (int n = 0; n < x.size(); n++) {
                u.set(j, n, (unbounded(column, x.get(order[j], n)) - shift[order[j]]) / scale[order[j]]);
            }
        }
        return u;
    }

    /** The mean of log |det du/dx| over rows: what the mean log-density of u lacks to be that of the rows. */
    double meanLogJacobian(Points x) {
        double sum = 0;
        for (int j = 0; j < order.length; j++) {
            Column column = columns.get(order[j]);
            for (int n = 0; n < x.size(); n++) {
                sum += logSlope(column, x.get(order[j], n)) - Math.log(scale[order[j]]);
            }
        }
        return sum / x.size();
    }

    private static double logSlope(Column column, double x) {
        double width = column.upper() - column.lower();
        return switch (column.kind()) {
            case REAL -> 0;
            case POSITIVE -> -Math.log(Math.max(Double.MIN_NORMAL, x));
            case BOUNDED -> {
                double inside = Math.max(INSIDE, Math.min(1 - INSIDE, (x - column.lower()) / width));
                yield -Math.log(width * inside * (1 - inside));
            }
            case ANGLE -> Math.log(2 * Math.PI / width);
        };
    }

    private static double unbounded(Column column, double x) {
        return switch (column.kind()) {
            case REAL -> x;
            case POSITIVE -> Math.log(Math.max(Double.MIN_NORMAL, x));
            case BOUNDED -> {
                double share = (x - column.lower()) / (column.upper() - column.lower());
                double inside = Math.max(INSIDE, Math.min(1 - INSIDE, share));
                yield Math.log(inside / (1 - inside));
            }
            case ANGLE -> 2 * Math.PI * (x - column.lower()) / (column.upper() - column.lower());
        };
    }
}
