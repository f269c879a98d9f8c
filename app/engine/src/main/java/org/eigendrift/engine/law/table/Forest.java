package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;

/**
 * A sum of regression trees: the mean of trees of half the rows each (Breiman, Machine Learning 45, 2001), so that those that did
 * not see a row predict it honestly; then of trees for what these leave over, and so on. Immutable.
 *
 * @param gates one a tree; shared
 * @param values of each tree what its nodes add; shared
 */
record Forest(Gate[] gates, double[][] values) {
    private static final int TREES = 16;
    private static final double SHARE = 0.5;

    /**
     * Grows a forest.
     *
     * @param predictors for each column the bins of all rows
     * @param nominal which have no order
     * @param target a number of each row
     * @param random chooses rows and predictors
     * @param unseen receives for each row the mean prediction of trees that did not see it, 0 if all did; modified
     * @return the forest
     */
    static Forest grow(byte[][] predictors, boolean[] nominal, double[] target, CounterRandom random, double[] unseen) {
        int rows = target.length;
        Gate[] gates = new Gate[TREES];
        double[][] values = new double[TREES][];
        int[] votes = new int[rows];
        GateGrowth.Options options = new GateGrowth.Options(5, 0.5, predictors.length > 4 ? 0.7 : 1, 24, false);
        int[] cells = new int[rows];
        byte[] row = new byte[predictors.length];
        for (int t = 0; t < TREES; t++) {
            int tree = t;
            int[] chosen = IntStream.range(0, rows)
                    .filter(n -> random.uniform(tree, n) < SHARE)
                    .toArray();
            CounterRandom own = random.derive(tree);
            gates[t] = new GateGrowth(predictors, nominal, options, own)
                    .grow(new GateGrowth.Target(cells, 1, target, true), chosen);
            values[t] = means(gates[t], predictors, target, chosen, row);
            for (int n = 0; n < rows; n++) {
                if (random.uniform(t, n) >= SHARE) {
                    fill(predictors, n, row);
                    unseen[n] += values[t][gates[t].leaf(row)];
                    votes[n]++;
                }
            }
        }
        for (int n = 0; n < rows; n++) {
            unseen[n] /= Math.max(1, votes[n]);
        }
        for (double[] tree : values) {
            Arrays.setAll(tree, at -> tree[at] / TREES);
        }
        return new Forest(gates, values);
    }

    private static double[] means(Gate gate, byte[][] predictors, double[] target, int[] chosen, byte[] row) {
        double[] sums = new double[gate.size()];
        double[] counts = new double[gate.size()];
        for (int n : chosen) {
            fill(predictors, n, row);
            int leaf = gate.leaf(row);
            sums[leaf] += target[n];
            counts[leaf]++;
        }
        for (int at = 0; at < sums.length; at++) {
            sums[at] /= counts[at] + 1;
        }
        return sums;
    }

    static void fill(byte[][] predictors, int n, byte[] row) {
        for (int p = 0; p < predictors.length; p++) {
            row[p] = predictors[p][n];
        }
    }

    double value(byte[] row) {
        double sum = 0;
        for (int t = 0; t < gates.length; t++) {
            sum += values[t][gates[t].leaf(row)];
        }
        return sum;
    }

    /** Another forest added to this one, so much of it. */
    Forest plus(Forest other, double share) {
        Gate[] all = Arrays.copyOf(gates, gates.length + other.gates.length);
        double[][] sums = Arrays.copyOf(values, all.length);
        for (int t = 0; t < other.gates.length; t++) {
            all[gates.length + t] = other.gates[t];
            sums[gates.length + t] =
                    Arrays.stream(other.values[t]).map(v -> v * share).toArray();
        }
        return new Forest(all, sums);
    }

    /** Adds nothing. */
    static Forest none() {
        return new Forest(new Gate[0], new double[0][]);
    }
}
