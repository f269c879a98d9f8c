package org.eigendrift.samplers.guidance;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Figure;

/** What a method does to a score. Belongs to one batch; a steering may keep work space. */
interface Steering {

    /**
     * Changes the score.
     *
     * @param tweedie the unguided model at time and points
     * @param score holds the score of what was guided so far; modified
     */
    void steer(Tweedie tweedie, Points score);

    /** Adds the gradient of {@link #logTwist}, as well as it is known: what it does to the score, unless a steering says so. */
    default void twist(Tweedie tweedie, Points score) {
        steer(tweedie, score);
    }

    /** What it adds to the log-density at an intermediate time. */
    void logTwist(Tweedie tweedie, double[] out);

    /** What it adds to the log-density in the end. */
    void logTarget(Tweedie tweedie, double[] out);

    /**
     * What it adds to products with the Jacobian of what samples follow, its own covariances held fixed: steps of particles take
     * their shape from it. Nothing unless a steering says so.
     *
     * @param tweedie the unguided model at time and points
     * @param direction a direction for each point; not modified
     * @param product the product so far; modified
     */
    default void curve(Tweedie tweedie, Points direction, Points product) {}

    /** Why no sample has a weight, see {@link org.eigendrift.api.guidance.GuidedScoreModel#weightless}. */
    default Optional<String> weightless() {
        return Optional.empty();
    }

    /** What it says of samples, see {@link org.eigendrift.api.guidance.GuidedScoreModel.Evaluator#figures}. */
    default List<Figure> figures(Points x) {
        return List.of();
    }
}
