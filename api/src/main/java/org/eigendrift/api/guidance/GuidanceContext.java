package org.eigendrift.api.guidance;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.score.ScoreModel;

/**
 * What guidance is created from.
 *
 * @param columns the columns of the data, in which operators and objectives are written
 * @param data maps the model's coordinates to the data's, empty if they are the same
 * @param others further models on the same process, for guidance that combines models
 * @param run the run
 */
public record GuidanceContext(List<Column> columns, Optional<Operator> data, List<ScoreModel> others, RunContext run) {

    /**
     * Takes copies of the lists.
     *
     * @param columns the columns of the data
     * @param data maps the model's coordinates to the data's
     * @param others further models
     * @param run the run
     */
    public GuidanceContext {
        columns = List.copyOf(columns);
        others = List.copyOf(others);
    }

    /**
     * The context of a model in the data's own coordinates, alone.
     *
     * @param columns the columns of the data
     * @param run the run
     */
    public GuidanceContext(List<Column> columns, RunContext run) {
        this(columns, Optional.empty(), List.of(), run);
    }
}
