package org.eigendrift.api.law;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is known of a row: all conditions hold at once. Immutable.
 *
 * @param conditions at least one
 */
public record Evidence(List<Condition> conditions) {

    /**
     * Copies the list.
     *
     * @param conditions at least one
     * @throws IllegalArgumentException if there is none
     */
    public Evidence {
        conditions = List.copyOf(conditions);
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("evidence without a condition");
        }
    }

    /**
     * Evidence of conditions.
     *
     * @param conditions at least one
     * @return the evidence
     * @throws IllegalArgumentException if there is none
     */
    public static Evidence of(Condition... conditions) {
        return new Evidence(List.of(conditions));
    }

    /**
     * More evidence about the same row.
     *
     * @param more what else is known
     * @return evidence of all conditions
     */
    public Evidence and(Evidence more) {
        return new Evidence(
                Stream.concat(conditions.stream(), more.conditions.stream()).toList());
    }

    /**
     * Whether a row agrees.
     *
     * @param row all cells, NaN for a gap; not modified
     * @return whether every condition holds
     */
    public boolean holds(double[] row) {
        return conditions.stream().allMatch(condition -> condition.holds(row));
    }

    /** One condition, in the columns' own values. */
    public sealed interface Condition {

        /**
         * Whether a row agrees.
         *
         * @param row all cells, NaN for a gap; not modified
         * @return whether the condition holds, of exact linear relations to within rounding
         */
        boolean holds(double[] row);

        /**
         * A column has a value.
         *
         * @param column number of the column, from 0
         * @param value its value; NaN says that there is none, of a column with gaps
         */
        record Equal(int column, double value) implements Condition {
            @Override
            public boolean holds(double[] row) {
                return row[column] == value || Double.isNaN(row[column]) && Double.isNaN(value);
            }
        }

        /**
         * A column is one of some values: levels of a category, or whole numbers.
         *
         * @param column number of the column, from 0
         * @param values at least one, ascending; shared, not to be modified
         */
        record OneOf(int column, double[] values) implements Condition {

            /**
             * Checks that there is a value.
             *
             * @param column number of the column
             * @param values at least one, ascending
             * @throws IllegalArgumentException if there is none
             */
            public OneOf {
                if (values.length == 0) {
                    throw new IllegalArgumentException("none of no values");
                }
            }

            @Override
            public boolean holds(double[] row) {
                return Arrays.stream(values).anyMatch(value -> row[column] == value);
            }
        }

        /**
         * A column lies in a range.
         *
         * @param column number of the column, from 0
         * @param lower smallest value, possibly negative infinity
         * @param upper largest value, possibly infinity, above lower
         */
        record Within(int column, double lower, double upper) implements Condition {
            @Override
            public boolean holds(double[] row) {
                return row[column] >= lower && row[column] <= upper;
            }
        }

        /**
         * A sum of columns lies in a range: sum over i of weights[i] x_i.
         *
         * @param weights one for each column; shared, not to be modified
         * @param lower smallest value, possibly negative infinity
         * @param upper largest value, possibly infinity; not below lower, and equal to it for an exact relation
         */
        record Linear(double[] weights, double lower, double upper) implements Condition {
            /** Of the sum of all terms' sizes: some hundred roundings. */
            private static final double ROUNDING = 1e-13;

            @Override
            public boolean holds(double[] row) {
                double sum = 0;
                double size = Math.max(Math.abs(lower), Math.abs(upper));
                size = Double.isInfinite(size) ? 0 : size;
                for (int i = 0; i < weights.length; i++) {
                    if (weights[i] != 0) {
                        sum += weights[i] * row[i];
                        size += Math.abs(weights[i] * row[i]);
                    }
                }
                return sum >= lower - ROUNDING * size && sum <= upper + ROUNDING * size;
            }
        }
    }
}
