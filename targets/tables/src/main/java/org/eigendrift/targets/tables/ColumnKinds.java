package org.eigendrift.targets.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Nearest;

/**
 * What the columns of a file were declared to hold; columns that are not declared hold real numbers.
 *
 * @param angles names of columns of angles
 * @param angleUnit unit of the angles
 * @param angleFrom where the angles' period begins
 * @param positive names of columns of positive numbers
 * @param bounded one list [name, lower, upper] for each bounded column
 */
public record ColumnKinds(
        List<String> angles, AngleUnit angleUnit, double angleFrom, List<String> positive, List<List<String>> bounded) {

    /**
     * Checks where the period begins.
     *
     * @param angles names of columns of angles
     * @param angleUnit unit of the angles
     * @param angleFrom where the angles' period begins
     * @param positive names of columns of positive numbers
     * @param bounded one list [name, lower, upper] for each bounded column
     * @throws InputException if it is not finite
     */
    public ColumnKinds {
        if (!Double.isFinite(angleFrom)) {
            throw new InputException("angle_from: expected a finite number, found " + angleFrom);
        }
    }

    /** Every column holds real numbers. */
    public static final ColumnKinds REAL = new ColumnKinds(List.of(), AngleUnit.RADIANS, 0, List.of(), List.of());

    /**
     * Gives columns their kinds.
     *
     * @param names the columns that are read, in their order
     * @param file the file, for messages
     * @return one column for each name
     * @throws InputException if a declared column is not read, is declared twice, or has bounds that are none
     */
    public List<Column> of(List<String> names, String file) {
        List<Column> columns = new ArrayList<>(names.stream().map(Column::real).toList());
        for (String name : angles) {
            declare(columns, names, Column.angle(name, angleFrom, angleFrom + angleUnit.turn()), file);
        }
        for (String name : positive) {
            declare(columns, names, Column.positive(name), file);
        }
        for (List<String> entry : bounded) {
            declare(columns, names, bounded(entry), file);
        }
        return List.copyOf(columns);
    }

    /**
     * Whether a column's kind was declared.
     *
     * @param name the column
     * @return whether it is among the declared ones
     */
    boolean declares(String name) {
        return angles.contains(name)
                || positive.contains(name)
                || bounded.stream()
                        .anyMatch(entry -> !entry.isEmpty() && entry.get(0).equals(name));
    }

    private static void declare(List<Column> columns, List<String> names, Column column, String file) {
        int at = names.indexOf(column.name());
        if (at < 0) {
            throw new InputException(file + ": '" + column.name() + "' is declared " + word(column.kind())
                    + " but is not among the columns read" + Nearest.hint(column.name(), names));
        }
        Column.Kind before = columns.get(at).kind();
        if (before != Column.Kind.REAL) {
            throw InputException.at(
                    Address.of(file).in(column.name()),
                    "declared both " + word(before) + " and " + word(column.kind()) + "; keep one");
        }
        columns.set(at, column);
    }

    private static String word(Column.Kind kind) {
        return kind == Column.Kind.ANGLE ? "an angle" : kind == Column.Kind.POSITIVE ? "positive" : "bounded";
    }

    private static Column bounded(List<String> entry) {
        try {
            if (entry.size() == 3) {
                double lower = Double.parseDouble(entry.get(1));
                double upper = Double.parseDouble(entry.get(2));
                if (lower < upper && Double.isFinite(lower) && Double.isFinite(upper)) {
                    return Column.bounded(entry.get(0), lower, upper);
                }
            }
        } catch (NumberFormatException e) {
            throw new InputException("bounded: " + EXPECTED_BOUNDS + ", found " + entry, e);
        }
        throw new InputException("bounded: " + EXPECTED_BOUNDS + ", found " + entry);
    }

    private static final String EXPECTED_BOUNDS = "expected [name, lower, upper] with lower < upper";

    /**
     * Checks a value of a column, and brings an angle into its period.
     *
     * @param column the column
     * @param value what the file has
     * @param row where it stands, for messages
     * @return the value to be used
     * @throws InputException if the value is not finite or not of the column's kind
     */
    static double check(Column column, double value, Address row) {
        if (!Double.isFinite(value)) {
            throw wrong(column, value, "a finite number", row);
        }
        switch (column.kind()) {
            case ANGLE -> {
                return wrap(column, value);
            }
            case POSITIVE -> {
                if (!(value > 0)) {
                    throw wrong(column, value, "a number above 0, as it is declared positive", row);
                }
            }
            case BOUNDED -> {
                if (!(value >= column.lower() && value <= column.upper())) {
                    String range = "a number in [" + column.lower() + ", " + column.upper() + "]";
                    throw wrong(column, value, range + ", as it is declared bounded", row);
                }
            }
            case REAL -> {}
            default -> {
                if (!column.allows(value)) {
                    String range = "a value from " + column.lower() + " to " + column.upper();
                    throw wrong(column, value, range, row);
                }
            }
        }
        return value;
    }

    private static double wrap(Column column, double value) {
        if (value >= column.lower() && value < column.upper()) {
            return value;
        }
        double turn = column.upper() - column.lower();
        double wrapped = value - turn * Math.floor((value - column.lower()) / turn);
        // Rounding can carry a value just below the period's beginning to its end, which is the same place.
        return wrapped >= column.lower() && wrapped < column.upper() ? wrapped : column.lower();
    }

    private static InputException wrong(Column column, double value, String expected, Address row) {
        return InputException.at(row.in(column.name()), "found " + value + ", expected " + expected);
    }

    /**
     * Finds the columns that were asked for.
     *
     * @param wanted names, or empty for all
     * @param header all names of the file, in its order
     * @param file the file, for messages
     * @return the place of each wanted column in the header
     * @throws InputException if a name is unknown, asked for twice, or stands twice in the header
     */
    public static int[] select(List<String> wanted, List<String> header, String file) {
        Map<String, Integer> at = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (int j = 0; j < header.size(); j++) {
            if (at.putIfAbsent(header.get(j), j) != null) {
                twice.add(header.get(j));
            }
        }
        List<String> names = wanted.isEmpty() ? header : wanted;
        Set<String> seen = new HashSet<>();
        int[] places = new int[names.size()];
        for (int j = 0; j < places.length; j++) {
            String name = names.get(j);
            if (!at.containsKey(name)) {
                throw new InputException(file + ": there is no column '" + name + "'" + Nearest.hint(name, header));
            }
            if (twice.contains(name)) {
                throw new InputException(file + ": two columns are named '" + name + "'; rename one of them");
            }
            if (!seen.add(name)) {
                throw new InputException(file + ": column '" + name + "' is asked for twice");
            }
            places[j] = at.get(name);
        }
        return places;
    }
}
