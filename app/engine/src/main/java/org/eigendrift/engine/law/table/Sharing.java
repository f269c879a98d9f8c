package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * Laws of cells in the nodes of a gate: each the frequencies of its own rows, shrunk towards the law of its parent node. Where cells
 * have an order the shrinkage goes by a binary tree over the cells (a Polya tree whose prior is the parent's law), so that
 * what is known at a coarse scale is kept and the fine structure comes from ancestors with more rows.
 *
 * @param rows how many rows the parent's law stands for
 * @param growth by how much more at each finer scale
 */
record Sharing(double rows, double growth) {

    /** A node's law. */
    void blend(double[] parent, int[] counts, boolean ordered, double[] out) {
        if (ordered) {
            int[] below = new int[counts.length + 1];
            double[] mass = new double[counts.length + 1];
            for (int c = 0; c < counts.length; c++) {
                below[c + 1] = below[c] + counts[c];
                mass[c + 1] = mass[c] + parent[c];
            }
            split(parent, below, mass, 0, counts.length, 1, rows, out);
            return;
        }
        double total = Arrays.stream(counts).sum() + rows;
        for (int c = 0; c < counts.length; c++) {
            out[c] = (counts[c] + rows * parent[c]) / total;
        }
    }

    private void split(
            double[] parent, int[] below, double[] mass, int from, int to, double here, double weight, double[] out) {
        double own = mass[to] - mass[from];
        if (to - from == 1 || below[to] == below[from] || own <= 0) {
            for (int c = from; c < to; c++) {
                out[c] = own > 0 ? here * parent[c] / own : here / (to - from);
            }
            return;
        }
        int middle = middle(mass, from, to);
        double left = (mass[middle] - mass[from]) / own;
        double share = (below[middle] - below[from] + weight * left) / (below[to] - below[from] + weight);
        split(parent, below, mass, from, middle, here * share, weight * growth, out);
        split(parent, below, mass, middle, to, here * (1 - share), weight * growth, out);
    }

    /** The cell that halves the mass, both parts with at least one. */
    private static int middle(double[] mass, int from, int to) {
        double half = (mass[from] + mass[to]) / 2;
        int at = Arrays.binarySearch(mass, from, to + 1, half);
        at = at >= 0 ? at : -at - 1;
        if (at > from && at <= to && half - mass[at - 1] < mass[at] - half) {
            at--;
        }
        return Math.max(from + 1, Math.min(to - 1, at));
    }
}
