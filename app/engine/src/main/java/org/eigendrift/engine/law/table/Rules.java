package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;

/**
 * What holds in all rows of a table, and rows of a law beneath that has no more columns than are free: one category in place of
 * columns of which exactly one is 1 or that have few combinations, no column that is a sum of others, a difference of at least 0 in place of a column that is at
 * least another. Every row that is made of one beneath keeps all rules. Immutable.
 */
final class Rules {
    private final List<Column> columns;
    private final List<Rule> rules;
    /** Of each column beneath the table's column in whose place it stands. */
    private final int[] places;

    private final List<Column> beneath;

    /**
     * Rules of a table.
     *
     * @param columns the table's columns
     * @param rules what holds
     */
    Rules(List<Column> columns, List<Rule> rules) {
        this.columns = List.copyOf(columns);
        this.rules = List.copyOf(rules);
        boolean[] made = new boolean[columns.size()];
        rules.forEach(rule -> Arrays.stream(rule.made()).forEach(j -> made[j] = true));
        this.places = IntStream.range(0, made.length).filter(j -> !made[j]).toArray();
        this.beneath = Arrays.stream(places).mapToObj(this::beneath).toList();
    }

    private Column beneath(int j) {
        for (Rule rule : rules) {
            if (rule instanceof Rule.OneOf one && one.columns()[0] == j) {
                return Column.category(
                        columns.get(j).name(),
                        Arrays.stream(one.columns())
                                .mapToObj(i -> columns.get(i).name())
                                .toList());
            }
            if (rule instanceof Rule.Together together && together.columns()[0] == j) {
                return Column.category(
                        columns.get(j).name(),
                        IntStream.range(0, together.allowed().length)
                                .mapToObj(Integer::toString)
                                .toList());
            }
            if (rule instanceof Rule.AtMost order && order.upper() == j) {
                Column lower = columns.get(order.lower());
                Column upper = columns.get(j);
                double step = lower.step() == upper.step() ? lower.step() : 0;
                boolean whole = lower.kind() == Column.Kind.INTEGER && upper.kind() == Column.Kind.INTEGER;
                Column difference = whole
                        ? Column.integer(upper.name(), 0, Double.POSITIVE_INFINITY)
                        : Column.nonNegative(upper.name());
                return difference.withStep(step).withGaps(upper.gaps());
            }
        }
        return columns.get(j);
    }

    List<Rule> all() {
        return rules;
    }

    List<Column> columns() {
        return columns;
    }

    /** The columns of the law beneath. */
    List<Column> beneath() {
        return beneath;
    }

    /** What holds, in words. */
    List<String> texts() {
        return rules.stream().map(rule -> rule.text(columns)).toList();
    }

    /** Rows beneath those of a table that keeps all rules. */
    Points beneath(Points rows) {
        Points out = Points.zeros(places.length, rows.size());
        for (int n = 0; n < rows.size(); n++) {
            double[] row = rows.row(n);
            double[] below = new double[places.length];
            weigh(row, below);
            for (int k = 0; k < below.length; k++) {
                out.set(k, n, below[k]);
            }
        }
        return out;
    }

    /**
     * The row beneath one of the table, and what the rules say of the latter.
     *
     * @param row of the table; a gap that a sum tells is filled; modified
     * @param below receives the row beneath; modified
     * @return nats to be added to those of the row beneath
     */
    double weigh(double[] row, double[] below) {
        double nats = 0;
        for (Rule rule : rules) {
            nats += rule instanceof Rule.Sum sum ? summed(sum, row) : 0;
        }
        for (int k = 0; k < places.length; k++) {
            below[k] = row[places[k]];
        }
        for (Rule rule : rules) {
            if (rule instanceof Rule.AtMost order) {
                below[place(order.upper())] = difference(order, row);
            } else if (rule instanceof Rule.OneOf one) {
                nats += chosen(one, row, below);
            } else if (rule instanceof Rule.Together together) {
                nats += combined(together, row, below);
            }
        }
        return nats;
    }

    private int place(int column) {
        return Arrays.binarySearch(places, column);
    }

    private double difference(Rule.AtMost order, double[] row) {
        if (Double.isNaN(row[order.lower()]) && !Double.isNaN(row[order.upper()])) {
            throw new InputException("column '" + columns.get(order.lower()).name() + "' has a gap where '"
                    + columns.get(order.upper()).name() + "' has none, which the rule " + order.text(columns)
                    + " does not leave open; give both, or neither");
        }
        return round(
                row[order.upper()] - row[order.lower()],
                columns.get(order.upper()).step());
    }

