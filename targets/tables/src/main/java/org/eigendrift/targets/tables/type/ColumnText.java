package org.eigendrift.targets.tables.type;

import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.PluginException;

/** The cells of one column as text. Thread-safe. */
public final class ColumnText {
    private final Column column;
    private final ColumnType type;

    /**
     * The texts of a column.
     *
     * @param column the column; one without a type is written in full precision
     * @param types column types by name
     * @throws InputException if the column's type is not there
     */
    public ColumnText(Column column, Map<String, ColumnType> types) {
        this.column = column;
        String name = column.format().type();
        this.type = types.get(name);
        if (type == null && !name.isEmpty()) {
            throw new InputException("column '" + column.name() + "' is written by the column type '" + name
                    + "', which is not there; name the folder of its plugin with --plugins");
        }
    }

    /**
     * The text of a value.
     *
     * @param value a number that codes it, NaN for a gap
     * @return the cell
     * @throws PluginException if the column's type has none
     */
    public String of(double value) {
        if (Double.isNaN(value) && (type != null || column.gaps())) {
            return column.format().gap();
        }
        if (type == null) {
            return Double.toString(value);
        }
        String text = type.format(value, column);
        if (text == null) {
            throw new PluginException(
                    type, "returned null for the text of " + value + " in column '" + column.name() + "'");
        }
        return text;
    }
}
