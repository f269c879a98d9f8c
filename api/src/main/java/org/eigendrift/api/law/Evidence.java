package org.eigendrift.api.law;

import java.util.List;

/**
 * What is known of a row: all conditions hold at once.
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

    /** One condition, in the columns' own values. */
    public sealed interface Condition {

        /**
         * A column has a value.
         *
         * @param column number of the column, from 0
         * @param value its value, not NaN
         */
        record Equal(int column, double value) implements Condition {}

        /**
         * A column is one of some values: levels of a category, or whole numbers.
         *
         * @param column number of the column, from 0
         * @param values at least one, ascending; shared, not to be modified
         */
        record OneOf(int column, double[] values) implements Condition {}

        /**
         * A column lies in a range.
         *
         * @param column number of the column, from 0
         * @param lower smallest value, possibly negative infinity
         * @param upper largest value, possibly infinity, above lower
         */
        record Within(int column, double lower, double upper) implements Condition {}

        /**
         * A sum of columns lies in a range: sum over i of weights[i] x_i.
         *
         * @param weights one for each column; shared, not to be modified
         * @param lower smallest value, possibly negative infinity
         * @param upper largest value, possibly infinity; not below lower, and equal to it for an exact relation
         */
        record Linear(double[] weights, double lower, double upper) implements Condition {}
    }
}