    /** A sum's value is certain where it is there; where it is not, nothing is said. */
    private double summed(Rule.Sum sum, double[] row) {
        int[] open = Arrays.stream(sum.of()).filter(j -> Double.isNaN(row[j])).toArray();
        double value = row[sum.column()];
        if (Double.isNaN(value)) {
            return 0;
        }
        if (open.length == 0) {
            return keeps(sum, row) ? 0 : Double.NEGATIVE_INFINITY;
        }
        if (open.length > 1) {
            throw new InputException("column '" + columns.get(sum.column()).name() + "' is a sum, "
                    + sum.text(columns) + ", of which more than one term is a gap; give all but one of them, or leave '"
                    + columns.get(sum.column()).name() + "' out");
        }
        int k = IntStream.range(0, sum.of().length)
                .filter(i -> sum.of()[i] == open[0])
                .findFirst()
                .orElseThrow();
        row[open[0]] = 0;
        double step = columns.get(open[0]).step();
        row[open[0]] = round((value - sum.value(row)) / sum.factors()[k], step);
        return step == 0 ? -Math.log(Math.abs(sum.factors()[k])) : 0;
    }

    /** Whether a row keeps a sum, to half its step or the last digits of numbers that are not rounded. */
    boolean keeps(Rule.Sum sum, double[] row) {
        double step = columns.get(sum.column()).step();
        double size = Math.abs(row[sum.column()]) + Math.abs(sum.constant());
        for (int i = 0; i < sum.of().length; i++) {
            size += Math.abs(sum.factors()[i] * row[sum.of()[i]]);
        }
        double within = Math.max(step * 1e-3, size * 1e-12);
        return Math.abs(row[sum.column()] - sum.value(row)) <= within;
    }

    private double chosen(Rule.OneOf one, double[] row, double[] below) {
        int ones = 0;
        int gaps = 0;
        int level = -1;
        for (int i = 0; i < one.columns().length; i++) {
            double value = row[one.columns()[i]];
            gaps += Double.isNaN(value) ? 1 : 0;
            ones += value == 1 ? 1 : 0;
            level = value == 1 ? i : level;
        }
        int size = one.columns().length;
        if (ones == 0 && gaps == 1) {
            level = IntStream.range(0, size)
                    .filter(i -> Double.isNaN(row[one.columns()[i]]))
                    .findFirst()
                    .orElseThrow();
        }
        boolean kept = ones == 1 || ones == 0 && gaps == 1;
        below[place(one.columns()[0])] = kept ? level : Double.NaN;
        if (ones == 0 && gaps > 1 && gaps < size) {
            throw new InputException("columns '" + columns.get(one.columns()[0]).name() + "' to '"
                    + columns.get(one.columns()[size - 1]).name() + "' of which one is 1 have " + gaps
                    + " gaps; give that one, or all that are 0, or none");
        }
        return kept || gaps == size ? 0 : Double.NEGATIVE_INFINITY;
    }

    /** A gap is a value where the column has gaps; otherwise it is open, which says nothing if all are. */
    private double combined(Rule.Together together, double[] row, double[] below) {
        int place = together.place(row);
        int[] open = Arrays.stream(together.columns())
                .filter(j -> Double.isNaN(row[j]) && !columns.get(j).gaps())
                .toArray();
        below[place(together.columns()[0])] = place < 0 ? Double.NaN : place;
        if (place < 0 && open.length > 0 && open.length < together.columns().length) {
            throw new InputException("column '" + columns.get(open[0]).name() + "' is a gap, and of it and others "
                    + together.text(columns) + " are allowed; give all of these columns, or none");
        }
        return place < 0 && open.length == 0 ? Double.NEGATIVE_INFINITY : 0;
    }

    /** The row of the table that is made of one beneath. */
    double[] row(double[] below) {
        double[] row = new double[columns.size()];
        for (int k = 0; k < places.length; k++) {
            row[places[k]] = below[k];
        }
        for (Rule rule : rules) {
            if (rule instanceof Rule.OneOf one) {
                int level = (int) below[place(one.columns()[0])];
                for (int i = 0; i < one.columns().length; i++) {
                    row[one.columns()[i]] = i == level ? 1 : 0;
                }
            } else if (rule instanceof Rule.Together together) {
                double[] values = together.allowed()[(int) below[place(together.columns()[0])]];
                for (int i = 0; i < values.length; i++) {
                    row[together.columns()[i]] = values[i];
                }
            } else if (rule instanceof Rule.AtMost order) {
                row[order.upper()] = round(
                        row[order.lower()] + row[order.upper()],
                        columns.get(order.upper()).step());
            }
        }
        for (Rule rule : rules) {
            if (rule instanceof Rule.Sum sum) {
                row[sum.column()] =
                        round(sum.value(row), columns.get(sum.column()).step());
            }
        }
        return row;
    }

