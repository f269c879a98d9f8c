package org.eigendrift.api.column;

import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of column type. Its name is what configurations, model files and {@link
 * org.eigendrift.api.data.Column.Format#type()} say. Every type that is found is asked about every column that is not
 * declared, with the options' defaults, so no option may be required.
 *
 * @param <O> options record
 */
public interface ColumnTypeProvider<O extends Record> extends Provider<O, RunContext, ColumnType> {
    /** The kind of all column types. */
    Kind<RunContext, ColumnType> KIND = new Kind<>("column-type", ColumnTypeProvider.class);

    /**
     * Cells of one column of this type, as it writes them: {@code eigendrift plugins check} holds the type to its rules on them.
     *
     * @return texts of several values, no gaps; empty if there are none to show
     */
    default List<String> examples() {
        return List.of();
    }
}
