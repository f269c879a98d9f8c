package org.eigendrift.targets.tables;

import java.util.List;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.targets.tables.type.ColumnTypes;

/**
 * Whether another plugin's column type reads the cells that it took a column for, and writes what reads as the same number, looked
 * up at distinct cells of the column.
 */
final class TypeCheck {
    /** Cells that are looked up, evenly among all. */
    private static final int CELLS = 256;

    /** Of a value: what is left of its last digits by units and offsets. */
    private static final double SAME = 1e-9;

    private final ColumnType type;
    private final Column column;

    private TypeCheck(ColumnType type, Column column) {
        this.type = type;
        this.column = column;
    }

    /**
     * Looks up a type.
     *
     * @param type the type, of which a column is
     * @param column the column
     * @param cells its distinct cells
     * @throws PluginException if a cell is not read, or what is written for it is not read as the same number
     */
    static void check(ColumnType type, Column column, List<CellStatistics.Value> cells) {
        TypeCheck check = new TypeCheck(type, column);
        if (type.expected(column) == null || type.expected(column).isBlank()) {
            throw check.wrong("says nothing of what a cell should look like");
        }
        int stride = Math.max(1, cells.size() / CELLS);
        double before = Double.NaN;
        for (int k = 0; k < cells.size(); k += stride) {
            double value = check.value(cells.get(k).text());
            check.written(cells.get(k).text(), value);
            if (!Double.isNaN(before) && column.kind().smooth()) {
                check.between(before, value);
            }
            before = value;
        }
    }

    private double value(String cell) {
        double value = type.parse(cell, column);
        if (Double.isNaN(value) || !column.allows(value)) {
            throw wrong("reads '" + cell + "' as " + value + ", though it took it for a value of the column");
        }
        return value;
    }

    private void written(String cell, double value) {
        String text = text(value);
        double back = type.parse(text, column);
        double off = Math.abs(back - value);
        if (column.kind() == Column.Kind.ANGLE) {
            off = Math.abs(Math.IEEEremainder(off, column.upper() - column.lower()));
        }
        if (!(off <= SAME * Math.max(1, Math.abs(value)))) {
            throw wrong("reads '" + cell + "' as " + ColumnTypes.shortest(value) + ", writes that as '" + text
                    + "' and reads this as " + back + "; expected the same number");
        }
    }

    /** Laws draw numbers between those that the format holds. */
    private void between(double one, double other) {
        double value = 0.5 * (one + other);
        String text = text(value);
        if (Double.isNaN(type.parse(text, column))) {
            throw wrong("writes " + value + " as '" + text + "', which it does not read; expected the nearest text");
        }
    }

    private String text(double value) {
        String text = type.format(value, column);
        if (text == null) {
            throw wrong("returned null for the text of " + value);
        }
        return text;
    }

    private PluginException wrong(String what) {
        return new PluginException(type, "of column '" + column.name() + "' " + what);
    }
}
