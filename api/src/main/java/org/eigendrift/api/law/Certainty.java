package org.eigendrift.api.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a law given evidence can be trusted.
 *
 * @param logProbability logarithm of the evidence's probability under the joint law, in nats; a log-density in the columns
 *     whose values the evidence names and in the sums that it fixes
 * @param error its standard error, or the error of its integration
 * @param effectiveSampleSize how many independent draws the answer rests on; infinite where it is exact, or draws are made
 *     afresh
 * @param rHat how much wider all draws are spread than those of one group of ancestors (Gelman and Rubin's figure): 1 if the
 *     groups agree or the answer is exact, infinite if groups cannot be compared
 */
public record Certainty(double logProbability, double error, double effectiveSampleSize, double rHat) {
    /** Below so many effective draws an answer is said to be rough. */
    public static final double FEW = 100;

    /** Groups that differ by more have not found the same law. */
    public static final double APART = 1.05;

    /**
     * Of an answer that rests on no draws.
     *
     * @param logProbability of the evidence
     * @param error of it
     * @return the certainty
     */
    public static Certainty exact(double logProbability, double error) {
        return new Certainty(logProbability, error, Double.POSITIVE_INFINITY, 1);
    }

    /**
     * What a user must know.
     *
     * @return sentences; empty if the answer can be trusted
     */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (effectiveSampleSize < FEW) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "the answer rests on %.0f effective draws, fewer than %.0f: take its figures as rough",
                    effectiveSampleSize,
                    FEW));
        }
        if (rHat == Double.POSITIVE_INFINITY) {
            remarks.add(
                    "R-hat is infinite: nearly all draws descend from one of several groups, or none moved; parts of the answer may be missing");
        } else if (!(rHat <= APART)) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "R-hat is %.3g, above %.3g: groups of draws found different parts of the answer",
                    rHat,
                    APART));
        }
        return remarks;
    }
}
