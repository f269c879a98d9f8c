package org.eigendrift.engine.comparison;

import java.util.Optional;
import org.eigendrift.api.CounterRandom;

/**
 * The reusable hold-out: Thresholdout (Dwork, Feldman, Hardt, Pitassi, Reingold, Roth, "The reusable holdout: preserving validity in
 * adaptive data analysis", Science 349, 636, 2015, and "Generalization in adaptive data analysis and holdout reuse", NeurIPS 2015,
 * algorithm 1). Who chooses among many models by their held-out figures fits the held-out rows in the end; here a question, the mean
 * of a function of rows, is answered by the training rows' mean as long as the held-out rows' mean is near it, and otherwise by
 * the held-out rows' mean with noise, of which there are only so many answers:
 *
 * <pre>
 *     T = threshold + Lap(2 sigma), drawn anew after each answer from the held-out rows
 *     if |held-out - training| &gt; T + Lap(4 sigma):  answer held-out + Lap(sigma), and one answer fewer is left
 *     else:                                        answer training
 * </pre>
 *
 * The noise depends on the seed and on the questions asked before, nothing else. Not thread-safe.
 */
public final class Thresholdout {
    private final double threshold;
    private final double sigma;
    private final CounterRandom random;
    private int budget;
    private long asked;
    private double current;

    /** Where an answer comes from. */
    public enum Source {
        /** The training rows' mean, which the held-out rows bear out. */
        TRAINING,
        /** The held-out rows' mean, with noise. */
        HELDOUT
    }

    /**
     * An answer.
     *
     * @param value the mean
     * @param source where it comes from
     */
    public record Answer(double value, Source source) {}

    /**
     * A hold-out that nobody has asked yet.
     *
     * @param threshold difference of the means up to which training rows answer, above 0
     * @param sigma scale of the noise, above 0; the authors use a quarter of the threshold
     * @param budget answers that may come from the held-out rows, at least 1
     * @param random random numbers
     * @throws IllegalArgumentException if a number is not as it should be
     */
    public Thresholdout(double threshold, double sigma, int budget, CounterRandom random) {
        if (!(threshold > 0) || !(sigma > 0) || budget < 1) {
            throw new IllegalArgumentException(
                    "threshold " + threshold + ", sigma " + sigma + ", budget " + budget + "; all must be positive");
        }
        this.threshold = threshold;
        this.sigma = sigma;
        this.budget = budget;
        this.random = random;
        this.current = threshold + laplace(2 * sigma, 0);
    }

    /**
     * Asks for the mean of a function.
     *
     * @param training its mean over the training rows
     * @param heldout its mean over the held-out rows
     * @return the answer; empty if no answer is left
     */
    public Optional<Answer> ask(double training, double heldout) {
        if (budget == 0) {
            return Optional.empty();
        }
        asked++;
        if (!(Math.abs(heldout - training) > current + laplace(4 * sigma, 1))) {
            return Optional.of(new Answer(training, Source.TRAINING));
        }
        budget--;
        current = threshold + laplace(2 * sigma, 0);
        return Optional.of(new Answer(heldout + laplace(sigma, 2), Source.HELDOUT));
    }

    /**
     * Answers left.
     *
     * @return how many may still come from the held-out rows
     */
    public int budget() {
        return budget;
    }

    /** A draw of the Laplace law by its quantile function; one for each question and use. */
    private double laplace(double scale, int use) {
        double u = random.uniform(asked, use) - 0.5;
        return -Math.copySign(scale, u) * Math.log1p(-2 * Math.abs(u));
    }
}
