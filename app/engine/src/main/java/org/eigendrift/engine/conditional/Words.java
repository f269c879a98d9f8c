package org.eigendrift.engine.conditional;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        int[] terms =
                IntStream.range(0, weights.length).filter(k -> weights[k] != 0).toArray();
        return terms.length == 0
                ? "0"
                : sum(
                        IntStream.of(terms).mapToObj(k -> columns.get(k).name()).toList(),
                        IntStream.of(terms).mapToDouble(k -> weights[k]).toArray(),
                        0);
    }

    /**
     * A sum of terms.
     *
     * @param names of the terms, in the order to be told
     * @param factors one for each, none of them 0
     * @param constant what is added; told if it is not 0, or there are no terms
     * @return for example {@code b - 2 a + 0.5}
     */
    public static String sum(List<String> names, double[] factors, double constant) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < factors.length; k++) {
            double size = Math.abs(factors[k]);
            text.append(text.length() == 0 ? (factors[k] < 0 ? "-" : "") : factors[k] < 0 ? " - " : " + ")
                    .append(size == 1 ? "" : number(size) + " ")
                    .append(names.get(k));
        }
        if (text.length() == 0) {
            return number(constant);
        }
        return constant == 0
                ? text.toString()
                : text.append(constant < 0 ? " - " : " + ")
                        .append(number(Math.abs(constant)))
                        .toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }
}
