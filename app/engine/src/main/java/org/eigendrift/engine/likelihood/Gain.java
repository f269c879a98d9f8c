package org.eigendrift.engine.likelihood;

/**
 * What one law gains over another on the same held-out rows.
 *
 * @param mean nats a row
 * @param error its standard error
 */
public record Gain(double mean, double error) {

    /**
     * Compares.
     *
     * @param better log-densities of rows, at least two; not modified
     * @param worse of the same rows; not modified
     * @return the gain; of negative infinity, or not a number, if one of the former is
     */
    public static Gain of(double[] better, double[] worse) {
        double mean = 0;
        for (int n = 0; n < better.length; n++) {
            mean += (better[n] - worse[n]) / better.length;
        }
        double squares = 0;
        for (int n = 0; n < better.length; n++) {
            double left = better[n] - worse[n] - mean;
            squares += left * left;
        }
        return new Gain(mean, Math.sqrt(squares / better.length / (better.length - 1)));
    }

    /**
     * Whether it is one beyond its scatter.
     *
     * @return false where there is no telling
     */
    public boolean counts() {
        return mean > error;
    }
}
