package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
     * @return nats to be added to those of the row beneath; NaN if open cells leave it untold
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
                boolean untold = Double.isNaN(row[order.lower()]) && !Double.isNaN(row[order.upper()]);
                nats += untold ? Double.NaN : 0;
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
        return columns.get(order.upper()).stepped(row[order.upper()] - row[order.lower()]);
    }

    /** A sum's value is certain where it is there; where it is not, nothing is said. */
    private double summed(Rule.Sum sum, double[] row) {
        int[] open = IntStream.range(0, sum.of().length)
                .filter(i -> Double.isNaN(row[sum.of()[i]]))
                .toArray();
        double value = row[sum.column()];
        if (Double.isNaN(value)) {
            return 0;
        }
        if (open.length > 1) {
            return Double.NaN;
        }
        double nats = 0;
        if (open.length == 1) {
            int term = sum.of()[open[0]];
            double factor = sum.factors()[open[0]];
            row[term] = 0;
            row[term] = LinearEvidence.value(columns.get(term), (value - sum.value(row)) / factor);
            nats = LinearEvidence.logVolume(columns.get(term), row[term], factor);
        }
        return keeps(sum, row) ? nats : Double.NEGATIVE_INFINITY;
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
            return Double.NaN;
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
            return Double.NaN;
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
                row[order.upper()] = columns.get(order.upper()).stepped(row[order.lower()] + row[order.upper()]);
            }
        }
        for (Rule rule : rules) {
            if (rule instanceof Rule.Sum sum) {
                row[sum.column()] = columns.get(sum.column()).stepped(sum.value(row));
            }
        }
        return row;
    }

    /** Whether all values lie where those of the rows did that were seen, as draws do of which nothing is known. */
    boolean sees(double[] row) {
        return lies(row, column -> new Column.Span(column.lower(), column.upper()))
                && IntStream.range(0, row.length)
                        .allMatch(j -> Arrays.binarySearch(places, j) >= 0
                                || columns.get(j).observes(row[j]));
    }

    /** Whether all values lie within the bounds of their columns. */
    boolean allows(double[] row) {
        return lies(row, Column::bounds);
    }

    private boolean lies(double[] row, Function<Column, Column.Span> spans) {
        return IntStream.range(0, row.length)
                .allMatch(
                        j -> Double.isNaN(row[j]) || spans.apply(columns.get(j)).contains(row[j]));
    }

    /** The first rule that a row breaks. */
    Optional<Rule> broken(double[] row) {
        return rules.stream()
                .filter(rule -> !new Rules(columns, List.of(rule)).keeps(row))
                .findFirst();
    }

    /** Whether a row keeps all rules. */
    boolean keeps(double[] row) {
        double[] below = new double[places.length];
        return weigh(row.clone(), below) > Double.NEGATIVE_INFINITY
                && rules.stream()
                        .noneMatch(rule -> rule instanceof Rule.AtMost order && below[place(order.upper())] < 0);
    }

    /**
     * Refuses evidence with which no row keeps a sum or an order, in terms of the table's columns.
     *
     * @throws InputException if what single columns may be breaks a rule
     */
    void require(Evidence evidence) {
        Spans spans = new Spans(columns, evidence);
        for (Rule rule : rules) {
            if (rule instanceof Rule.AtMost order) {
                spans.require(
                        order.text(columns), new int[] {order.lower(), order.upper()}, new double[] {-1, 1}, 0, true);
            } else if (rule instanceof Rule.Sum sum) {
                int[] all = Arrays.copyOf(sum.of(), sum.of().length + 1);
                double[] factors = Arrays.copyOf(sum.factors(), all.length);
                all[all.length - 1] = sum.column();
                factors[all.length - 1] = -1;
                spans.require(sum.text(columns), all, factors, sum.constant(), false);
            }
        }
    }

    /**
     * What evidence says of the columns beneath.
     *
     * @param evidence about the table's columns
     * @return the same beneath; without what is about sums of columns that rules join to others, possibly empty
     * @throws InputException if no row agrees
     */
    List<Evidence.Condition> beneath(Evidence evidence) {
        List<Evidence.Condition> conditions = new ArrayList<>();
        for (Evidence.Condition condition : evidence.conditions()) {
            if (condition instanceof Evidence.Condition.Linear linear) {
                if (!joins(linear)) {
                    conditions.add(sum(linear.weights(), linear.lower(), linear.upper()));
                }
            } else {
                conditions.addAll(beneath(condition));
            }
        }
        return conditions;
    }

    /** Whether evidence about sums of columns is left to draws, because a rule joins a column to others. */
    boolean joins(Evidence.Condition condition) {
        return condition instanceof Evidence.Condition.Linear linear
                && IntStream.range(0, columns.size()).anyMatch(j -> linear.weights()[j] != 0 && group(j) != null);
    }

    /** Whether evidence is about a column of a rule. */
    boolean touches(Evidence.Condition condition) {
        return IntStream.range(0, columns.size())
                .filter(j -> condition instanceof Evidence.Condition.Linear linear
                        ? linear.weights()[j] != 0
                        : column(condition) == j)
                .anyMatch(j -> group(j) != null
                        || rules.stream()
                                .anyMatch(rule -> IntStream.concat(IntStream.of(rule.own()), terms(rule))
                                        .anyMatch(k -> k == j)));
    }

    private static IntStream terms(Rule rule) {
        return rule instanceof Rule.Sum sum
                ? IntStream.of(sum.of())
                : rule instanceof Rule.AtMost order ? IntStream.of(order.lower()) : IntStream.empty();
    }

    /** Whether a rule makes a column of others' sum. */
    boolean isSum(int column) {
        return group(column) == null
                && rules.stream()
                        .anyMatch(rule -> rule instanceof Rule.Sum sum && sum.column() == column
                                || rule instanceof Rule.AtMost order && order.upper() == column);
    }

    /** The terms of a sum that may be missing, and the sum with them; none for other columns. */
    int[] gappedTerms(int column) {
        return rules.stream()
                .filter(rule -> rule instanceof Rule.Sum sum && sum.column() == column)
                .flatMapToInt(rule -> Arrays.stream(((Rule.Sum) rule).of()))
                .filter(term -> columns.get(term).gaps())
                .toArray();
    }

    /** The rule that joins a column to others; null if there is none. */
    private Rule group(int column) {
        for (Rule rule : rules) {
            boolean joined = rule instanceof Rule.OneOf one
                            && Arrays.stream(one.columns()).anyMatch(j -> j == column)
                    || rule instanceof Rule.Together together
                            && Arrays.stream(together.columns()).anyMatch(j -> j == column);
            if (joined) {
                return rule;
            }
        }
        return null;
    }

    private static int column(Evidence.Condition condition) {
        return condition instanceof Evidence.Condition.Equal equal
                ? equal.column()
                : condition instanceof Evidence.Condition.OneOf one
                        ? one.column()
                        : ((Evidence.Condition.Within) condition).column();
    }

    private List<Evidence.Condition> beneath(Evidence.Condition condition) {
        int column = column(condition);
        Rule group = group(column);
        if (group instanceof Rule.OneOf one) {
            return List.of(level(one, column, condition));
        }
        if (group instanceof Rule.Together together) {
            return List.of(combinations(together, column, condition));
        }
        return isSum(column) ? summed(column, condition) : List.of(at(place(column), condition));
    }

    /** The same of another column. */
    private static Evidence.Condition at(int place, Evidence.Condition condition) {
        if (condition instanceof Evidence.Condition.Equal equal) {
            return new Evidence.Condition.Equal(place, equal.value());
        }
        if (condition instanceof Evidence.Condition.OneOf one) {
            return new Evidence.Condition.OneOf(place, one.values());
        }
        Evidence.Condition.Within within = (Evidence.Condition.Within) condition;
        return new Evidence.Condition.Within(place, within.lower(), within.upper());
    }

    /** Of a sum a value or a range is one of its terms' sum; that it has a value, that each term has one. */
    private List<Evidence.Condition> summed(int column, Evidence.Condition condition) {
        double[] weights = new double[columns.size()];
        weights[column] = 1;
        boolean any = condition instanceof Evidence.Condition.Within within
                && within.lower() == Double.NEGATIVE_INFINITY
                && within.upper() == Double.POSITIVE_INFINITY;
        boolean gap = condition instanceof Evidence.Condition.Equal equal && Double.isNaN(equal.value());
        if (any || gap) {
            double[] terms = ((Evidence.Condition.Linear) sum(weights, 0, 0)).weights();
            int[] gaps = IntStream.range(0, terms.length)
                    .filter(k -> terms[k] != 0 && (any || beneath.get(k).gaps()))
                    .toArray();
            if (gap && gaps.length != 1) {
                throw new InputException("column '" + columns.get(column).name()
                        + "' is a sum, and its gap is one of several terms; give evidence about these");
            }
            return Arrays.stream(gaps)
                    .mapToObj(k -> gap ? new Evidence.Condition.Equal(k, Double.NaN) : at(k, condition))
                    .toList();
        }
        if (condition instanceof Evidence.Condition.Equal equal) {
            return List.of(sum(weights, equal.value(), equal.value()));
        }
        Evidence.Condition.Within within = (Evidence.Condition.Within) condition;
        return List.of(sum(weights, within.lower(), within.upper()));
    }

    /** A sum of the table's columns as one of those beneath. */
    private Evidence.Condition sum(double[] weights, double lower, double upper) {
        double[] below = new double[places.length];
        double constant = 0;
        for (int j = 0; j < weights.length; j++) {
            constant += weights[j] == 0 ? 0 : add(below, j, weights[j]);
        }
        return new Evidence.Condition.Linear(below, lower - constant, upper - constant);
    }

    /** Adds so much of a column to weights of those beneath; returns what is added besides. */
    private double add(double[] below, int column, double weight) {
        double constant = 0;
        for (Rule rule : rules) {
            if (rule instanceof Rule.Sum sum && sum.column() == column) {
                constant += weight * sum.constant();
                for (int i = 0; i < sum.of().length; i++) {
                    constant += add(below, sum.of()[i], weight * sum.factors()[i]);
                }
                return constant;
            }
            if (rule instanceof Rule.AtMost order && order.upper() == column) {
                constant += add(below, order.lower(), weight);
            }
        }
        below[place(column)] += weight;
        return constant;
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
