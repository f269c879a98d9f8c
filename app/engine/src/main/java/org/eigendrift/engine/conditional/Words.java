package org.eigendrift.engine.conditional;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;

/** Evidence as a user writes it, for messages. */
public final class Words {
    private Words() {}

    /**
     * Evidence in words.
     *
     * @param columns the columns that it is about
     * @param evidence what is known
     * @return its conditions, joined by "and"
     */
    public static String of(List<Column> columns, Evidence evidence) {
        return evidence.conditions().stream()
                .map(condition -> of(columns, condition))
                .collect(Collectors.joining(" and "));
    }

    private static String of(List<Column> columns, Condition condition) {
        if (condition instanceof Condition.Linear linear) {
            return sum(columns, linear.weights()) + range(linear.lower(), linear.upper(), Words::number);
        }
        if (condition instanceof Condition.Equal equal) {
            Column column = columns.get(equal.column());
            return column.name()
                    + (Double.isNaN(equal.value()) ? " is missing" : " = " + Admissible.text(column, equal.value()));
        }
        if (condition instanceof Condition.OneOf one) {
            Column column = columns.get(one.column());
            return Arrays.stream(one.values())
                    .mapToObj(value -> Admissible.text(column, value))
                    .collect(Collectors.joining(", ", column.name() + " in (", ")"));
        }
        Condition.Within within = (Condition.Within) condition;
        Column column = columns.get(within.column());
        double half = column.kind().smooth() ? column.step() / 2 : 0;
        return column.name()
                + range(
                        column.stepped(within.lower() + half),
                        column.stepped(within.upper() - half),
                        value -> Admissible.text(column, value));
    }

    /** How a number is told. */
    @FunctionalInterface
    private interface Text {
        String of(double value);
    }

    private static String range(double lower, double upper, Text text) {
        if (lower == upper) {
            return " = " + text.of(lower);
        }
        boolean below = upper < Double.POSITIVE_INFINITY;
        if (lower > Double.NEGATIVE_INFINITY) {
            return below ? " from " + text.of(lower) + " to " + text.of(upper) : " >= " + text.of(lower);
        }
        return below ? " <= " + text.of(upper) : " is not missing";
    }

    /**
     * A sum of columns.
     *
     * @param columns the columns
     * @param weights one for each
     * @return for example {@code a + 2 b - c}; 0 if all weights are
     */
    public static String sum(List<Column> columns, double[] weights) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] != 0) {
                double size = Math.abs(weights[k]);
                text.append(text.length() == 0 ? (weights[k] < 0 ? "-" : "") : weights[k] < 0 ? " - " : " + ")
                        .append(size == 1 ? "" : number(size) + " ")
                        .append(columns.get(k).name());
            }
        }
        return text.length() == 0 ? "0" : text.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }
}
