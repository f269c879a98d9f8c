package org.eigendrift.engine.law.table;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.kernel.LogSum;

/**
 * Kernels given evidence: each kernel followed once, weighted by the probability of the evidence on the way, which is exact where all
 * evidence stands before all that is open.
 */
final class GivenKernels {
    /** Candidates for one draw of a row. */
    private static final int CANDIDATES = 64;

    private final Kernels kernels;
    private final double[][] factors;
    private final boolean exact;
    private final double[] weights;
    private final double total;

    /**
     * Follows all kernels.
     *
     * @param kernels the kernels
     * @param factors of each column a factor for each cell, or null; shared
     * @param exact whether all evidence stands before all that is open
     * @param random of the rows on the way
     */
    GivenKernels(Kernels kernels, double[][] factors, boolean exact, CounterRandom random) {
        this.kernels = kernels;
        this.factors = factors;
        this.exact = exact;
        this.weights = new double[kernels.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = follow(i, random, i, new int[factors.length]);
        }
        this.total = LogSum.of(weights);
    }

    private double follow(int i, CounterRandom random, long stream, int[] cells) {
        return kernels.follow(i, factors, j -> random.uniform(stream, 2L * j + 2), cells);
    }

    /** The log-probability of the evidence. */
    double log() {
        return total - Math.log(weights.length);
    }

    /** Its standard error, at most: kernels differ in what they give, too, which is no error. */
    double error() {
        if (exact || total == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double squares = 0;
        for (double weight : weights) {
            squares += Math.exp(2 * (weight - total));
        }
        return Math.sqrt(Math.max(0, squares - 1.0 / weights.length));
    }

    /** Draws the cells of one row, from a number in (0, 1) and others. */
    int[] draw(double uniform, CounterRandom random) {
        double[] posterior =
                Arrays.stream(weights).map(w -> Math.exp(w - total)).toArray();
        int candidates = exact ? 1 : CANDIDATES;
        int[][] cells = new int[candidates][factors.length];
        double[] shares = new double[candidates];
        for (int m = 0; m < candidates; m++) {
            int i = Draw.place(posterior, exact ? uniform : random.uniform(m, 0));
            shares[m] = Math.exp(follow(i, random, m, cells[m]) - weights[i]);
        }
        int chosen = Draw.place(shares, uniform);
        return chosen < 0 ? draw(random.uniform(0, 1), random.derive(1)) : cells[chosen];
    }
}
