package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.engine.conditional.Words;

/**
 * Conditions on sums of columns, as far as they are conditions on one column: of a sum whose other terms are known the last one
 * follows. What is left has several open terms: exact relations, reduced so that each determines a column of its own, and ranges.
 */
final class LinearEvidence {
    /** Of the size of all terms: what adding them up leaves of an exact relation. */
    static final double ROUNDING = 1e-12;

    /** Of the terms: what elimination leaves of a weight that is nothing. */
    private static final double NOTHING = 1e-10;

    private final List<Column> columns;
    private final List<Condition> single = new ArrayList<>();
    private final Double[] known;
    private final List<Condition.Linear> exact = new ArrayList<>();
    private final List<Condition.Linear> ranges = new ArrayList<>();
    private double logVolume;

    /**
     * Sorts evidence.
     *
     * @param columns the columns
     * @param evidence what is known of a row
     * @throws InputException if the exact conditions contradict each other
     */
    LinearEvidence(List<Column> columns, Evidence evidence) {
        this.columns = columns;
        this.known = new Double[columns.size()];
        List<Condition.Linear> some = new ArrayList<>();
        for (Condition condition : evidence.conditions()) {
            if (condition instanceof Condition.Linear linear) {
                (linear.lower() == linear.upper() ? exact : some).add(linear);
            } else {
                single.add(condition);
            }
            if (condition instanceof Condition.Equal equal) {
                known[equal.column()] = equal.value();
            }
        }
        int before;
        do {
            before = exact.size();
            exact.removeIf(this::follows);
            if (exact.size() == before && before > 1) {
                reduce(null);
                exact.removeIf(this::follows);
            }
        } while (exact.size() < before);
        for (Condition.Linear range : some) {
            bound(range);
        }
    }

    /** Conditions on single columns, with those that follow. */
    List<Condition> single() {
        return single;
    }

    /** Exact relations of several open columns. */
    List<Condition.Linear> exact() {
        return exact;
    }

    /** Sums of several open columns that lie in ranges. */
    List<Condition.Linear> ranges() {
        return ranges;
    }

    /** What is added to the density of the columns that follow for that of the sums: minus the logarithms of their weights. */
    double logVolume() {
        return logVolume;
    }

    /** Of a value that has a density by length; steps and repeated values have probabilities, whatever they are multiplied by. */
    static double logVolume(Column column, double value, double weight) {
        return step(column) > 0 || column.atoms().contains(value) ? 0 : -Math.log(Math.abs(weight));
    }

    private int[] open(Condition.Linear sum) {
        return IntStream.range(0, known.length)
                .filter(k -> sum.weights()[k] != 0 && known[k] == null)
                .toArray();
    }

    private double rest(Condition.Linear sum) {
        return IntStream.range(0, known.length)
                .filter(k -> sum.weights()[k] != 0 && known[k] != null)
                .mapToDouble(k -> sum.weights()[k] * known[k])
                .sum();
    }

    /** Whether a relation leaves nothing, or one column, whose value is then known. */
    private boolean follows(Condition.Linear sum) {
        int[] open = open(sum);
        if (open.length == 1) {
            int k = open[0];
            double weight = sum.weights()[k];
            double value = value(columns.get(k), (sum.lower() - rest(sum)) / weight);
            known[k] = value;
            if (!columns.get(k).allows(value)) {
                throw impossible(sum);
            }
            single.add(new Condition.Equal(k, value));
            logVolume += logVolume(columns.get(k), value, weight);
        }
        if (open.length < 2 && !(Math.abs(rest(sum) - sum.lower()) <= ROUNDING * size(sum))) {
            throw impossible(sum);
        }
        return open.length < 2;
    }

    private double size(Condition.Linear sum) {
        return Math.abs(sum.lower())
                + IntStream.range(0, known.length)
                        .filter(k -> sum.weights()[k] != 0 && known[k] != null)
                        .mapToDouble(k -> Math.abs(sum.weights()[k] * known[k]))
                        .sum();
    }

    /** The nearest of a column's steps. */
    static double value(Column column, double value) {
        return Column.multiple(value, step(column)) + 0.0;
    }

