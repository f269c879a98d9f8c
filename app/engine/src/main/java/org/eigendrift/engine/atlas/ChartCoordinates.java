package org.eigendrift.engine.atlas;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.data.FrameChain;

/**
 * The coordinates in which rows are grouped into charts: positive and bounded columns as frame {@code unbound} maps them,
 * these and real ones with mean 0 and deviation 1, ordered first; then angles, in radians. Immutable, thread-safe.
 */
final class ChartCoordinates {
    /** Values on a bound are moved inside by this share of the interval, values of 0 to the smallest number. */
    private static final double INSIDE = 1e-12;

    private final FrameChain plain;
    private final List<Double> knees;
    private final int[] order;
    private final int reals;
    private final double[] shift;
    private final double[] scale;

    private ChartCoordinates(FrameChain plain, List<Double> knees, double[] shift, double[] scale) {
        this.plain = plain;
        this.knees = knees;
        this.shift = shift;
        this.scale = scale;
        List<Column> columns = plain.dataColumns();
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

    /**
     * Coordinates in which rows have mean 0 and deviation 1, and components are as nearly normal as knees can make them.
     *
     * @param components what is known of the components; if nothing, all rows are one
     */
    static ChartCoordinates of(
            List<Column> columns, Points rows, Optional<ChartMixture> components, ChartFrames frames) {
        Points within = within(columns, rows);
        List<Double> knees = frames.knees(columns, within, components);
        FrameChain plain = frames.plain(columns, knees);
        Points raw = plain.forward(within, new double[rows.size()]);
        double[] shift = new double[columns.size()];
        double[] scale = new double[columns.size()];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = 1;
            if (columns.get(i).kind() != Column.Kind.ANGLE) {
                shift[i] = mean(raw, i);
                scale[i] = deviation(raw, i, shift[i]);
                if (!(scale[i] > 0)) {
                    throw new InputException(
                            "column '" + columns.get(i).name() + "' is constant; leave it out of target.columns");
                }
            }
        }
        return new ChartCoordinates(plain, knees, shift, scale);
    }

    private static double mean(Points x, int column) {
        double mean = 0;
        for (int n = 0; n < x.size(); n++) {
            mean += x.get(column, n) / x.size();
        }
        return mean;
    }

    private static double deviation(Points x, int column, double mean) {
        double square = 0;
        for (int n = 0; n < x.size(); n++) {
            square += (x.get(column, n) - mean) * (x.get(column, n) - mean) / x.size();
        }
        return Math.sqrt(square);
    }

    static ChartCoordinates restore(
            List<Column> columns, List<Double> knees, double[] shift, double[] scale, ChartFrames frames) {
        for (int i = 0; i < scale.length; i++) {
            if (!(scale[i] > 0) || !Double.isFinite(scale[i]) || !Double.isFinite(shift[i])) {
                throw new InputException("the model file's charts have the scale " + scale[i] + " and shift " + shift[i]
                        + " for column '" + columns.get(i).name() + "'; expected finite numbers, the first above 0");
            }
        }
        for (double knee : knees) {
            if (!(knee >= 0) || knee == Double.POSITIVE_INFINITY) {
                throw new InputException(
                        "the model file's charts have the knee " + knee + "; expected a finite number of at least 0");
            }
        }
        return new ChartCoordinates(frames.plain(columns, knees), knees, shift, scale);
    }

    /** Columns that are no angles. */
    int reals() {
        return reals;
    }

    int dim() {
        return order.length;
    }

    /** Of the positive columns, in their order. */
    List<Double> knees() {
        return knees;
    }

    double[] shift() {
        return shift;
    }

    double[] scale() {
        return scale;
    }

    /** Maps rows of data; the result is a batch of its own. */
    Points of(Points x) {
        return mapped(x, new double[x.size()]);
    }

    private Points mapped(Points x, double[] logJacobian) {
        Points y = plain.forward(within(plain.dataColumns(), x), logJacobian);
        Points u = Points.zeros(x.dim(), x.size());
        for (int j = 0; j < order.length; j++) {
            int i = order[j];
            for (int n = 0; n < x.size(); n++) {
                u.set(j, n, (y.get(i, n) - shift[i]) / scale[i]);
            }
        }
        return u;
    }

    /** The mean of log |det du/dx| over rows: what the mean log-density of u lacks to be that of the rows. */
    double meanLogJacobian(Points x) {
        double[] logJacobian = new double[x.size()];
        mapped(x, logJacobian);
        double sum = 0;
        for (double log : logJacobian) {
            sum += log;
        }
        double mean = sum / x.size();
        for (double one : scale) {
            mean -= Math.log(one);
        }
        return mean;
    }

    /** Rows whose images are finite. */
    private static Points within(List<Column> columns, Points x) {
        Points within = x.copy();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            double width = column.upper() - column.lower();
            double least = column.kind() == Column.Kind.POSITIVE ? Double.MIN_NORMAL : column.lower() + INSIDE * width;
            double most = column.kind() == Column.Kind.POSITIVE ? Double.MAX_VALUE : column.upper() - INSIDE * width;
            if (column.kind() == Column.Kind.POSITIVE || column.kind() == Column.Kind.BOUNDED) {
                for (int n = 0; n < x.size(); n++) {
                    within.set(i, n, Math.max(least, Math.min(most, x.get(i, n))));
                }
            }
        }
        return within;
    }
}
