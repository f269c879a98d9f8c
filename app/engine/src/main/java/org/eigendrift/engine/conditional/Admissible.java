package org.eigendrift.engine.conditional;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;

/** What evidence leaves of each column: refuses what names no column, lies where a column cannot be, or contradicts itself. */
public final class Admissible {
    private final List<Column> columns;
    private final double[] lower;
    private final double[] upper;
    private final double[][] values;

    private Admissible(List<Column> columns) {
        this.columns = columns;
        this.lower = columns.stream().mapToDouble(c -> c.bounds().lower()).toArray();
        this.upper = columns.stream().mapToDouble(c -> c.bounds().upper()).toArray();
        this.values = new double[columns.size()][];
    }

    /**
     * Checks evidence.
     *
     * @param columns the columns of the law
     * @param evidence what is known of its rows
     * @throws InputException if no row of these columns agrees with conditions of single columns, or a condition names no column
     */
    public static void require(List<Column> columns, Evidence evidence) {
        Admissible room = new Admissible(columns);
        for (Condition condition : evidence.conditions()) {
            if (condition instanceof Condition.Equal equal) {
                room.among(equal.column(), equal.value());
            } else if (condition instanceof Condition.OneOf one) {
                room.among(one.column(), one.values());
            } else if (condition instanceof Condition.Within within) {
                room.within(within);
            } else if (condition instanceof Condition.Linear linear) {
                room.linear(linear);
            }
        }
    }

    private Column column(int number) {
        if (number < 0 || number >= columns.size()) {
            throw new InputException("evidence about column " + number + " of a table of " + columns.size()
                    + " columns, expected 0 to " + (columns.size() - 1));
        }
        return columns.get(number);
    }

    private void among(int number, double... some) {
        Column column = column(number);
        for (double value : some) {
            if (!column.allows(value)) {
                throw Double.isNaN(value) ? noGaps(column) : outside(column, text(column, value));
            }
        }
        double[] left = some;
        if (values[number] != null) {
            left = Arrays.stream(some)
                    .filter(v -> Arrays.stream(values[number]).anyMatch(w -> same(v, w)))
                    .toArray();
        }
        if (!Double.isNaN(some[0]) && column.kind() != Column.Kind.ANGLE) {
            left = Arrays.stream(left)
                    .filter(v -> v >= lower[number] && v <= upper[number]
                            || column.atoms().contains(v))
                    .toArray();
        }
        if (left.length == 0) {
            throw contradiction(column, texts(column, some), left(column, number));
        }
        values[number] = left;
    }

    private static boolean same(double a, double b) {
        return a == b || Double.isNaN(a) && Double.isNaN(b);
    }

    private void within(Condition.Within within) {
        Column column = column(within.column());
        // Rounded numbers of a density come from half a step around them.
        double half = column.kind().smooth() ? column.step() / 2 : 0;
        String range = "from " + text(column, column.stepped(within.lower() + half)) + " to "
                + text(column, column.stepped(within.upper() - half));
        if (!(within.lower() <= within.upper())) {
            throw InputException.at(Address.ofColumn(column.name()), "a range " + range + " is empty");
        }
        int number = within.column();
        String before = left(column, number);
        boolean angle = column.kind() == Column.Kind.ANGLE;
        if (within.lower() > column.bounds().upper()
                || within.upper() < column.bounds().lower()
                || angle && within.lower() == column.upper()) {
            throw outside(column, range);
        }
        lower[number] = Math.max(lower[number], within.lower());
        upper[number] = Math.min(upper[number], within.upper());
        if (values[number] != null) {
            values[number] = Arrays.stream(values[number])
                    .filter(v -> v >= within.lower() && v <= within.upper())
                    .toArray();
        }
        if (lower[number] > upper[number] || values[number] != null && values[number].length == 0) {
            throw contradiction(column, range, before);
        }
    }

    private void linear(Condition.Linear linear) {
        if (linear.weights().length != columns.size()) {
            throw new InputException("a linear condition with " + linear.weights().length + " weights for "
                    + columns.size() + " columns");
        }
        if (!(linear.lower() <= linear.upper())) {
            throw new InputException("a sum of columns from " + linear.lower() + " to " + linear.upper() + " is empty");
        }
        for (int i = 0; i < columns.size(); i++) {
            Column.Kind kind = columns.get(i).kind();
            if (linear.weights()[i] != 0 && kind.levelled() && kind != Column.Kind.BOOLEAN) {
                throw new InputException("column '" + columns.get(i).name()
                        + "' is one of levels, which have no sum; expected a condition of its own");
            }
        }
    }

    private static InputException noGaps(Column column) {
        return InputException.at(
                Address.ofColumn(column.name()), "found a gap, and every row of the model has a value there");
    }

    private static InputException outside(Column column, String found) {
        String expected = column.kind().levelled()
                ? "one of " + column.levels()
                : "a " + (column.whole() ? "whole number" : "value") + span(column);
        return InputException.at(Address.ofColumn(column.name()), "found " + found + ", expected " + expected);
    }

    private static String span(Column column) {
        // The period of rounded angles begins half a step before the first of them.
        double begins = column.kind() == Column.Kind.ANGLE ? column.step() / 2 : 0;
        Column.Span bounds = column.bounds();
        if (bounds.equals(Column.Span.EVERYWHERE)) {
            return " that is finite";
        }
        String least = text(column, bounds.lower() + begins);
        return bounds.upper() == Double.POSITIVE_INFINITY
                ? (column.kind() == Column.Kind.POSITIVE ? " above " : " of at least ") + least
                : " from " + least + " to " + text(column, bounds.upper() - begins);
    }

    /** What the conditions so far leave of a column. */
    private String left(Column column, int number) {
        return values[number] != null
                ? texts(column, values[number])
                : "from " + text(column, lower[number]) + " to " + text(column, upper[number]);
    }

    private static InputException contradiction(Column column, String found, String before) {
        return InputException.at(
                Address.ofColumn(column.name()),
                "the conditions contradict each other: no value agrees with all of them ("
                        + (before.equals(found) ? found : found + ", and others leave " + before) + ")");
    }

    private static String texts(Column column, double[] some) {
        return String.join(
                ", ", Arrays.stream(some).mapToObj(v -> text(column, v)).toList());
    }

    /**
     * A value in words.
     *
     * @param column its column
     * @param value a number that codes it, or an infinite one
     * @return levels and moments in quotes, as conditions have them
     */
    public static String text(Column column, double value) {
        if (column.kind().levelled() && value >= 0 && value < column.levels().size() && value == Math.rint(value)) {
            return "'" + column.levels().get((int) value) + "'";
        }
        // Beyond, calendars have no days.
        if (Math.abs(value) < 1e11 && column.moment().isPresent()) {
            return "'" + moment(column.moment().get(), value) + "'";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }

    private static Object moment(Column.Kind kind, double value) {
        long whole = (long) Math.floor(value);
        return switch (kind) {
            case DATE -> LocalDate.ofEpochDay(whole);
            case TIME -> LocalTime.ofSecondOfDay(Math.floorMod(whole, 86_400L));
            default -> LocalDateTime.ofEpochSecond(whole, 0, ZoneOffset.UTC);
        };
    }
}
