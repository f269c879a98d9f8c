package org.eigendrift.engine.selection;

/** How uncertain means of functions are, from their scatter over folds. */
final class MomentErrors {
    private MomentErrors() {}

    /**
     * Standard errors of the means of all rows. A fold of n of N rows deviates from all rows by sigma^2 (1 / n - 1 / N), and
     * all rows from the truth by sigma^2 / N: n / (N - n) times that.
     *
     * @param ofFolds means of each fold; not modified
     * @param foldRows their rows; not modified
     * @param means of all rows; not modified
     * @param rows how many those are
     * @return one error for each function
     */
    static double[] of(double[][] ofFolds, double[] foldRows, double[] means, double rows) {
        double[] errors = new double[means.length];
        for (int a = 0; a < errors.length; a++) {
            double variance = 0;
            for (int f = 0; f < ofFolds.length; f++) {
                double deviation = ofFolds[f][a] - means[a];
                variance += foldRows[f] / (rows - foldRows[f]) * deviation * deviation;
            }
            errors[a] = Math.sqrt(variance / ofFolds.length);
        }
        return errors;
    }
}
