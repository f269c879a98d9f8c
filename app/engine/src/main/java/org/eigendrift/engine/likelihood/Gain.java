package org.eigendrift.engine.likelihood;

import java.util.List;
import java.util.Locale;
import org.eigendrift.api.law.Decision;

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
     * Whether it is one beyond its scatter; rows that were impossible have none.
     *
     * @return false where there is no telling
     */
    public boolean counts() {
        return mean > error || mean == Double.POSITIVE_INFINITY;
    }

    /**
     * One law by which rows were scored.
     *
     * @param name of the law
     * @param nats log-densities of the rows; shared
     */
    public record Scored(String name, double[] nats) {
        private double mean() {
            return of(nats, new double[nats.length]).mean;
        }
    }

    /**
     * Decides for a law if what it gains over another one counts.
     *
     * @param what is decided
     * @param first which is kept if not
     * @param second by the same rows, in the same units
     * @param reason in words, with places for the gain and its error
     * @return for one of the two
     */
    public static Decision decide(String what, Scored first, Scored second, String reason) {
        Gain gain = of(second.nats, first.nats);
        return new Decision(
                what,
                gain.counts() ? second.name : first.name,
                List.of(
                        Decision.Alternative.of(first.name, first.mean(), 0),
                        Decision.Alternative.of(second.name, second.mean(), gain.error)),
                String.format(Locale.ROOT, reason, gain.mean, gain.error));
    }
}
