package org.eigendrift.api.score;

import org.eigendrift.api.Points;

/**
 * A family of densities p_t as samplers see it: p_t = pi f_t, with pi the process's reference. Immutable,
 * thread-safe; what is computed needs work space and comes from an {@link Evaluator}, one for each thread.
 */
public interface ScoreModel {

    /**
     * The process the model belongs to.
     *
     * @return the process
     */
    DiffusionProcess process();

    /**
     * Creates an evaluator.
     *
     * @return an evaluator for the calling thread
     */
    Evaluator evaluator();

    /**
     * Computes the model's fields for batches of points. Times lie in [earliest, horizon] of the process; batches may
     * differ in size from call to call. Not thread-safe.
     */
    interface Evaluator {

        /**
         * The score grad log p_t.
         *
         * @param t forward time
         * @param x points in the domain; not modified
         * @param out receives the score; same shape; modified
         */
        void score(double t, Points x, Points out);

        /**
         * The velocity of the probability flow in sampling direction (dx = v |dt| as t decreases).
         *
         * @param t forward time
         * @param x points in the domain; not modified
         * @param out receives the velocity; same shape; modified
         */
        void velocity(double t, Points x, Points out);

        /**
         * The velocity together with the rate of log f_t along the flow, by which a likelihood is integrated.
         *
         * @param t forward time
         * @param x points in the domain; not modified
         * @param out receives the velocity in sampling direction; same shape; modified
         * @param rate receives d/dt log f_t(x_t) along the flow in <em>forward</em> time; modified
         */
        void velocityAndRate(double t, Points x, Points out, double[] rate);

        /**
         * The log-density relative to the reference, up to a function of t alone.
         *
         * @param t forward time
         * @param x points in the domain; not modified
         * @param out receives h_t = log f_t + const(t); modified
         */
        void logRatio(double t, Points x, double[] out);
    }
}
