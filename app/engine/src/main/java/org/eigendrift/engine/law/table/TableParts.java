package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.eigendrift.engine.kernel.LogSum;

/**
 * What a table's law consists of. Immutable.
 *
 * @param order the table's columns in the order of the chain; shared
 * @param coded how they are cut into cells, in that order
 * @param chain conditional laws, in that order; shared
 * @param groups cells joined to groups
 * @param mixture law of the groups
 * @param kernels around rows, null if they have no share
 * @param shares of chain, mixture and kernels, of sum 1; shared
 */
record TableParts(
        int[] order,
        Coded coded,
        ColumnLaw[] chain,
        Groups groups,
        TreeMixture mixture,
        Kernels kernels,
        double[] shares) {
    /** Places of the shares. */
    static final int CHAIN = 0;

    static final int MIXTURE = 1;
    static final int KERNELS = 2;
    static final int PARTS = 3;

    /** Index of random numbers that say where a value lies in its cell. */
    static final long WITHIN = 1L << 32;

    /** The log-probability of cells. */
    double logProbability(int[] cells) {
        return LogSum.of(new double[] {
            shares[CHAIN] > 0 ? Math.log(shares[CHAIN]) + logChain(cells) : Double.NEGATIVE_INFINITY,
            shares[MIXTURE] > 0 ? Math.log(shares[MIXTURE]) + logMixture(cells) : Double.NEGATIVE_INFINITY,
            shares[KERNELS] > 0 ? Math.log(shares[KERNELS]) + kernels.logProbability(cells) : Double.NEGATIVE_INFINITY
        });
    }

    /**
     * The log-probabilities of cells of which one column takes each of its cells in turn.
     *
     * @param cells of the other columns; the open one's is changed
     * @param open the column
     * @param wanted which of its cells to evaluate; minus infinity for the others
     */
    double[] logProbabilities(int[] cells, int open, IntPredicate wanted) {
        int size = coded.scales()[open].size();
        double[] none = new double[size];
        Arrays.fill(none, Double.NEGATIVE_INFINITY);
        double[] chained = shares[CHAIN] > 0 ? logChain(cells, open, wanted) : none;
        double[] both = new double[size];
        for (int c = 0; c < size; c++) {
            cells[open] = c;
            double mixed = shares[MIXTURE] > 0 && wanted.test(c) ? logMixture(cells) : Double.NEGATIVE_INFINITY;
            both[c] = LogSum.of(new double[] {Math.log(shares[CHAIN]) + chained[c], Math.log(shares[MIXTURE]) + mixed});
        }
        if (!(shares[KERNELS] > 0)) {
            return both;
        }
        double share = Math.log(shares[KERNELS]);
        double[] beside = new double[size];
        Arrays.setAll(beside, c -> wanted.test(c) ? both[c] - share : Double.POSITIVE_INFINITY);
        double[] around = kernels.logProbabilities(cells, open, beside);
        double[] out = new double[size];
        Arrays.setAll(
                out,
                c -> wanted.test(c) ? LogSum.of(new double[] {both[c], share + around[c]}) : Double.NEGATIVE_INFINITY);
        return out;
    }

    /** What stands before the open column is evaluated once. */
    private double[] logChain(int[] cells, int open, IntPredicate wanted) {
        byte[] bins = new byte[cells.length];
        double before = 0;
        for (int j = 0; j < open; j++) {
            before += Math.log(chain[j].probability(cells[j], cells, bins));
            bins[j] = coded.bin(j, cells[j]);
        }
        double[] out = new double[coded.scales()[open].size()];
        chain[open].probabilities(cells, bins, out);
        for (int c = 0; c < out.length; c++) {
            double log = wanted.test(c) ? before + Math.log(out[c]) : Double.NEGATIVE_INFINITY;
            cells[open] = c;
            bins[open] = coded.bin(open, c);
            for (int j = open + 1; j < cells.length && log > Double.NEGATIVE_INFINITY; j++) {
                log += Math.log(chain[j].probability(cells[j], cells, bins));
                bins[j] = coded.bin(j, cells[j]);
            }
            out[c] = log;
        }
        return out;
    }

    double logChain(int[] cells) {
        byte[] bins = new byte[cells.length];
        double sum = 0;
        for (int j = 0; j < cells.length; j++) {
            sum += Math.log(chain[j].probability(cells[j], cells, bins));
            bins[j] = coded.bin(j, cells[j]);
        }
        return sum;
    }

    double logMixture(int[] cells) {
        int[][] row = new int[cells.length][];
        for (int j = 0; j < cells.length; j++) {
            row[j] = new int[] {cells[j]};
        }
        return mixture.logProbability(groups.codes(row), 0) + groups.logWithin(row, 0);
    }

    /** How many numbers a row is drawn from: chain or mixture, the mixture's member, and two for each column. */
    int uniforms() {
        return 2 * chain.length + 2;
    }

    /** Whether a number in (0, 1) chooses a kernel. */
    boolean choosesKernel(double choice) {
        return choice < shares[KERNELS];
    }

    /** What columns before fix of each column, null if nothing. */
    Relation[] relations() {
        return Arrays.stream(chain).map(ColumnLaw::relation).toArray(Relation[]::new);
    }

    /**
     * Draws the cells of one row from numbers in (0, 1).
     *
     * @param choice chooses a kernel, or none
     * @param uniforms all others
     */
    int[] draw(double choice, double[] uniforms) {
        if (choosesKernel(choice)) {
            int[] cells = new int[chain.length];
            int row = kernels.choose(choice / shares[KERNELS]);
            kernels.follow(
                    row,
                    IntStream.range(0, chain.length).toArray(),
                    CellFactors.none(chain.length),
                    j -> uniforms[2 * j + 3],
                    cells);
            return cells;
        }
        int part = Draw.place(new double[] {shares[CHAIN], shares[MIXTURE]}, uniforms[0]);
        return part == CHAIN ? drawChain(uniforms) : drawMixture(uniforms);
    }

    private int[] drawChain(double[] uniforms) {
        int[] cells = new int[chain.length];
        byte[] bins = new byte[chain.length];
        for (int j = 0; j < cells.length; j++) {
            cells[j] = chain[j].draw(cells, bins, uniforms[2 * j + 2], uniforms[2 * j + 3]);
            bins[j] = coded.bin(j, cells[j]);
        }
        return cells;
    }

    private int[] drawMixture(double[] uniforms) {
        int k = Draw.place(exponentials(mixture.logWeights()), uniforms[1]);
        int dim = chain.length;
        double[] own = new double[dim];
        Arrays.setAll(own, j -> uniforms[2 * j + 2]);
        int[] drawn = mixture.trees().get(k).draw(own);
        int[] cells = new int[dim];
        for (int j = 0; j < dim; j++) {
            cells[j] = groups.draw(j, drawn[j], null, cells, uniforms[2 * j + 3]);
        }
        return cells;
    }

    private static double[] exponentials(double[] logs) {
        double[] out = new double[logs.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = Math.exp(logs[k]);
        }
        return out;
    }
}
