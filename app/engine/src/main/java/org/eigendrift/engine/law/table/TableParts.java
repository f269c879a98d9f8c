package org.eigendrift.engine.law.table;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.kernel.LogSum;

/**
 * What a table's law consists of. Immutable.
 *
 * @param order the table's columns in the order of the chain; shared
 * @param coded how they are cut into cells, in that order
 * @param chain conditional laws, in that order; shared
 * @param groups cells joined to groups
 * @param mixture law of the groups
 * @param share of the chain, from 0 to 1
 */
record TableParts(int[] order, Coded coded, ColumnLaw[] chain, Groups groups, TreeMixture mixture, double share) {
    /** Indices of random numbers: the law, then two for each column, then where a value lies in its cell. */
    static final long WITHIN = 1L << 32;

    /** The log-probability of cells. */
    double logProbability(int[] cells) {
        double chained = share > 0 ? Math.log(share) + logChain(cells) : Double.NEGATIVE_INFINITY;
        double mixed = share < 1 ? Math.log1p(-share) + logMixture(cells) : Double.NEGATIVE_INFINITY;
        return LogSum.of(new double[] {chained, mixed});
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

    /** Draws the cells of one row. */
    int[] draw(CounterRandom random, long row) {
        return random.uniform(row, 0) < share ? drawChain(random, row) : drawMixture(random, row);
    }

    private int[] drawChain(CounterRandom random, long row) {
        int[] cells = new int[chain.length];
        byte[] bins = new byte[chain.length];
        for (int j = 0; j < cells.length; j++) {
            cells[j] = chain[j].draw(cells, bins, random.uniform(row, 2L * j + 1), random.uniform(row, 2L * j + 2));
            bins[j] = coded.bin(j, cells[j]);
        }
        return cells;
    }

    private int[] drawMixture(CounterRandom random, long row) {
        int k = Draw.place(exponentials(mixture.logWeights()), random.uniform(row, 1L << 20));
        int dim = chain.length;
        double[] uniforms = new double[dim];
        for (int j = 0; j < dim; j++) {
            uniforms[j] = random.uniform(row, 2L * j + 1);
        }
        int[] drawn = mixture.trees().get(k).draw(uniforms);
        int[] cells = new int[dim];
        for (int j = 0; j < dim; j++) {
            cells[j] = groups.draw(j, drawn[j], null, cells, random.uniform(row, 2L * j + 2));
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
