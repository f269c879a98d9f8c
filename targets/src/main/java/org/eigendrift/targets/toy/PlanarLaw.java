package org.eigendrift.targets.toy;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.targets.KnownLaw;

/** A law on the plane, given point by point. */
abstract class PlanarLaw implements KnownLaw {
    private static final List<Column> COLUMNS = List.of(Column.real("x1"), Column.real("x2"));

    /**
     * Draws one row.
     *
     * @param random random numbers, with the row's number as stream
     * @param row the row's number
     * @param out receives the two coordinates
     */
    abstract void draw(CounterRandom random, long row, double[] out);

    /**
     * The log-density of one point, in nats.
     *
     * @param x first coordinate
     * @param y second coordinate
     * @return log p(x, y), negative infinity outside the support
     */
    abstract double logDensity(double x, double y);

    @Override
    public final List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public final void draw(CounterRandom random, long first, int count, Points out) {
        double[] row = new double[2];
        for (int n = 0; n < count; n++) {
            draw(random, first + n, row);
            out.set(0, n, row[0]);
            out.set(1, n, row[1]);
        }
    }

    @Override
    public final void logDensity(Points x, double[] out) {
        for (int n = 0; n < x.size(); n++) {
            out[n] = logDensity(x.get(0, n), x.get(1, n));
        }
    }

    /** log((exp a + exp b) / 2). */
    static double logMean(double a, double b) {
        return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))) - Math.log(2);
    }

    /** log sum exp of all terms. */
    static double logSum(double[] terms) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            largest = Math.max(largest, term);
        }
        double sum = 0;
        for (double term : terms) {
            sum += Math.exp(term - largest);
        }
        return largest + Math.log(sum);
    }
}
