package org.eigendrift.engine.law.table;

/** Sums of numbers that are given by their logarithms. */
final class LogSum {
    private LogSum() {}

    /** The logarithm of the sum of exponentials; negative infinity of none or of nothing but negative infinities. */
    static double of(double[] logs) {
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
}
