package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.conditional.Words;

/** What holds in all rows, exactly. */
sealed interface Rule {

    /**
     * Says what holds.
     *
     * @param columns the table's columns
     * @return for example {@code gross = net + vat}
     */
    String text(List<Column> columns);

    /**
     * The columns that a law beneath need not know.
     *
     * @return their numbers
     */
    int[] made();

    /**
     * The columns that are what they are by the rule, of which no other rule may decide.
     *
     * @return their numbers, at least one
     */
    default int[] own() {
        return made();
    }

    /**
     * Exactly one of some columns of zeros and ones is 1.
     *
     * @param columns at least two, ascending; shared
     */
    record OneOf(int[] columns) implements Rule {
        @Override
        public String text(List<Column> all) {
            return "exactly one of "
                    + Arrays.stream(columns).mapToObj(j -> all.get(j).name()).collect(Collectors.joining(", ")) + " is "
                    + level(all.get(columns[0]), 1);
        }

        private static String level(Column column, int value) {
            return column.levels().isEmpty()
                    ? Integer.toString(value)
                    : column.levels().get(value);
        }

        @Override
        public int[] made() {
            return Arrays.copyOfRange(columns, 1, columns.length);
        }

        @Override
        public int[] own() {
            return columns;
        }
    }

    /**
     * Some columns have no other combinations of values than given ones. A law beneath has one category in their place.
     *
     * @param columns at least two, ascending; shared
     * @param allowed of each combination the values, NaN for a gap; shared
     */
    record Together(int[] columns, double[][] allowed) implements Rule {
        @Override
        public String text(List<Column> all) {
            return "only the " + allowed.length + " combinations of "
                    + Arrays.stream(columns).mapToObj(j -> all.get(j).name()).collect(Collectors.joining(", "))
                    + " that are in the rows";
        }

        @Override
        public int[] made() {
            return Arrays.copyOfRange(columns, 1, columns.length);
        }

        @Override
        public int[] own() {
            return columns;
        }

        /** The number of a row's combination, -1 if it is not allowed. */
        int place(double[] row) {
            for (int c = 0; c < allowed.length; c++) {
                int at = 0;
                while (at < columns.length && Double.compare(allowed[c][at], row[columns[at]] + 0.0) == 0) {
                    at++;
                }
                if (at == columns.length) {
                    return c;
                }
            }
            return -1;
        }
    }

    /**
     * A column is a sum of others.
     *
     * @param column the column
     * @param of the others, none of which is made by a rule; shared
     * @param factors of the others; shared
     * @param constant what is added
     */
    record Sum(int column, int[] of, double[] factors, double constant) implements Rule {
        @Override
        public String text(List<Column> all) {
            List<String> names =
                    IntStream.of(of).mapToObj(j -> all.get(j).name()).toList();
            return all.get(column).name() + " = " + Words.sum(names, factors, constant);
        }

        @Override
        public int[] made() {
            return new int[] {column};
        }

        double value(double[] row) {
            return constant
                    + IntStream.range(0, of.length)
                            .mapToDouble(i -> factors[i] * row[of[i]])
                            .sum();
        }
    }

    /**
     * A column is at least another one: a law beneath has their difference in its place.
     *
     * @param lower the column that is less or equal
     * @param upper the other
     */
    record AtMost(int lower, int upper) implements Rule {
        @Override
        public String text(List<Column> all) {
            return all.get(lower).name() + " <= " + all.get(upper).name();
        }

        @Override
        public int[] made() {
            return new int[0];
        }

        @Override
        public int[] own() {
            return new int[] {upper};
        }
    }
}
