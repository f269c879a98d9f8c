package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * Weights of a mixture of given laws by what they say of held-out rows. A law whose weight gains no more than one more weight gains
 * by chance is left out: for what it blurs nothing speaks.
 */
final class SparseStacking {
    private static final int STEPS = 200;
    /** Nats that one more weight may gain by chance, at two standard deviations. */
    private static final double CHANCE = 2;
    /** Added to probabilities, so that a row that no law expects does not decide alone. */
    private static final double FLOOR = 1e-9;

    private SparseStacking() {}

    /**
     * Weights.
     *
     * @param laws of each law the probabilities of the held-out rows, up to a factor of each row; not modified
     * @param least smaller weights become 0
     * @return weights of sum 1
     */
    static double[] weights(double[][] laws, double least) {
        boolean[] in = new boolean[laws.length];
        Arrays.fill(in, true);
        double[] weights = weights(laws, in, least);
        double most = log(weights, laws);
        for (int out = weakest(laws, in, least, most); out >= 0; out = weakest(laws, in, least, most)) {
            in[out] = false;
            weights = weights(laws, in, least);
        }
        return weights;
    }

    /** The law without which most is left, -1 if that is less than chance allows. */
    private static int weakest(double[][] laws, boolean[] in, double least, double most) {
        int weakest = -1;
        double best = most - CHANCE;
        for (int e = 0; e < laws.length; e++) {
            if (in[e]) {
                in[e] = false;
                double left = log(weights(laws, in, least), laws);
                in[e] = true;
                if (left > best) {
                    best = left;
                    weakest = e;
                }
            }
        }
        return weakest;
    }

    private static double log(double[] weights, double[][] laws) {
        double sum = 0;
        for (int n = 0; n < laws[0].length; n++) {
            sum += Math.log(mean(weights, laws, n) + FLOOR);
        }
        return sum;
    }

    /** The mixture's probability of a row. */
    static double mean(double[] weights, double[][] laws, int n) {
        double sum = 0;
        for (int e = 0; e < weights.length; e++) {
            sum += weights[e] * laws[e][n];
        }
        return sum;
    }

    /** Expectation maximisation; all 0 if none is in. */
    private static double[] weights(double[][] laws, boolean[] in, double least) {
        double[] weights = new double[laws.length];
        Arrays.setAll(weights, e -> in[e] ? 1 : 0);
        normalise(weights);
        for (int step = 0; step < STEPS; step++) {
            double[] next = new double[laws.length];
            for (int n = 0; n < laws[0].length; n++) {
                double p = mean(weights, laws, n);
                for (int e = 0; p > 0 && e < next.length; e++) {
                    next[e] += weights[e] * laws[e][n] / p;
                }
            }
            normalise(next);
            double change = 0;
            for (int e = 0; e < next.length; e++) {
                change = Math.max(change, Math.abs(next[e] - weights[e]));
            }
            weights = next;
            if (change < 1e-5) {
                break;
            }
        }
        for (int e = 0; e < weights.length; e++) {
            weights[e] = weights[e] < least ? 0 : weights[e];
        }
        normalise(weights);
        return weights;
    }

    private static void normalise(double[] weights) {
        double total = Arrays.stream(weights).sum();
        for (int e = 0; total > 0 && e < weights.length; e++) {
            weights[e] /= total;
        }
    }
}
