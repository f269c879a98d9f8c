package org.eigendrift.targets.tables.type;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.data.Column;

/** All column types there are: the built-in ones, and those of other plugins. */
public final class ColumnTypes {
    private static final List<BuiltInType> TYPES = List.of(
            new Booleans(),
            new Categories(),
            new DateTimes(),
            new Dates(),
            new Identifiers(),
            new Integers(),
            new Numbers(),
            new OrderedLevels(),
            new Times());

    /** Of columns that no type was found for, and of numbers. */
    private static final Set<String> BARE = Set.of("", "integer", "number");

    private ColumnTypes() {}

    /**
     * All types by name.
     *
     * @param context gives those of plugins
     * @return an unmodifiable map, sorted by name
     */
    public static Map<String, ColumnType> and(RunContext context) {
        Map<String, ColumnType> types = new TreeMap<>(context.services().all(ColumnType.class));
        for (BuiltInType type : TYPES) {
            types.putIfAbsent(type.name(), type);
        }
        return Collections.unmodifiableMap(types);
    }

    /**
     * Whether a type is another plugin's.
     *
     * @param type a type, or null
     * @return whether there is one that is not built in
     */
    public static boolean ofOthers(ColumnType type) {
        return type != null && !(type instanceof BuiltInType);
    }

    /**
     * Whether cells in a format are numbers as programs write them, which a reader of numbers takes without the column's type. Of
     * another plugin's type nobody but the type knows.
     *
     * @param format a column's format
     * @return whether they are
     */
    public static boolean bare(Column.Format format) {
        return BARE.contains(format.type())
                && NumberPattern.of(format.pattern())
                        .filter(NumberPattern::bare)
                        .isPresent();
    }

    /**
     * A number as text: without a fraction if it is whole, otherwise the shortest that reads back as the same double.
     *
     * @param value a finite number
     * @return the text
     */
    public static String shortest(double value) {
        return value == Math.rint(value) && Math.abs(value) < NumberDetector.EXACT
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /**
     * Whether a text is a decimal number as programs write it: no hexadecimal, no marks between thousands, no infinity.
     *
     * @param text a cell, stripped
     * @return whether it is one
     */
    public static boolean isNumber(String text) {
        return NumberStyle.plain(text, '.');
    }

    /**
     * What stands beside the number of a cell, be it written with marks.
     *
     * @param text a cell, stripped
     * @return empty if the cell is no number; of a number alone two empty texts, otherwise what is in front of it and what is behind
     */
    public static Optional<List<String>> beside(String text) {
        NumberUnit unit = NumberUnit.of(text);
        String number = unit.number(text);
        return NumberStyle.ALL.stream().anyMatch(style -> style.reads(number))
                ? Optional.of(unit.signs())
                : Optional.empty();
    }
}
