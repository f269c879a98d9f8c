package org.eigendrift.api.score;

import java.util.List;
import org.eigendrift.api.Points;

/**
 * A score model that knows the Hessian of log p_t, not as a matrix but as what it does to directions. For an affine process
 * that is the denoiser's Jacobian and the covariance of data given noise: with E[x_0 | x] = (x + sigma^2 s) / alpha,
 *
 * <pre>
 * d E[x_0 | x] / dx = (I + sigma^2 H) / alpha        Cov[x_0 | x] = (sigma^2 / alpha^2) (I + sigma^2 H)
 * </pre>
 */
public interface CurvedScoreModel extends ScoreModel {

    @Override
    Evaluator evaluator();

    /** Fields and their curvature. Not thread-safe. */
    interface Evaluator extends ScoreModel.Evaluator {

        /**
         * Products of the Hessian of log p_t with directions.
         *
         * @param t forward time
         * @param x points in the domain; not modified
         * @param directions batches of the shape of {@code x}, a direction for each point; not modified
         * @param out receives H v for each batch of directions, in batches of their own; modified
         */
        void curvature(double t, Points x, List<Points> directions, List<Points> out);

        /**
         * Whether the Hessian is the same at all points of a time, as that of a Gaussian is: what is computed from it then serves a
         * whole batch.
         *
         * @return true if so, for every time
         */
        default boolean uniform() {
            return false;
        }
    }
}
