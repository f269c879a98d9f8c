package org.eigendrift.api.target;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;

/** What is to be modelled. Thread-safe. */
public interface Target {

    /**
     * The rows to fit.
     *
     * @return the training rows
     */
    Dataset train();

    /**
     * Rows kept apart, with the same columns.
     *
     * @return the held-out rows, or empty if none were asked for
     */
    Optional<Dataset> heldout();

    /**
     * The exact density, where it is known.
     *
     * @return normalised log-density, or empty
     */
    default Optional<LogDensity> density() {
        return Optional.empty();
    }

    /**
     * The potential, for Boltzmann distributions.
     *
     * @return the potential, or empty
     */
    default Optional<Potential> potential() {
        return Optional.empty();
    }

    /**
     * The exact score model under a process, where it is known: samplers are then tested apart from estimation.
     *
     * @param process an affine process of as many coordinates
     * @return the model, or empty
     */
    default Optional<ScoreModel> exact(AffineProcess process) {
        return Optional.empty();
    }

    /**
     * What the columns of a file were taken for, those that are left out among them.
     *
     * @return one finding a column of the file, in its order; empty for targets that are no files, and where nothing was detected
     */
    default List<Finding> findings() {
        return List.of();
    }

    /**
     * What a reader of the report should know: rows dropped, R-hat above its limit.
     *
     * @return sentences, usually none; complete once the rows have been read
     */
    default List<String> remarks() {
        return List.of();
    }
}
