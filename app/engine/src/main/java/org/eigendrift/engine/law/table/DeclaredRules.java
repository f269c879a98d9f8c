package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Nearest;

/**
 * Rules as users write them: {@code start <= end}, {@code total = rent + food}, {@code 1 = red + green + blue},
 * {@code only country + city}.
 */
final class DeclaredRules {
    private static final Pattern ONE = Pattern.compile("\\s*1\\s*=.*");
    private static final Pattern ONLY = Pattern.compile("\\s*only\\s(.*)");
    /** Rows for each combination, on average and at least: of fewer nobody knows which are possible. */
    private static final int REPEATED = 2;

    private final List<Column> columns;
    private final Points rows;

    /**
     * Prepares reading.
     *
     * @param columns the table's columns
     * @param rows the rows, which must keep the rules; not modified
     */
    DeclaredRules(List<Column> columns, Points rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Reads rules.
     *
     * @param texts one a rule
     * @return the rules
     * @throws InputException if one is not of either form, names a column that is not there, or does not hold in all rows
     */
    List<Rule> of(List<String> texts) {
        List<Rule> rules = new ArrayList<>();
        boolean[] made = new boolean[columns.size()];
        for (String text : texts) {
            Rule rule = rule(text);
            for (int own : rule.own()) {
                if (made[own]) {
                    throw InputException.at(
                            "law.rules",
                            "'" + text + "': another rule makes column '"
                                    + columns.get(own).name() + "' already; expected one rule for a column");
                }
                made[own] = true;
            }
            rules.add(rule);
        }
        return inOrder(rules);
    }

    private Rule rule(String text) {
        if (text.contains("<=")) {
            return order(text);
        }
        if (ONLY.matcher(text).matches() && !text.contains("=")) {
            return together(text);
        }
        return ONE.matcher(text).matches() ? oneOf(text) : sum(text);
    }

    private static int[] needed(Rule rule) {
        return rule instanceof Rule.AtMost order
                ? new int[] {order.lower()}
                : rule instanceof Rule.Sum sum ? sum.of() : new int[0];
    }

    private static boolean needs(Rule rule, Rule other) {
        return Arrays.stream(needed(rule))
                .anyMatch(j -> Arrays.stream(other.own()).anyMatch(own -> own == j));
    }

    /** Rules of which each needs columns that are free or made by those before it; sums last. */
    private List<Rule> inOrder(List<Rule> rules) {
        List<Rule> ordered = new ArrayList<>();
        List<Rule> left = new ArrayList<>(rules);
        left.sort(Comparator.comparing(rule -> rule instanceof Rule.Sum));
        while (!left.isEmpty()) {
            Rule next = left.stream()
                    .filter(rule -> left.stream()
                            .noneMatch(other -> other != rule
                                    && (!(rule instanceof Rule.Sum) || other instanceof Rule.Sum)
                                    && needs(rule, other)))
                    .findFirst()
                    .orElseThrow(() -> InputException.at(
                            "law.rules",
                            "'"
                                    + left.get(0).text(columns) + "' and '"
                                    + left.get(left.size() - 1).text(columns)
                                    + "' need each other's columns; expected rules of which one comes first"));
            boolean ofSum = ordered.stream().anyMatch(other -> other instanceof Rule.Sum && needs(next, other));
            if (ofSum) {
                throw InputException.at(
                        "law.rules",
                        "'" + next.text(columns)
                                + "' is about a column that is a sum itself; write it with the terms of that sum");
            }
            boolean joined = rules.stream()
                    .anyMatch(other ->
                            (other instanceof Rule.OneOf || other instanceof Rule.Together) && needs(next, other));
            if (joined) {
                throw InputException.at(
                        "law.rules",
                        "'" + next.text(columns)
                                + "' is about a column that another rule joins to others; write it about other columns");
            }
            ordered.add(next);
            left.remove(next);
        }
        return ordered;
    }

    private Rule order(String text) {
        String[] sides = text.split("<=", -1);
        if (sides.length != 2) {
            throw form(text);
        }
        Rule.AtMost order = new Rule.AtMost(column(sides[0], text), column(sides[1], text));
        if (columns.get(order.lower()).gaps()) {
            throw InputException.at(
                    "law.rules",
                    "'" + text + "': column '" + columns.get(order.lower()).name()
                            + "' has gaps, so rows do not say what lies above it");
        }
        for (int n = 0; n < rows.size(); n++) {
            if (rows.get(order.lower(), n) > rows.get(order.upper(), n)) {
                throw broken(text, n, rows.get(order.upper(), n) + " is less than " + rows.get(order.lower(), n));
            }
        }
        return order;
    }

    /** A group of columns of zeros and ones of which one is 1 in every row, wherever they stand in the table. */
    private Rule oneOf(String text) {
        int[] group = Arrays.stream(text.split("=", 2)[1].split("\\+", -1))
                .mapToInt(term -> column(term, text))
                .sorted()
                .distinct()
                .toArray();
        if (group.length < 2) {
            throw form(text);
        }
        for (int n = 0; n < rows.size(); n++) {
            int ones = 0;
            for (int j : group) {
                double value = rows.get(j, n);
                if (value != 0 && value != 1) {
                    throw broken(text, n, "column '" + columns.get(j).name() + "' is neither 0 nor 1");
                }
                ones += value == 1 ? 1 : 0;
            }
            if (ones != 1) {
                throw broken(text, n, ones + " of them are 1");
            }
        }
        return new Rule.OneOf(group);
    }

    /** No combinations of some columns but those in the rows. */
    private Rule together(String text) {
        Matcher names = ONLY.matcher(text);
        if (!names.matches()) {
            throw form(text);
        }
        int[] group = Arrays.stream(names.group(1).split("\\+", -1))
                .mapToInt(term -> place(term, text))
                .sorted()
                .distinct()
                .toArray();
        if (group.length < 2) {
            throw form(text);
        }
        for (int j : group) {
            Column column = columns.get(j);
            if (!column.kind().levelled() && column.kind() != Column.Kind.INTEGER) {
                throw InputException.at(
                        "law.rules",
                        "'" + text + "': column '" + column.name()
                                + "' has neither levels nor whole numbers, so its combinations are without number");
            }
        }
        double[][] allowed = IntStream.range(0, rows.size())
                .mapToObj(n -> values(rows.row(n), group))
                .distinct()
                .sorted(Comparator.comparing(List::toString))
                .map(values -> values.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
        if (allowed.length * REPEATED > rows.size()) {
            throw InputException.at(
                    "law.rules",
                    "'" + text + "': " + allowed.length + " combinations in " + rows.size()
                            + " rows; expected each twice on average, for of others nobody knows whether they are possible");
        }
        return new Rule.Together(group, allowed);
    }

    private static List<Double> values(double[] row, int[] group) {
        return Arrays.stream(group).mapToObj(j -> row[j] + 0.0).toList();
    }

    private Rule sum(String text) {
        String[] sides = text.split("=", -1);
        if (sides.length != 2) {
            throw form(text);
        }
        int column = column(sides[0], text);
        int[] of = Arrays.stream(sides[1].split("\\+", -1))
                .mapToInt(term -> column(term, text))
                .toArray();
        double[] factors = new double[of.length];
        Arrays.fill(factors, 1);
        Rule.Sum sum = new Rule.Sum(column, of, factors, 0);
        Rules rules = new Rules(columns, List.of(sum));
        for (int n = 0; n < rows.size(); n++) {
            double[] row = rows.row(n);
            if (!rules.keeps(sum, row)) {
                throw broken(text, n, row[column] + " instead of " + sum.value(row));
            }
        }
        return sum;
    }

    private int column(String name, String text) {
        int at = place(name, text);
        Column column = columns.get(at);
        if (column.kind() == Column.Kind.CATEGORY || column.kind() == Column.Kind.ORDERED) {
            throw InputException.at("law.rules", "'" + text + "': column '" + column.name() + "' is no number");
        }
        return at;
    }

    private int place(String name, String text) {
        List<String> names = columns.stream().map(Column::name).toList();
        int at = names.indexOf(name.strip());
        if (at < 0) {
            throw InputException.at(
                    "law.rules",
                    "'" + text + "': no column '" + name.strip() + "'" + Nearest.hint(name.strip(), names));
        }
        return at;
    }

    private static InputException form(String text) {
        return InputException.at(
                "law.rules",
                "'" + text
                        + "': expected 'a <= b', 'total = a + b', '1 = a + b' or 'only a + b', with names of columns");
    }

    private static InputException broken(String text, int row, String how) {
        return InputException.at(
                "law.rules",
                "'" + text + "' does not hold in row " + (row + 1) + ": " + how
                        + "; leave the rule out, or the rows that break it");
    }
}
