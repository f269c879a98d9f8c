package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * The tree nearest to weighted rows: the spanning tree of largest mutual information, with tables that shrink towards those of
 * a prior law, so that no level has probability 0.
 */
final class TreeFit {
    /** Added to every level of the prior itself, as a share of one row. */
    private static final double FLOOR = 1e-3;

    private final PairCounts counts;
    private final PairCounts.Weighted prior;
    private final double[][] priorSingles;

    /**
     * Prepares fits to parts of a table.
     *
     * @param counts the table
     */
    TreeFit(PairCounts counts) {
        this.counts = counts;
        double[] ones = new double[counts.rows()];
        Arrays.fill(ones, 1);
        this.prior = counts.count(ones, 0);
        this.priorSingles = singles(prior);
    }

    private double[][] singles(PairCounts.Weighted weighted) {
        double[][] out = new double[counts.dim()][];
        Arrays.setAll(out, weighted::single);
        return out;
    }

    /**
     * Fits a tree.
     *
     * @param weighted counts of the part
     * @param rows how many rows of the whole table a level's prior frequency stands for
     * @param edges whether columns may depend on others
     * @return the law
     */
    TreeLaw fit(PairCounts.Weighted weighted, double rows, boolean edges) {
        double[][] singles = singles(weighted);
        int dim = counts.dim();
        int[] parents = new int[dim];
        int[] order = new int[dim];
        if (edges) {
            span(weighted, singles, rows, parents, order);
        } else {
            Arrays.fill(parents, -1);
            Arrays.setAll(order, j -> j);
        }
        double[][] tables = new double[dim][];
        for (int j = 0; j < dim; j++) {
            tables[j] = parents[j] < 0
                    ? marginal(singles[j], j, rows)
                    : conditional(weighted, singles, j, parents[j], rows);
        }
        return new TreeLaw(order, parents, tables, counts.levels());
    }

    private double[] prior(int j) {
        double[] out = priorSingles[j].clone();
        int levels = out.length;
        for (int a = 0; a < levels; a++) {
            out[a] =
                    (out[a] + Math.max(FLOOR, 1.0 / levels)) / (prior.total() + levels * Math.max(FLOOR, 1.0 / levels));
        }
        return out;
    }

    private double[] marginal(double[] single, int j, double rows) {
        double[] table = prior(j);
        double total = Arrays.stream(single).sum() + rows;
        for (int a = 0; a < table.length; a++) {
            table[a] = Math.log((single[a] + rows * table[a]) / total);
        }
        return table;
    }

    private double[] conditional(PairCounts.Weighted weighted, double[][] singles, int j, int parent, double rows) {
        double[] pair = weighted.pair(parent, j, singles[parent], singles[j]);
        double[] whole = prior.pair(parent, j, priorSingles[parent], priorSingles[j]);
        double[] base = prior(j);
        int levels = base.length;
        double[] table = new double[pair.length];
        for (int b = 0; b < counts.levels()[parent]; b++) {
            double seen = 0;
            double all = 0;
            for (int a = 0; a < levels; a++) {
                seen += pair[b * levels + a];
                all += whole[b * levels + a];
            }
            for (int a = 0; a < levels; a++) {
                double expected = (whole[b * levels + a] + base[a]) / (all + 1);
                table[b * levels + a] = Math.log((pair[b * levels + a] + rows * expected) / (seen + rows));
            }
        }
        return table;
    }

    /** Prim's way, from column 0. */
    private void span(PairCounts.Weighted weighted, double[][] singles, double rows, int[] parents, int[] order) {
        int dim = counts.dim();
        double[] best = new double[dim];
        boolean[] in = new boolean[dim];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        Arrays.fill(parents, -1);
        int next = 0;
        for (int at = 0; at < dim; at++) {
            order[at] = next;
            in[next] = true;
            int last = next;
            next = -1;
            for (int j = 0; j < dim; j++) {
                if (!in[j]) {
                    double information = information(weighted, singles, j, last, rows);
                    if (information > best[j]) {
                        best[j] = information;
                        parents[j] = last;
                    }
                    next = next < 0 || best[j] > best[next] ? j : next;
                }
            }
        }
    }

    /** Mutual information of two columns, of counts with a prior of independent columns. */
    private double information(PairCounts.Weighted weighted, double[][] singles, int i, int j, double rows) {
        double[] pair = weighted.pair(i, j, singles[i], singles[j]);
        double total = weighted.total() + rows;
        int width = counts.levels()[j];
        double cell = rows / pair.length;
        double[] left = new double[counts.levels()[i]];
        double[] right = new double[width];
        double sum = 0;
        for (int a = 0; a < left.length; a++) {
            for (int b = 0; b < width; b++) {
                double share = (pair[a * width + b] + cell) / total;
                left[a] += share;
                right[b] += share;
                sum += share > 0 ? share * Math.log(share) : 0;
            }
        }
        for (double share : left) {
            sum -= share > 0 ? share * Math.log(share) : 0;
        }
        for (double share : right) {
            sum -= share > 0 ? share * Math.log(share) : 0;
        }
        return sum;
    }
}
