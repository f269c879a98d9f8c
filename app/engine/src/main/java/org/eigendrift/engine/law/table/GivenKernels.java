package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.kernel.LogSum;

/**
 * Kernels given evidence: the same normal laws, cut into cells in the order in which numbers that are known come first, so that a
 * kernel's probability of the evidence is exact and its open cells are drawn given all of it. The order of the law itself makes
 * little difference, which weights make good (importance sampling).
 */
final class GivenKernels {
    /** Draws whose weights give the probability of the evidence. */
    private static final int DRAWS = 128;

    /** Candidates for one draw of a row, at most, and for each unit of their weights' variance. */
    private static final int CANDIDATES = 64;

    private static final int FOR_VARIANCE = 100;

    private final Kernels kernels;
    private final Kernels known;
    private final int[] order;
    private final CellFactors factors;
    /** Evidence about columns that others fix as evidence about those, by which rows are drawn. */
    private final CellFactors guides;

    private final boolean exact;
    private final double[] logs;
    private final double total;
    private final double log;
    private final double error;
    private final int candidates;

    /**
     * Finds the kernels that agree with the evidence.
     *
     * @param kernels the kernels
     * @param factors of each column a factor for each cell, or null; shared
     * @param moved the same, of columns that others fix as evidence about those; shared
     * @param random of the rows on the way
     */
    GivenKernels(Kernels kernels, double[][] factors, double[][] moved, CounterRandom random) {
        this.kernels = kernels;
        this.factors = CellFactors.of(factors);
        int[] numbers = kernels.numbers();
        int[] to = sorted(numbers, k -> factors[k] == null ? 2 : this.factors.single(k) ? 0 : 1);
        this.known = Arrays.equals(to, numbers) ? kernels : kernels.reordered(to);
        int[] others = IntStream.range(0, factors.length)
                .filter(j -> IntStream.of(numbers).noneMatch(k -> k == j))
                .toArray();
        this.order = IntStream.concat(IntStream.of(to), IntStream.of(others)).toArray();
        CellFactors byRelations = CellFactors.of(moved);
        double[] byMoved = weights(byRelations, random);
        boolean possible = LogSum.of(byMoved) > Double.NEGATIVE_INFINITY;
        this.guides = possible ? byRelations : this.factors;
        this.logs = possible ? byMoved : weights(this.factors, random);
        this.total = LogSum.of(logs);
        this.exact = known == kernels && Arrays.equals(guides.of(), factors) && settled();
        double[] weights = total == Double.NEGATIVE_INFINITY ? new double[] {1} : sample(random.derive(-1));
        double mean = Arrays.stream(weights).average().orElseThrow();
        this.log = total + Math.log(mean);
        double squares = Arrays.stream(weights).map(w -> w * w).sum() / weights.length;
        double variance = exact || !(mean > 0) ? 0 : Math.max(0, squares / (mean * mean) - 1);
        this.error = Math.sqrt(variance / weights.length);
        this.candidates = exact ? 1 : (int) Math.min(CANDIDATES, 2 + FOR_VARIANCE * variance);
    }

    private static int[] sorted(int[] numbers, IntUnaryOperator rank) {
        return IntStream.range(0, 3)
                .flatMap(r -> IntStream.of(numbers).filter(k -> rank.applyAsInt(k) == r))
                .toArray();
    }

    /** Whether a kernel's probability of the evidence does not depend on what is drawn on the way. */
    private boolean settled() {
        boolean open = false;
        for (int j : order) {
            boolean number = IntStream.of(kernels.numbers()).anyMatch(k -> k == j);
            if (number && factors.of()[j] != null && open
                    || kernels.relations()[j] != null && factors.of()[j] != null) {
                return false;
            }
            open |= number && !factors.single(j);
        }
        return true;
    }

    private double[] weights(CellFactors evidence, CounterRandom random) {
        double[] out = new double[kernels.size()];
        int[] cells = new int[factors.of().length];
        for (int i = 0; i < out.length; i++) {
            int stream = i;
            out[i] = kernels.logWeights()[i]
                    + known.follow(i, order, evidence, j -> random.uniform(stream, 2L * j + 2), cells);
        }
        return out;
    }

    private double[] sample(CounterRandom random) {
        double[] weights = new double[exact ? 1 : DRAWS];
        double[] posterior = posterior();
        for (int m = 0; m < weights.length; m++) {
            weights[m] = exact ? 1 : follow(posterior, random, m, new int[factors.of().length]);
        }
        return weights;
    }

    private double[] posterior() {
        return Arrays.stream(logs).map(l -> Math.exp(l - total)).toArray();
    }

    /** Draws a kernel and cells around it; gives what the law itself makes of them over what they were drawn from. */
    private double follow(double[] posterior, CounterRandom random, long stream, int[] cells) {
        int i = Draw.place(posterior, random.uniform(stream, 0));
        double log = known.follow(i, order, guides, j -> random.uniform(stream, 2L * j + 2), cells);
        if (log == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        if (exact) {
            return 1;
        }
        double ratio = log + kernels.logWeights()[i] - logs[i];
        ratio += kernels.logProbability(i, cells) - known.logProbability(i, cells);
        for (int j = 0; j < cells.length; j++) {
            ratio += factors.of()[j] == null ? 0 : Math.log(factors.of()[j][cells[j]]);
            ratio -= guides.of()[j] == null ? 0 : Math.log(guides.of()[j][cells[j]]);
        }
        return Math.exp(ratio);
    }

    /** The log-probability of the evidence. */
    double log() {
        return log;
    }

    /** Its standard error. */
    double error() {
        return error;
    }

    /** Draws the cells of one row. */
    int[] draw(CounterRandom random) {
        double[] posterior = posterior();
        int[][] cells = new int[candidates][factors.of().length];
        double[] shares = new double[candidates];
        for (int m = 0; m < candidates; m++) {
            shares[m] = follow(posterior, random, m, cells[m]);
        }
        int chosen = Draw.place(shares, random.uniform(-1, 0));
        return chosen < 0 ? draw(random.derive(1)) : cells[chosen];
    }
}
