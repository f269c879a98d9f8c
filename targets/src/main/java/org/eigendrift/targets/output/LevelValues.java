package org.eigendrift.targets.output;

import java.util.List;
import org.eigendrift.api.data.Column;
import org.eigendrift.targets.tables.type.ColumnTypes;

/** The numbers of levels, for files that hold numbers alone. */
final class LevelValues {
    private LevelValues() {}

    /**
     * The numbers that a column's levels are.
     *
     * @param column a column
     * @return a number for each level, empty if they are no numbers
     */
    static double[] of(Column column) {
        List<String> levels = column.levels();
        return levels.stream().allMatch(ColumnTypes::isNumber)
                ? levels.stream().mapToDouble(Double::parseDouble).toArray()
                : new double[0];
    }

    /**
     * A cell's number.
     *
     * @param values numbers of the levels, or none
     * @param code what codes the cell
     * @return the level's number, or the code where there is none
     */
    static double value(double[] values, double code) {
        return code >= 0 && code < values.length ? values[(int) code] : code;
    }
}
