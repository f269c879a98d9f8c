package org.eigendrift.api.guidance;

import java.util.List;
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
}
