package org.eigendrift.engine.kernel;

import java.util.Arrays;

/** log sum exp: of terms at hand, and of terms that arrive one after the other for each of many rows. Not thread-safe. */
public final class LogSum {
    private final double[] largest;
    private final double[] sum;

    /**
     * Empty sums.
     *
     * @param size rows
     */
    public LogSum(int size) {
        largest = new double[size];
        sum = new double[size];
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    }

    /**
     * The logarithm of the sum of exponentials.
     *
     * @param logs not modified
     * @return negative infinity of none or of nothing but negative infinities
     */
    public static double of(double[] logs) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            largest = Math.max(largest, log);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - largest);
        }
        return largest + Math.log(sum);
    }

    /**
     * What share of the sum of exponentials each is.
     *
     * @param logs not all negative infinity; not modified
     * @return shares that sum to 1
     */
    public static double[] shares(double[] logs) {
        double sum = of(logs);
        return Arrays.stream(logs).map(log -> Math.exp(log - sum)).toArray();
    }

    /**
     * Adds a term to some rows.
     *
     * @param rows their numbers; not modified
     * @param logs the term's logarithm for each of them; not modified
     * @param shift added to all logarithms
     */
    public void add(int[] rows, double[] logs, double shift) {
        for (int j = 0; j < rows.length; j++) {
            int n = rows[j];
            double log = logs[j] + shift;
            if (log > largest[n]) {
                sum[n] = sum[n] * Math.exp(largest[n] - log) + 1;
                largest[n] = log;
            } else if (log > Double.NEGATIVE_INFINITY) {
                sum[n] += Math.exp(log - largest[n]);
            }
        }
    }

    /**
     * The logarithms of the sums.
     *
     * @return a new array, negative infinity for rows without a term
     */
    public double[] logs() {
        double[] logs = largest.clone();
        for (int n = 0; n < logs.length; n++) {
            logs[n] += Math.log(sum[n] == 0 ? 1 : sum[n]);
        }
        return logs;
    }
}
