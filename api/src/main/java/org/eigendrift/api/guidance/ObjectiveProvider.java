package org.eigendrift.api.guidance;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of objective, created for the columns of the data.
 *
 * @param <O> options record
 */
public interface ObjectiveProvider<O extends Record> extends Provider<O, List<Column>, Objective> {
    /** The kind of all objectives. */
    Kind<List<Column>, Objective> KIND = new Kind<>("objective", ObjectiveProvider.class);

    /** At a few points, the gradient against differences. */
    @Override
    default Optional<String> fault(List<Column> columns, Objective made) {
        return ObjectiveCheck.fault(columns, made);
    }
}
