package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * A law of a discrete table in which every column depends on at most one other, without cycles (Chow and Liu, IEEE Transactions
 * on Information Theory 14, 1968). Independent columns are the case without edges. Immutable.
 */
final class TreeLaw {
    /** Columns, each after the one that it depends on. */
    private final int[] order;
    /** What each column depends on, -1 if nothing. */
    private final int[] parents;
    /** log p(level | level of the parent), at {@code parentLevel * levels + level}. */
    private final double[][] tables;

    private final int[] levels;

    /**
     * A law from its tables.
     *
     * @param order columns, each after its parent
     * @param parents of each column the one it depends on, -1 if none
     * @param tables log-probabilities, rows of which sum to 1 as probabilities; shared
     * @param levels of each column how many there are
     */
    TreeLaw(int[] order, int[] parents, double[][] tables, int[] levels) {
        this.order = order;
        this.parents = parents;
        this.tables = tables;
        this.levels = levels;
    }

    int[] order() {
        return order;
    }

    int[] parents() {
        return parents;
    }

    double[][] tables() {
        return tables;
    }

    /** The log-probability of a row without gaps. */
    double logProbability(Codes rows, int row) {
        double sum = 0;
        for (int j = 0; j < order.length; j++) {
            int parent = parents[j];
            int given = parent < 0 ? 0 : rows.columns()[parent][row];
            sum += tables[j][given * levels[j] + rows.columns()[j][row]];
        }
        return sum;
    }

    /**
     * Sums over all levels that are left open, leaves first (Pearl, 1982).
     *
     * @param evidence of each column a factor for each level: ones for a gap, zeros but for one for a known level; not modified
     * @return what was passed upwards, for {@link #draw}
     */
    Messages upward(double[][] evidence) {
        double[][] belief = new double[levels.length][];
        for (int j = 0; j < levels.length; j++) {
            belief[j] = evidence[j].clone();
        }
        double log = 0;
        for (int at = order.length - 1; at >= 0; at--) {
            int j = order[at];
            double largest = Arrays.stream(belief[j]).max().orElseThrow();
            if (!(largest > 0)) {
                return new Messages(belief, Double.NEGATIVE_INFINITY);
            }
            for (int a = 0; a < levels[j]; a++) {
                belief[j][a] /= largest;
            }
            log += Math.log(largest);
            if (parents[j] < 0) {
                log += Math.log(sum(j, 0, belief[j]));
            } else {
                for (int b = 0; b < levels[parents[j]]; b++) {
                    belief[parents[j]][b] *= sum(j, b, belief[j]);
                }
            }
        }
        return new Messages(belief, log);
    }

    private double sum(int j, int given, double[] belief) {
        double sum = 0;
        for (int a = 0; a < levels[j]; a++) {
            sum += belief[a] == 0 ? 0 : belief[a] * Math.exp(tables[j][given * levels[j] + a]);
        }
        return sum;
    }

    /**
     * Draws the levels of a row from the law given the evidence.
     *
     * @param messages of that evidence, of positive probability
     * @param uniforms a number in (0, 1) for each column
     * @return the levels
     */
    int[] draw(Messages messages, double[] uniforms) {
        int[] row = new int[levels.length];
        for (int j : order) {
            int given = parents[j] < 0 ? 0 : row[parents[j]];
            double[] belief = messages.belief()[j];
            double left = uniforms[j] * sum(j, given, belief);
            int level = -1;
            for (int a = 0; a < levels[j] && (level < 0 || left > 0); a++) {
                if (belief[a] > 0) {
                    level = a;
                    left -= belief[a] * Math.exp(tables[j][given * levels[j] + a]);
                }
            }
            row[j] = level;
        }
        return row;
    }

    /** Draws the levels of a row, from a number in (0, 1) for each column. */
    int[] draw(double[] uniforms) {
        int[] row = new int[levels.length];
        for (int j : order) {
            int given = parents[j] < 0 ? 0 : row[parents[j]];
            double left = uniforms[j];
            int level = -1;
            while (level < levels[j] - 1 && left > 0) {
                left -= Math.exp(tables[j][given * levels[j] + ++level]);
            }
            row[j] = level;
        }
        return row;
    }

    /**
     * What the leaves sent.
     *
     * @param belief of each column a factor for each level, its own evidence and that of all below it
     * @param log log-probability of the evidence
     */
    record Messages(double[][] belief, double log) {}
}
