package org.eigendrift.engine.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eigendrift.api.NumericalException;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * The pairs of coordinates that depend on each other given all the others. Of a log-density that is a sum over pairs,
 * exactly those carry a term, while in a strongly coupled system every pair is correlated.
 *
 * <p>Groups of jointly normal variables are independent given the rest if and only if their block P_ij of the inverse
 * covariance vanishes (Lauritzen, Graphical Models, 1996, proposition 5.2). The groups are the leading eigenfunctions of
 * the coordinates, which are normal only roughly, so the rule is a screen and not a test of exact size. Where the block
 * vanishes, N tr(P_ii^-1 P_ij P_jj^-1 P_ji) is asymptotically chi-squared with as many degrees of freedom as the block has
 * entries; a false-discovery rule (Benjamini and Hochberg 1995) says which pairs are kept.
 */
public final class ConditionalPairs {
    /**
     * A function's variance over what the others leave of it: beyond this it follows from them to half the digits, and
     * rounding alone decides whether the covariance has an inverse.
     */
    private static final double LARGEST_INFLATION = 1e8;

    private final LeadingMoments moments;
    private final int size;
    private final double[] precision;

    /**
     * Prepares.
     *
     * @param moments the covariance
     * @throws NumericalException if it is singular: a coordinate's functions follow from the others'
     */
    public ConditionalPairs(LeadingMoments moments) {
        this.moments = moments;
        this.size = moments.starts()[moments.starts().length - 1];
        try {
            this.precision = LowerTriangle.inverseOfSymmetric(moments.covariance(), size);
            requireRegular();
        } catch (NumericalException e) {
            throw new NumericalException(
                    "clusters: conditional needs columns none of which follows from the others; the covariance of their"
                            + " eigenfunctions is " + e.getMessage(),
                    e);
        }
    }

    private void requireRegular() {
        for (int a = 0; a < size; a++) {
            int diagonal = a * size + a;
            if (!(precision[diagonal] * moments.covariance()[diagonal] <= LARGEST_INFLATION)) {
                throw new NumericalException("singular at row " + (a + 1) + " of " + size);
            }
        }
    }

    /** N tr(P_ii^-1 P_ij P_jj^-1 P_ji), with N less the number of functions, which inverting has used up. */
    double statistic(int i, int j) {
        double[] left = LowerTriangle.inverseOfSymmetric(block(i, i), width(i));
        double[] right = LowerTriangle.inverseOfSymmetric(block(j, j), width(j));
        double[] across = block(i, j);
        double trace = 0;
        for (int a = 0; a < width(i); a++) {
            for (int b = 0; b < width(i); b++) {
                for (int c = 0; c < width(j); c++) {
                    for (int d = 0; d < width(j); d++) {
                        trace += left[a * width(i) + b]
                                * across[b * width(j) + c]
                                * right[c * width(j) + d]
                                * across[a * width(j) + d];
                    }
                }
            }
        }
        return Math.max(0, moments.rows() - size) * trace;
    }

    private int width(int i) {
        return moments.starts()[i + 1] - moments.starts()[i];
    }

    private double[] block(int i, int j) {
        double[] block = new double[width(i) * width(j)];
        for (int a = 0; a < width(i); a++) {
            for (int b = 0; b < width(j); b++) {
                block[a * width(j) + b] = precision[(moments.starts()[i] + a) * size + moments.starts()[j] + b];
            }
        }
        return block;
    }

    /**
     * Two coordinates.
     *
     * @param first a coordinate
     * @param second a later one
     * @param statistic how far they are from independence given the others
     */
    public record Pair(int first, int second, double statistic) {}

    /**
     * The pairs that a false-discovery rule keeps.
     *
     * @param q largest expected share of pairs kept by chance
     * @return the pairs, the most dependent first
     */
    public List<Pair> discoveries(double q) {
        int dim = moments.starts().length - 1;
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < dim; i++) {
            for (int j = i + 1; j < dim; j++) {
                pairs.add(new Pair(i, j, statistic(i, j)));
            }
        }
        double[] p = pairs.stream().mapToDouble(this::tail).sorted().toArray();
        double threshold = -1;
        for (int r = 0; r < p.length; r++) {
            if (p[r] <= q * (r + 1) / p.length) {
                threshold = p[r];
            }
        }
        List<Pair> kept = new ArrayList<>();
        for (Pair pair : pairs) {
            if (tail(pair) <= threshold) {
                kept.add(pair);
            }
        }
        kept.sort(Comparator.comparingDouble(Pair::statistic)
                .reversed()
                .thenComparingInt(Pair::first)
                .thenComparingInt(Pair::second));
        return kept;
    }

    private double tail(Pair pair) {
        return tail(pair.statistic, width(pair.first) * width(pair.second));
    }

    /** The probability that a chi-squared variable of 1, 2 or 4 degrees of freedom exceeds x. */
    static double tail(double x, int degrees) {
        return switch (degrees) {
            case 1 -> CandidateMoments.twoSided(Math.sqrt(x));
            case 2 -> Math.exp(-x / 2);
            case 4 -> Math.exp(-x / 2) * (1 + x / 2);
            default -> throw new IllegalArgumentException("degrees of freedom: " + degrees);
        };
    }
}
