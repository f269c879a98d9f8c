package org.eigendrift.api.guidance;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.score.ScoreModel;

/**
 * A score model and what steers it. Its scores are those that samplers follow; they need not be the gradient of any density.
 * What samples should follow in the end is p(x) exp(target(x)), with p the {@link #base() unguided} law at the earliest time;
 * particles approach it along p_t(x) exp(twist_t(x)).
 */
public interface GuidedScoreModel extends ScoreModel {

    /**
     * The model without guidance.
     *
     * @return the innermost model
     */
    ScoreModel base();

    /**
     * Whether the law that samples should follow is in proportion to p, so that a constant of p is one of the law's too.
     *
     * @return false for powers and products of densities
     */
    default boolean proportional() {
        return true;
    }

    /**
     * Why no sample of the law has a weight, so that particles cannot be weighed, as those of an observation without noise.
     *
     * @return the reason in words for the user; empty if there is none
     */
    default Optional<String> weightless() {
        return Optional.empty();
    }

    @Override
    Evaluator evaluator();

    /** Fields of the guided model; {@code logRatio} is that of p_t exp(twist_t). Not thread-safe. */
    interface Evaluator extends ScoreModel.Evaluator {

        /**
         * What guidance adds to the log-density at an intermediate time.
         *
         * @param t forward time
         * @param x points in the domain; not modified
         * @param out receives twist_t(x), up to a function of t alone; modified
         */
        void logTwist(double t, Points x, double[] out);

        /**
         * What the observation or objective adds to the log-density in the end, whatever method steers.
         *
         * @param x points in the domain; not modified
         * @param out receives the log-likelihood or reward; modified
         */
        void logTarget(Points x, double[] out);

        /**
         * The gradient of log p_t + twist_t, as well as it is known: what steps of particles should follow, whatever samplers do. How
         * far the score is from it is what guidance costs particles.
         *
         * @param t forward time
         * @param x points in the domain; not modified
         * @param out receives the gradient; modified
         */
        default void twistedScore(double t, Points x, Points out) {
            score(t, x, out);
        }

        /**
         * The noise of particles' steps, as a share of the process's. The noised laws' power p_t^b is, where p is Gaussian, what noise of
         * variance sigma^2 / b makes of p^b, and not what the process's own does.
         *
         * @return variance over the process's, above 0; 1 unless laws are powers
         */
        default double noise() {
            return 1;
        }

        /**
         * Products of the score's Jacobian with directions, as well as it is known: steps take their covariance from it.
         *
         * @param t forward time
         * @param x points in the domain; not modified
         * @param direction a direction for each point; not modified
         * @param out receives the products; modified
         * @return false if nothing is known of it, and nothing was written
         */
        default boolean bend(double t, Points x, Points direction, Points out) {
            return false;
        }

        /**
         * What the observation or objective says of samples: how well they meet it.
         *
         * @param x samples in the model's coordinates; not modified
         * @return figures of the group {@code guidance}, none if there is nothing to say
         */
        default List<Figure> figures(Points x) {
            return List.of();
        }
    }
}
