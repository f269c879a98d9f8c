package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * Cells of all columns joined to few groups, for laws that count pairs of levels: within a group the columns' own law holds.
 * Immutable.
 *
 * @param of for each column the group of each cell; shared
 * @param levels how many groups each column has; shared
 * @param logWithin for each column the log-probability of each cell in its group; shared
 * @param relations what other columns fix: such a column is one group, and null of others; shared
 */
record Groups(int[][] of, int[] levels, double[][] logWithin, Relation[] relations) {
    private static final int MOST = 16;

    /** Levels without an order stay; others are joined to about equally likely groups. */
    static Groups of(Coded coded, Relation[] relations) {
        int dim = coded.dim();
        int[][] of = new int[dim][];
        int[] levels = new int[dim];
        double[][] within = new double[dim][];
        for (int j = 0; j < dim; j++) {
            of[j] = relations[j] == null ? join(coded.scales()[j]) : new int[coded.scales()[j].size()];
            levels[j] = Arrays.stream(of[j]).max().orElseThrow() + 1;
            double[] edges = coded.scales()[j].edges();
            double[] mass = new double[levels[j]];
            for (int c = 0; c < of[j].length; c++) {
                mass[of[j][c]] += edges[c + 1] - edges[c];
            }
            within[j] = new double[of[j].length];
            for (int c = 0; c < of[j].length; c++) {
                within[j][c] = Math.log((edges[c + 1] - edges[c]) / mass[of[j][c]]);
            }
        }
        return new Groups(of, levels, within, relations);
    }

    private static int[] join(CellScale scale) {
        int[] out = new int[scale.size()];
        double[] edges = scale.edges();
        if (scale.nominal() || scale.size() <= MOST) {
            Arrays.setAll(out, c -> c);
            return out;
        }
        int group = 0;
        double begun = 0;
        for (int c = 1; c < out.length; c++) {
            boolean gap = c == 1 && scale.hasGap();
            if (group < MOST - 1 && (gap || edges[c + 1] - begun > (1 - begun) / (MOST - group))) {
                group++;
                begun = edges[c];
            }
            out[c] = group;
        }
        return out;
    }

    /** The own probability of a cell of a column of one group, given that there is a value. */
    private double value(int j, int cell) {
        return cell == 0 ? 0 : Math.exp(logWithin[j][cell]) / -Math.expm1(logWithin[j][0]);
    }

    /** Rows of groups. */
    Codes codes(int[][] cells) {
        int rows = cells[0].length;
        int[][] out = new int[cells.length][rows];
        for (int j = 0; j < cells.length; j++) {
            for (int n = 0; n < rows; n++) {
                out[j][n] = of[j][cells[j][n]];
            }
        }
        return new Codes(out, levels, rows);
    }

    /** The log-probability of a row's cells, given its groups. */
    double logWithin(int[][] cells, int n) {
        double sum = 0;
        for (int j = 0; j < cells.length; j++) {
            double log = logWithin[j][cells[j][n]];
            int fixed = relations[j] == null ? -1 : relations[j].cells()[cells[relations[j].column()][n]];
            if (fixed != -1) {
                double own = Math.exp(log);
                log = Math.log(relations[j].probability(fixed, cells[j][n], own, value(j, cells[j][n])));
            }
            sum += log;
        }
        return sum;
    }

    /**
     * Draws a cell of a group.
     *
     * @param j number of the column
     * @param group the group
     * @param factor a factor for each cell, null for ones
     * @param cells cells of the columns before it
     * @param uniform a number in (0, 1)
     */
    int draw(int j, int group, double[] factor, int[] cells, double uniform) {
        int fixed = relations[j] == null ? -1 : relations[j].cell(cells);
        if (fixed >= 0) {
            return fixed;
        }
        double[] weights = new double[of[j].length];
        for (int c = 0; c < weights.length; c++) {
            boolean possible = of[j][c] == group && (fixed != Relation.VALUE || c > 0);
            weights[c] = possible ? (factor == null ? 1 : factor[c]) * Math.exp(logWithin[j][c]) : 0;
        }
        return Draw.place(weights, uniform);
    }

    /** Evidence about columns that others fix as evidence about those; other evidence as it is. Null is no evidence. */
    double[][] moved(double[][] factors) {
        double[][] out = factors.clone();
        for (int j = out.length - 1; j > 0; j--) {
            if (relations[j] != null && out[j] != null) {
                double[] own = out[j];
                int source = relations[j].column();
                int[] map = relations[j].cells();
                double[] before = out[source];
                double[] mass = logWithin[j];
                double[] moved = new double[map.length];
                Arrays.setAll(moved, c -> (before == null ? 1 : before[c]) * expected(map[c], own, mass));
                out[source] = moved;
                out[j] = null;
            }
        }
        return out;
    }

    /** The evidence about a column where it is fixed, and by its own law where it is not. */
    private static double expected(int fixed, double[] factor, double[] logMass) {
        if (fixed >= 0) {
            return factor[fixed];
        }
        int first = fixed == Relation.VALUE ? 1 : 0;
        double sum = 0;
        double total = 0;
        for (int c = first; c < factor.length; c++) {
            sum += factor[c] * Math.exp(logMass[c]);
            total += Math.exp(logMass[c]);
        }
        return sum / total;
    }
}
