package org.eigendrift.api.guidance;

import org.eigendrift.api.Points;
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
    }
}
