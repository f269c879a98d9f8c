package org.eigendrift.api.law;

import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.ScoreModel;

/** A law whose draws a sampler carries along a score model. */
public interface Flowing extends Law {

    /**
     * The score model; of several the one that most draws follow.
     *
     * @return the model, in coordinates of its own
     */
    ScoreModel scoreModel();

    /**
     * Maps points of the score model to the columns.
     *
     * @param z points in the score model's coordinates; not modified
     * @return rows; the caller's own
     */
    Points toData(Points z);

    /**
     * Why not all draws follow {@link #scoreModel}.
     *
     * @return the reason in words, with the setting that avoids it; empty if they do
     */
    Optional<String> otherFlows();

    /**
     * Whether draws along the probability flow have the density of {@link #logDensity}, up to the error of the sampler's
     * steps: importance weights of samples need it.
     *
     * @return false if draws end otherwise, or it is not known
     */
    boolean drawsHaveDensity();
}
