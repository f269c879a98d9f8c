package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * Mean and covariance of vectors of which some entries are not known, by expectation maximisation under a normal law (Dempster, Laird
 * and Rubin, J. R. Stat. Soc. B 39, 1977). What is not known is filled with what is expected given the others, and counts with the variance
 * that it has around that: filled with the mean it would weaken all dependence.
 */
final class GappedMoments {
    private static final int STEPS = 30;
    private static final double SETTLED = 1e-4;
    /** Added to variances, so that columns that follow from others have an inverse. */
    private static final double RIDGE = 1e-6;

    private final double[][] vectors;
    private final boolean centred;
    private final double[] mean;
    private double[] covariance;

    /**
     * Estimates, and fills.
     *
     * @param vectors NaN where an entry is not known; filled, at least one
     * @param centred whether the mean is 0
     */
    GappedMoments(double[][] vectors, boolean centred) {
        this.vectors = vectors;
        this.centred = centred;
        int p = vectors[0].length;
        this.mean = new double[p];
        this.covariance = new double[p * p];
        List<Pattern> patterns = patterns();
        double[] unknown = start(patterns);
        estimate(unknown);
        double change = Double.POSITIVE_INFINITY;
        for (int step = 0; step < STEPS && !patterns.isEmpty() && change > SETTLED; step++) {
            double[] last = covariance;
            estimate(fill(patterns));
            change = 0;
            for (int i = 0; i < last.length; i++) {
                change = Math.max(change, Math.abs(covariance[i] - last[i]));
            }
        }
    }

    double[] mean() {
        return mean;
    }

    /** Both triangles, row-major; shared. */
    double[] covariance() {
        return covariance;
    }

    /** Rows whose gaps are alike. */
    private record Pattern(int[] gaps, int[] rows) {}

    private List<Pattern> patterns() {
        Map<String, List<Integer>> rows = new TreeMap<>();
        for (int n = 0; n < vectors.length; n++) {
            int[] gaps = gaps(n);
            if (gaps.length > 0) {
                rows.computeIfAbsent(Arrays.toString(gaps), key -> new ArrayList<>())
                        .add(n);
            }
        }
        return rows.values().stream()
                .map(list -> new Pattern(
                        gaps(list.get(0)),
                        list.stream().mapToInt(Integer::intValue).toArray()))
                .toList();
    }

    private int[] gaps(int n) {
        return IntStream.range(0, mean.length)
                .filter(k -> Double.isNaN(vectors[n][k]))
                .toArray();
    }

    /** Gaps at the mean, with the variance of what is known; what is unknown adds to the squares. */
    private double[] start(List<Pattern> patterns) {
        int p = mean.length;
        double[] unknown = new double[p * p];
        double[] middles = new double[p];
        for (int k = 0; k < p; k++) {
            int column = k;
            double[] known = Arrays.stream(vectors)
                    .mapToDouble(v -> v[column])
                    .filter(v -> !Double.isNaN(v))
                    .toArray();
            double middle = centred ? 0 : Arrays.stream(known).average().orElse(0);
            double squares =
                    Arrays.stream(known).map(v -> (v - middle) * (v - middle)).sum();
            middles[k] = middle;
            unknown[k * p + k] =
                    known.length == 0 ? vectors.length : squares * (vectors.length - known.length) / known.length;
        }
        for (Pattern pattern : patterns) {
            for (int n : pattern.rows()) {
                for (int k : pattern.gaps()) {
                    vectors[n][k] = middles[k];
                }
            }
        }
        return unknown;
    }

    /** Mean and covariance of filled vectors, whose unknown squares are added. */
    private void estimate(double[] unknown) {
        int p = mean.length;
        Arrays.fill(mean, 0);
        for (double[] vector : vectors) {
            for (int k = 0; k < p && !centred; k++) {
                mean[k] += vector[k] / vectors.length;
            }
        }
        double[] sums = unknown.clone();
        for (double[] vector : vectors) {
            for (int i = 0; i < p; i++) {
                for (int k = 0; k <= i; k++) {
                    sums[i * p + k] += (vector[i] - mean[i]) * (vector[k] - mean[k]);
                }
            }
        }
        for (int i = 0; i < p; i++) {
            for (int k = 0; k <= i; k++) {
                sums[i * p + k] /= vectors.length;
                sums[k * p + i] = sums[i * p + k];
            }
        }
        covariance = sums;
    }

    /** Expects what is not known; gives the sum of its covariances, lower triangle. */
    private double[] fill(List<Pattern> patterns) {
        int p = mean.length;
        double[] ridged = covariance.clone();
        for (int k = 0; k < p; k++) {
            ridged[k * p + k] += RIDGE;
        }
        double[] precision = LowerTriangle.inverseOfSymmetric(ridged, p);
        double[] unknown = new double[p * p];
        for (Pattern pattern : patterns) {
            int[] gaps = pattern.gaps();
            int m = gaps.length;
            double[] within = new double[m * m];
            for (int i = 0; i < m; i++) {
                for (int k = 0; k < m; k++) {
                    within[i * m + k] = precision[gaps[i] * p + gaps[k]];
                }
            }
            double[] spread = LowerTriangle.inverseOfSymmetric(within, m);
            for (int n : pattern.rows()) {
                expect(vectors[n], gaps, precision, spread);
            }
            for (int i = 0; i < m; i++) {
                for (int k = 0; k <= i; k++) {
                    unknown[gaps[i] * p + gaps[k]] += pattern.rows().length * spread[i * m + k];
                }
            }
        }
        return unknown;
    }

    /** A precision P of gaps G and others O gives the mean of G as m_G - P_GG^-1 P_GO (x_O - m_O). */
    private void expect(double[] vector, int[] gaps, double[] precision, double[] spread) {
        int p = mean.length;
        int m = gaps.length;
        double[] pull = new double[m];
        for (int k : gaps) {
            vector[k] = mean[k];
        }
        for (int i = 0; i < m; i++) {
            for (int k = 0; k < p; k++) {
                pull[i] += precision[gaps[i] * p + k] * (vector[k] - mean[k]);
            }
        }
        for (int i = 0; i < m; i++) {
            for (int k = 0; k < m; k++) {
                vector[gaps[i]] -= spread[i * m + k] * pull[k];
            }
        }
    }
}