    /** Whether all values lie within what their columns allow. */
    boolean allows(double[] row) {
        return IntStream.range(0, row.length)
                .allMatch(j -> Double.isNaN(row[j])
                        || row[j] >= columns.get(j).lower()
                                && row[j] <= columns.get(j).upper());
    }

    private static double round(double value, double step) {
        if (step == 0) {
            return value;
        }
        double inverse = Math.rint(1 / step);
        return Math.abs(inverse * step - 1) < 1e-12
                ? Math.rint(value * inverse) / inverse
                : Math.rint(value / step) * step;
    }

    /**
     * Evidence about the columns beneath.
     *
     * @param evidence about the table's columns
     * @return the same beneath
     * @throws InputException if it is about several columns at once, or a column that a rule makes
     */
    Evidence beneath(Evidence evidence) {
        List<Evidence.Condition> conditions = new ArrayList<>();
        for (Evidence.Condition condition : evidence.conditions()) {
            if (condition instanceof Evidence.Condition.Linear) {
                throw new InputException(
                        "the law of a table takes no relations between several columns as evidence; give each its own");
            }
            conditions.add(beneath(condition));
        }
        return new Evidence(conditions);
    }

    private Evidence.Condition beneath(Evidence.Condition condition) {
        int column = condition instanceof Evidence.Condition.Equal equal
                ? equal.column()
                : condition instanceof Evidence.Condition.OneOf one
                        ? one.column()
                        : ((Evidence.Condition.Within) condition).column();
        for (Rule rule : rules) {
            if (rule instanceof Rule.OneOf group
                    && Arrays.stream(group.columns()).anyMatch(j -> j == column)) {
                return level(group, column, condition);
            }
            if (rule instanceof Rule.Together together
                    && Arrays.stream(together.columns()).anyMatch(j -> j == column)) {
                return combinations(together, column, condition);
            }
            boolean order = rule instanceof Rule.AtMost atMost && atMost.upper() == column;
            if (order || rule instanceof Rule.Sum sum && sum.column() == column) {
                throw new InputException(
                        "evidence about column '" + columns.get(column).name() + "', of which " + rule.text(columns)
                                + " holds in all rows; give evidence about the other columns of that rule");
            }
        }
        int at = place(column);
        if (condition instanceof Evidence.Condition.Equal equal) {
            return new Evidence.Condition.Equal(at, equal.value());
        }
        if (condition instanceof Evidence.Condition.OneOf one) {
            return new Evidence.Condition.OneOf(at, one.values());
        }
        Evidence.Condition.Within within = (Evidence.Condition.Within) condition;
        return new Evidence.Condition.Within(at, within.lower(), within.upper());
    }

    /** The levels that leave a column of a group 0, or 1, or either. */
    private Evidence.Condition level(Rule.OneOf group, int column, Evidence.Condition condition) {
        boolean zero = holds(condition, 0);
        boolean one = holds(condition, 1);
        double[] levels = IntStream.range(0, group.columns().length)
                .filter(i -> group.columns()[i] == column ? one : zero)
                .asDoubleStream()
                .toArray();
        if (levels.length == 0) {
            throw new InputException("the evidence about column '"
                    + columns.get(column).name() + "' leaves it neither 0 nor 1, and has no other value");
        }
        return new Evidence.Condition.OneOf(place(group.columns()[0]), levels);
    }

    /** The combinations in which a column is as the evidence says. */
    private Evidence.Condition combinations(Rule.Together together, int column, Evidence.Condition condition) {
        int at = Arrays.binarySearch(together.columns(), column);
        double[] places = IntStream.range(0, together.allowed().length)
                .filter(c -> holds(condition, together.allowed()[c][at]))
                .asDoubleStream()
                .toArray();
        if (places.length == 0) {
            throw new InputException("the evidence about column '"
                    + columns.get(column).name() + "' leaves nothing of " + together.text(columns));
        }
        return new Evidence.Condition.OneOf(place(together.columns()[0]), places);
    }

    private static boolean holds(Evidence.Condition condition, double value) {
        if (condition instanceof Evidence.Condition.Equal equal) {
            return equal.value() == value;
        }
        if (condition instanceof Evidence.Condition.OneOf one) {
            return Arrays.stream(one.values()).anyMatch(v -> v == value);
        }
        Evidence.Condition.Within within = (Evidence.Condition.Within) condition;
        return value >= within.lower() && value <= within.upper();
    }
}
