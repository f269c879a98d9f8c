package org.eigendrift.targets;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Potential;

/** A law with an exact density from which independent rows are drawn exactly. Thread-safe. */
public interface KnownLaw extends LogDensity {

    /**
     * The columns of a row.
     *
     * @return one for each coordinate
     */
    List<Column> columns();

    /**
     * Draws rows; row n depends on the generator and on n alone.
     *
     * @param random random numbers, with the row's number as stream
     * @param first number of the first row
     * @param count rows to draw, at most {@code out.size()}
     * @param out receives the rows as points 0 to {@code count - 1}; modified
     */
    void draw(CounterRandom random, long first, int count, Points out);

    /**
     * The law as a Boltzmann distribution.
     *
     * @return its potential, or empty if it has no gradient everywhere
     */
    default Optional<Potential> potential() {
        return Optional.empty();
    }

    /**
     * The law's exact score model under a process.
     *
     * @param process an affine process of as many coordinates
     * @return the model, or empty if it has no closed form
     */
    default Optional<ScoreModel> exact(AffineProcess process) {
        return Optional.empty();
    }
}
