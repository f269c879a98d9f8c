package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.engine.conditional.Admissible;

/** From where to where evidence leaves each column, NaN where it has a gap. */
final class Spans {
    /** Of a sum of numbers: what adding them up and their decimals leave. */
    private static final double ROUNDING = 1e-9;

    private final List<Column> columns;
    private final double[] lower;
    private final double[] upper;

    /**
     * What evidence leaves.
     *
     * @param columns the columns
     * @param evidence conditions; those on sums of columns say nothing here
     */
    Spans(List<Column> columns, Evidence evidence) {
        this.columns = columns;
        this.lower = columns.stream().mapToDouble(Column::lower).toArray();
        this.upper = columns.stream().mapToDouble(Column::upper).toArray();
        for (Condition condition : evidence.conditions()) {
            if (condition instanceof Condition.Equal equal) {
                meet(equal.column(), equal.value(), equal.value());
            } else if (condition instanceof Condition.OneOf one) {
                double[] sorted = one.values().clone();
                Arrays.sort(sorted);
                meet(one.column(), sorted[0], sorted[sorted.length - 1]);
            } else if (condition instanceof Condition.Within within) {
                meet(within.column(), within.lower(), within.upper());
            }
        }
    }

    private void meet(int column, double from, double to) {
        lower[column] = Math.max(lower[column], from);
        upper[column] = Math.min(upper[column], to);
    }

    /**
     * Refuses what leaves a sum of columns no room.
     *
     * @param rule what holds, in words
     * @param terms numbers of columns
     * @param factors of these
     * @param constant what is added to the sum
     * @param more whether the sum may be above 0, which it is never below
     * @throws InputException if the sum cannot be 0, or above where it may be
     */
    void require(String rule, int[] terms, double[] factors, double constant, boolean more) {
        double least = constant;
        double most = constant;
        double size = Math.abs(constant);
        for (int i = 0; i < terms.length; i++) {
            double one = factors[i] * lower[terms[i]];
            double other = factors[i] * upper[terms[i]];
            least += Math.min(one, other);
            most += Math.max(one, other);
            size += Math.max(Math.abs(one), Math.abs(other));
        }
        double within = Double.isInfinite(size) ? 0 : ROUNDING * size;
        if (most < -within || !more && least > within) {
            String found = IntStream.of(terms).sorted().mapToObj(this::text).collect(Collectors.joining(" and "));
            throw new InputException("the condition has no mass: " + found + " break " + rule
                    + ", which holds in all rows; expected values that keep it, or leave one of them open");
        }
    }

    private String text(int column) {
        Column of = columns.get(column);
        String from = Admissible.text(of, lower[column]);
        return of.name()
                + (lower[column] == upper[column]
                        ? " = " + from
                        : " from " + from + " to " + Admissible.text(of, upper[column]));
    }
}