    /** What a column's values are multiples of, 0 if they are not. */
    static double step(Column column) {
        boolean whole =
                column.kind().levelled() || column.kind() == Column.Kind.INTEGER || column.kind() == Column.Kind.DATE;
        return whole && column.step() == 0 ? 1 : column.step();
    }

    private InputException impossible(Condition.Linear sum) {
        return new InputException("the condition has no mass: with the other conditions " + text(sum)
                + " holds for no row that the columns allow");
    }

    /** A relation in words. */
    String text(Condition.Linear sum) {
        return Words.of(columns, Evidence.of(sum));
    }

    /** A range of a sum with one open term is one of that. */
    private void bound(Condition.Linear range) {
        int[] open = open(range);
        if (open.length > 1) {
            ranges.add(range);
            return;
        }
        double rest = rest(range);
        if (open.length == 1) {
            double weight = range.weights()[open[0]];
            double one = (range.lower() - rest) / weight;
            double other = (range.upper() - rest) / weight;
            single.add(new Condition.Within(open[0], Math.min(one, other), Math.max(one, other)));
        } else if (rest < range.lower() - ROUNDING * Math.abs(rest)
                || rest > range.upper() + ROUNDING * Math.abs(rest)) {
            throw new InputException("the conditions contradict each other: where " + text(range)
                    + ", the other conditions have " + Words.sum(columns, range.weights()) + " = " + rest);
        }
    }

    /**
     * Brings the exact relations into a form in which each has weight 1 for a column that no other has (Gauss-Jordan elimination),
     * of the finest steps, and of such columns one that scatters most.
     *
     * @param spreads how far each column scatters; null if that is not known
     * @return of each relation its own column
     */
    int[] reduce(double[] spreads) {
        int dim = known.length;
        double[][] rows = new double[exact.size()][];
        for (int r = 0; r < rows.length; r++) {
            Condition.Linear sum = exact.get(r);
            rows[r] = Arrays.copyOf(sum.weights(), dim + 1);
            rows[r][dim] = sum.lower() - rest(sum);
            for (int k = 0; k < dim; k++) {
                rows[r][k] = known[k] == null ? rows[r][k] : 0;
            }
        }
        int[] pivots = new int[rows.length];
        for (int r = 0; r < rows.length; r++) {
            double[] row = rows[r];
            int pivot = pivot(row, spreads);
            pivots[r] = pivot;
            if (pivot >= 0) {
                double by = row[pivot];
                logVolume += step(columns.get(pivot)) > 0 ? 0 : -Math.log(Math.abs(by));
                Arrays.setAll(row, k -> row[k] / by);
                row[pivot] = 1;
                for (double[] other : rows) {
                    double factor = other[pivot];
                    if (other != row && factor != 0) {
                        Arrays.setAll(other, k -> {
                            double left = other[k] - factor * row[k];
                            double size = Math.abs(other[k]) + Math.abs(factor * row[k]);
                            return Math.abs(left) < NOTHING * size ? 0 : left;
                        });
                        other[pivot] = 0;
                    }
                }
            }
        }
        exact.clear();
        for (double[] row : rows) {
            exact.add(new Condition.Linear(Arrays.copyOf(row, dim), row[dim] + 0.0, row[dim] + 0.0));
        }
        return pivots;
    }

    private int pivot(double[] row, double[] spreads) {
        int best = -1;
        for (int k = 0; k < known.length; k++) {
            if (row[k] != 0 && (best < 0 || better(k, best, row, spreads))) {
                best = k;
            }
        }
        return best;
    }

    private boolean better(int k, int than, double[] row, double[] spreads) {
        double own = lattice(columns.get(k), row[k]);
        double other = lattice(columns.get(than), row[than]);
        if (Math.abs(own - other) > NOTHING * Math.max(own, other)) {
            return own < other;
        }
        return spreads != null && Math.abs(row[k]) * spreads[k] > Math.abs(row[than]) * spreads[than];
    }

    /** How far values of a term lie apart; without steps, repeated values are met by no other term's number. */
    private static double lattice(Column column, double weight) {
        double steps = Math.abs(weight) * step(column);
        return steps > 0 || column.atoms().isEmpty() ? steps : Double.MIN_NORMAL;
    }
}
