package org.eigendrift.engine.law.table;

import java.util.Arrays;
import org.eigendrift.engine.kernel.Normal;

/**
 * Normal scores of a column of which only cells are known: what a row's score is expected to be, given its cell and what
 * is predicted of it with a normal error (Tanner and Wong, Journal of the American Statistical Association 82, 1987; the expectation step of
 * ordered probit regression). Where cells are wide, as those of few levels, scores in the middle of cells are not it: regressions on
 * them lose part of the dependence.
 */
final class Latent {
    /** Share of the scores' variance within cells from which the cells are wide. */
    private static final double WIDE = 0.01;

    private static final double NOTHING = 1e-290;

    /** Ends of the cells of the rows. */
    private final double[] low;

    private final double[] high;
    private final double[] scores;
    private final boolean wide;
    private double unknown;
    private double deviation = 1;

    /**
     * Scores in the middle of their cells.
     *
     * @param ends ends of the cells in normal scores, ascending; shared
     * @param middles normal scores of the middles of cells; shared
     * @param cells a cell of each row; shared
     */
    Latent(double[] ends, double[] middles, int[] cells) {
        this.low = Arrays.stream(cells).mapToDouble(c -> ends[c]).toArray();
        this.high = Arrays.stream(cells).mapToDouble(c -> ends[c + 1]).toArray();
        this.scores = Arrays.stream(cells).mapToDouble(c -> middles[c]).toArray();
        double between = 0;
        for (int c = 0; c < middles.length; c++) {
            double share = Normal.below(ends[c + 1]) - Normal.below(ends[c]);
            double drop = Normal.density(ends[c]) - Normal.density(ends[c + 1]);
            between += share > 0 ? drop * drop / share : 0;
        }
        this.unknown = Math.max(0, 1 - between);
        this.wide = unknown > WIDE;
    }

    private Latent(double[] low, double[] high) {
        this.low = low;
        this.high = high;
        this.scores = new double[low.length];
        double between = 0;
        for (int n = 0; n < scores.length; n++) {
            double share = Normal.below(high[n]) - Normal.below(low[n]);
            scores[n] = share < NOTHING
                    ? Math.max(low[n], Math.min(high[n], 0))
                    : (Normal.density(low[n]) - Normal.density(high[n])) / share;
            between += scores[n] * scores[n] / scores.length;
        }
        this.unknown = Math.max(0, 1 - between);
        this.wide = unknown > WIDE;
    }

    /**
     * Standard normal scores, each of a cell of its own.
     *
     * @param low lower ends of the cells; shared
     * @param high upper ends; shared
     */
    static Latent of(double[] low, double[] high) {
        return new Latent(low, high);
    }

    /** Whether cells are so wide that it matters where in them a score lies. */
    boolean wide() {
        return wide;
    }

    /** What is expected of each row's score; shared, changed by {@link #expect}. */
    double[] scores() {
        return scores;
    }

    /**
     * Expects scores given predictions. The error's deviation is that of the scores expected before, with what is unknown of them.
     *
     * @param predictions one a row; not modified
     */
    void expect(double[] predictions) {
        double squares = 0;
        for (int n = 0; n < scores.length; n++) {
            squares += (scores[n] - predictions[n]) * (scores[n] - predictions[n]) / scores.length;
        }
        deviation = Math.sqrt(squares + unknown) + 1e-9;
        if (wide) {
            double variances = 0;
            for (int n = 0; n < scores.length; n++) {
                variances += expect(n, predictions[n]) / scores.length;
            }
            unknown = variances;
        }
    }

    /** Expects one score, and returns its variance. */
    private double expect(int n, double prediction) {
        double from = (low[n] - prediction) / deviation;
        double to = (high[n] - prediction) / deviation;
        double share = from > 0 ? Normal.below(-from) - Normal.below(-to) : Normal.below(to) - Normal.below(from);
        if (share < NOTHING) {
            scores[n] = nearest(n, prediction);
            return 0;
        }
        double shift = (Normal.density(from) - Normal.density(to)) / share;
        scores[n] = Math.max(low[n], Math.min(high[n], prediction + deviation * shift));
        double curve = (moment(from) - moment(to)) / share;
        return Math.max(0, deviation * deviation * (1 + curve - shift * shift));
    }

    private static double moment(double x) {
        return Double.isInfinite(x) ? 0 : x * Normal.density(x);
    }

    private double nearest(int n, double prediction) {
        return Math.max(low[n], Math.min(high[n], prediction));
    }

    /**
     * Draws a row's score within its cell.
     *
     * @param n number of the row
     * @param prediction what is predicted of it
     * @param uniform a number in (0, 1)
     * @return a score, not beyond the ends of the cell
     */
    double draw(int n, double prediction, double uniform) {
        double begin = (low[n] - prediction) / deviation;
        double end = (high[n] - prediction) / deviation;
        boolean upper = begin > 0;
        double from = Normal.below(upper ? -end : begin);
        double to = Normal.below(upper ? -begin : end);
        if (to - from < NOTHING) {
            return nearest(n, prediction);
        }
        double z = Normal.quantile(from + (upper ? 1 - uniform : uniform) * (to - from));
        return Math.max(low[n], Math.min(high[n], prediction + deviation * (upper ? -z : z)));
    }
}
