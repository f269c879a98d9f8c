package org.eigendrift.engine.selection;

import java.util.Arrays;

/**
 * What an alternative gains on the held-out rows of each fold, with how much folds scatter. Immutable.
 *
 * @param nats the gain on each fold, negative infinity where the alternative could not be had; shared, not to be modified
 */
record FoldGains(double[] nats) {

    /** The mean over folds; negative infinity if the alternative could not be had on one of them. */
    double mean() {
        return Arrays.stream(nats).sum() / nats.length;
    }

    /** The standard error of the mean from its scatter over folds; 0 for one fold, which does not tell. */
    double error() {
        if (nats.length == 1) {
            return 0;
        }
        double mean = mean();
        double squares =
                Arrays.stream(nats).map(gain -> (gain - mean) * (gain - mean)).sum();
        return Math.sqrt(squares / nats.length / (nats.length - 1));
    }

    /** Whether the alternative could be had on all folds. */
    boolean possible() {
        return mean() > Double.NEGATIVE_INFINITY;
    }

    /**
     * Fold by fold, the gain on another alternative. What is common to both, above all that a fold's rows are likelier
     * than another's, does not scatter.
     */
    FoldGains over(FoldGains other) {
        double[] difference = new double[nats.length];
        Arrays.setAll(difference, f -> other.possible() ? nats[f] - other.nats[f] : Double.POSITIVE_INFINITY);
        return possible() ? new FoldGains(difference) : this;
    }

    /**
     * Whether a gain is one: not indifferent, and beyond its scatter.
     *
     * @param indifferent the smallest mean that matters
     */
    boolean counts(double indifferent) {
        double mean = mean();
        return mean >= indifferent && (mean == Double.POSITIVE_INFINITY || mean > error());
    }
}
