package org.eigendrift.engine.metric;

/**
 * A mean with its standard error.
 *
 * @param value the mean
 * @param error standard deviation (n - 1 in the denominator) over sqrt(n); 0 for one value, NaN if a value is not finite
 */
record Mean(double value, double error) {

    static Mean of(double[] values) {
        int n = values.length;
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / n;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Mean(mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n));
    }
}
