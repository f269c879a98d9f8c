package org.eigendrift.engine.comparison;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Posteriors;

/**
 * Ranks and coverage of held-out rows among draws. If draws are as good as the truth, the rank of the truth among L draws is each of 0 to L
 * equally often: of each modelled column (simulation-based calibration; Talts, Betancourt, Simpson, Vehtari, Gelman, 2018), and of its
 * density, which tells how often regions of highest density hold the truth (expected coverage; Hermans, Delaunoy, Rozet, Wehenkel,
 * Begy, Louppe, TMLR 2022).
 *
 * @param ranks of each modelled column, for each row: what of the draws lies below the truth, as a number in (0, 1); shared
 * @param levels for each row: the content of the smallest region of highest density that holds the truth, a number in (0, 1); shared
 */
public record Calibration(double[][] ranks, double[] levels) {

    /**
     * Counts.
     *
     * @param posteriors rows beside draws
     * @return ranks and levels
     */
    public static Calibration of(Posteriors posteriors) {
        Points truth = posteriors.truth();
        int[] columns = posteriors.columns();
        double[][] ranks = new double[columns.length][truth.size()];
        double[] levels = new double[truth.size()];
        for (int n = 0; n < truth.size(); n++) {
            Points draws = posteriors.draws().get(n);
            for (int i = 0; i < columns.length; i++) {
                ranks[i][n] = share(draws.column(columns[i]), truth.get(columns[i], n));
            }
            levels[n] = 1 - share(posteriors.drawnNats()[n], posteriors.nats()[n]);
        }
        return new Calibration(ranks, levels);
    }

    /** The place of a value among some, ties in the middle: in the middle of one of as many cells as there are places. */
    private static double share(double[] values, double value) {
        double below = 0;
        for (double v : values) {
            below += v < value ? 1 : v == value ? 0.5 : 0;
        }
        return (below + 0.5) / (values.length + 1);
    }

    /**
     * How far numbers that should be uniform are from it: Kolmogorov's distance.
     *
     * @param shares numbers in (0, 1); not modified
     * @return the largest difference between their distribution function and that of the uniform law
     */
    public static double distance(double[] shares) {
        double[] sorted = shares.clone();
        Arrays.sort(sorted);
        double largest = 0;
        for (int n = 0; n < sorted.length; n++) {
            double above = (n + 1.0) / sorted.length - sorted[n];
            largest = Math.max(largest, Math.max(above, sorted[n] - (double) n / sorted.length));
        }
        return largest;
    }

    /**
     * How often regions of highest density hold the truth.
     *
     * @param content what of the posterior they hold
     * @return the share of rows; {@code content}, if the law is as sure as it says
     */
    public double covered(double content) {
        return Arrays.stream(levels).filter(level -> level <= content).count() / (double) levels.length;
    }
}
