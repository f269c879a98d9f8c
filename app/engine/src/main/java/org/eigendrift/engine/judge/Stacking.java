package org.eigendrift.engine.judge;

import java.util.Arrays;

/**
 * Mixtures of models by weights that maximise the log-likelihood of held-out rows (Smyth and Wolpert, Machine Learning 36,
 * 1999).
 */
public final class Stacking {
    /**
     * The mean log-likelihood is concave in the weights, and k steps of expectation maximisation from w come as near to its maximum, at
     * w*, as KL(w* || w) / k nats (Csiszar and Tusnady, Statistics and Decisions, suppl. 1, 1984): from equal weights log(C) / k for C
     * models, 0.013 nats for twelve of them at worst, where all the weight belongs to one; no step lowers it. Whatever is left to gain,
     * a verdict compares the mixture that there is.
     */
    private static final int STEPS = 200;

    private Stacking() {}

    /** Expectation maximisation over the weights alone, from given ones; zeros stay. */
    static double[] weights(double[][] nats, double[] start) {
        double[] weights = start.clone();
        for (int step = 0; step < STEPS; step++) {
            double[] next = new double[weights.length];
            int rows = nats[0].length;
            for (int n = 0; n < rows; n++) {
                double log = log(nats, weights, n);
                for (int c = 0; c < weights.length; c++) {
                    if (weights[c] > 0 && log > Double.NEGATIVE_INFINITY) {
                        next[c] += weights[c] * Math.exp(nats[c][n] - log);
                    }
                }
            }
            double total = Arrays.stream(next).sum();
            for (int c = 0; c < next.length; c++) {
                weights[c] = total > 0 ? next[c] / total : weights[c];
            }
        }
        return weights;
    }

    /** All weight on one model. */
    static double[] only(int size, int c) {
        double[] weights = new double[size];
        weights[c] = 1;
        return weights;
    }

    /** The mean log-likelihood of a mixture. */
    static double mean(double[][] nats, double[] weights) {
        return Arrays.stream(logs(nats, weights)).sum() / nats[0].length;
    }

    /**
     * What one mixture gains on another, nats a row. A row that neither allows says nothing; one that only the better allows says
     * everything.
     */
    static double gain(double[][] nats, double[] better, double[] worse) {
        double[] a = logs(nats, better);
        double[] b = logs(nats, worse);
        double sum = 0;
        for (int n = 0; n < a.length; n++) {
            sum += a[n] == b[n] ? 0 : a[n] - b[n];
        }
        return sum / a.length;
    }

    /** Standard deviation of the mean of what one mixture gains on another, row by row. */
    static double deviation(double[][] nats, double[] better, double[] worse) {
        double[] a = logs(nats, better);
        double[] b = logs(nats, worse);
        double mean = mean(nats, better) - mean(nats, worse);
        double squares = 0;
        for (int n = 0; n < a.length; n++) {
            double apart = a[n] - b[n] - mean;
            squares += apart * apart;
        }
        return Math.sqrt(squares) / a.length;
    }

    /**
     * The log-likelihoods of a mixture.
     *
     * @param nats log-likelihoods of the rows under each model; not modified
     * @param weights of the models; not modified
     * @return one for each row; a new array
     */
    public static double[] logs(double[][] nats, double[] weights) {
        double[] logs = new double[nats[0].length];
        Arrays.setAll(logs, n -> log(nats, weights, n));
        return logs;
    }

    private static double log(double[][] nats, double[] weights, int n) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < weights.length; c++) {
            largest = weights[c] > 0 ? Math.max(largest, nats[c][n]) : largest;
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (int c = 0; c < weights.length; c++) {
            sum += weights[c] > 0 ? weights[c] * Math.exp(nats[c][n] - largest) : 0;
        }
        return largest + Math.log(sum);
    }
}
