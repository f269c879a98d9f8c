package org.eigendrift.engine.law.constant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.pass.Distributed;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.engine.data.Ranges;

/** Columns of which some have one value. Immutable, thread-safe. */
public final class Constants {
    /** Rows of which the first look is taken: no reading of all rows unless a column has one value in these. */
    private static final int FIRST_ROWS = 64;

    private final List<Column> columns;
    private final double[] values;
    private final int[] constant;
    private final int[] varying;

    private Constants(List<Column> columns, double[] values) {
        this.columns = List.copyOf(columns);
        this.values = values;
        this.constant = IntStream.range(0, values.length)
                .filter(i -> !Double.isNaN(values[i]))
                .toArray();
        this.varying = IntStream.range(0, values.length)
                .filter(i -> Double.isNaN(values[i]))
                .toArray();
    }

    /**
     * Columns with given values.
     *
     * @param columns all columns
     * @param values the value of each constant column, NaN for the others; copied
     * @return the columns
     * @throws InputException if the lengths differ, a value is infinite, or no column or all are constant
     */
    public static Constants of(List<Column> columns, double[] values) {
        Constants constants = new Constants(columns, values.clone());
        boolean infinite = Arrays.stream(values).anyMatch(Double::isInfinite);
        if (values.length != columns.size()
                || infinite
                || constants.constant.length == 0
                || constants.varying.length == 0) {
            throw new InputException("the constant columns are " + Arrays.toString(values) + " for " + columns.size()
                    + " columns, expected a finite number for some of them, NaN for the others");
        }
        return constants;
    }

    /**
     * The columns that have one value in all rows. Beyond the first few, rows are read only if a column has one
     * value in these.
     *
     * @param rows rows; at least two
     * @param run threads
     * @return the columns, none of them constant if they all vary
     * @throws InputException if there are rows and they are all alike
     */
    public static Constants in(Dataset rows, RunContext run) {
        List<Column> columns = rows.columns();
        Points first = InMemory.read(rows, FIRST_ROWS);
        Constants constants = varyingAll(columns);
        if (first.size() > 1 && anyConstant(ends(new InMemory(columns, first), run))) {
            constants = constantsOf(columns, ends(rows, run));
        }
        if (constants.varying.length == 0) {
            throw new InputException("all rows are alike: " + constants.line() + "; there is nothing to fit");
        }
        return constants;
    }

    /**
     * The same constants beside columns of which rows were seen elsewhere.
     *
     * @param others the columns that vary
     * @return all columns
     */
    Constants beside(List<Column> others) {
        List<Column> all = new ArrayList<>(columns);
        for (int k = 0; k < varying.length; k++) {
            all.set(varying[k], others.get(k));
        }
        return new Constants(all, values);
    }

    private static Constants varyingAll(List<Column> columns) {
        double[] none = new double[columns.size()];
        Arrays.fill(none, Double.NaN);
        return new Constants(columns, none);
    }

    private static Ranges.Ends ends(Dataset rows, RunContext run) {
        return Plan.read(new Ranges(rows.columns())).run(Passes.over(rows, run));
    }

    private static boolean anyConstant(Ranges.Ends ends) {
        return IntStream.range(0, ends.lower().length).anyMatch(i -> ends.lower()[i] == ends.upper()[i]);
    }

    private static Constants constantsOf(List<Column> columns, Ranges.Ends ends) {
        double[] values = new double[columns.size()];
        Arrays.setAll(values, i -> ends.lower()[i] == ends.upper()[i] ? ends.lower()[i] : Double.NaN);
        return new Constants(columns, values);
    }

    /**
     * Whether there is nothing to put back.
     *
     * @return true if every column varies
     */
    public boolean isEmpty() {
        return constant.length == 0;
    }

    /**
     * All columns.
     *
     * @return an immutable list
     */
    public List<Column> columns() {
        return columns;
    }

    /**
     * The values.
     *
     * @return one for each constant column, NaN for the others; a new array
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The columns that vary.
     *
     * @return their list, in order
     */
    public List<Column> varying() {
        return varying(columns);
    }

    private List<Column> varying(List<Column> all) {
        return IntStream.of(varying).mapToObj(all::get).toList();
    }

    /**
     * Names and values.
     *
     * @return a line for the report
     */
    public String line() {
        StringBuilder line = new StringBuilder(constant.length == 1 ? "constant column: " : "constant columns: ");
        for (int k = 0; k < constant.length; k++) {
            int i = constant[k];
            line.append(k == 0 ? "" : ", ")
                    .append(columns.get(i).name())
                    .append(" = ")
                    .append(values[i]);
        }
        return line.toString();
    }

    /**
     * Leaves the constant columns out.
     *
     * @param rows rows of all columns; not modified
     * @return rows of those that vary, a batch of its own
     */
    Points without(Points rows) {
        Points kept = Points.zeros(varying.length, rows.size());
        for (int k = 0; k < varying.length; k++) {
            System.arraycopy(rows.values(), rows.offset(varying[k]), kept.values(), kept.offset(k), rows.size());
        }
        return kept;
    }

    /**
     * Puts the constant columns back.
     *
     * @param rows rows of the columns that vary; not modified
     * @return rows of all columns, a batch of its own
     */
    Points with(Points rows) {
        Points all = Points.zeros(columns.size(), rows.size());
        for (int k = 0; k < varying.length; k++) {
            System.arraycopy(rows.values(), rows.offset(k), all.values(), all.offset(varying[k]), rows.size());
        }
        for (int i : constant) {
            Arrays.fill(all.values(), all.offset(i), all.offset(i) + rows.size(), values[i]);
        }
        return all;
    }

    /**
     * The first column of a row that has another value. Gaps agree with every value.
     *
     * @param rows rows of all columns; not modified
     * @param n which row
     * @return its number, empty if the row agrees
     */
    OptionalInt other(Points rows, int n) {
        return Arrays.stream(constant)
                .filter(i -> !Double.isNaN(rows.get(i, n)) && rows.get(i, n) != values[i])
                .findFirst();
    }

    /**
     * What a condition says of the columns that vary.
     *
     * @param condition about all columns
     * @return the same about those that vary; empty if it says nothing of them
     * @throws InputException if a constant column is not as the condition says
     */
    Optional<Evidence.Condition> reduced(Evidence.Condition condition) {
        if (condition instanceof Evidence.Condition.Linear linear) {
            return reduced(linear);
        }
        int column = column(condition);
        if (Double.isNaN(values[column])) {
            int place = Arrays.binarySearch(varying, column);
            return Optional.of(
                    condition instanceof Evidence.Condition.Equal equal
                            ? new Evidence.Condition.Equal(place, equal.value())
                            : condition instanceof Evidence.Condition.OneOf one
                                    ? new Evidence.Condition.OneOf(place, one.values())
                                    : new Evidence.Condition.Within(
                                            place,
                                            ((Evidence.Condition.Within) condition).lower(),
                                            ((Evidence.Condition.Within) condition).upper()));
        }
        requireHolds(condition);
        return Optional.empty();
    }

    private static int column(Evidence.Condition condition) {
        if (condition instanceof Evidence.Condition.Equal equal) {
            return equal.column();
        }
        return condition instanceof Evidence.Condition.OneOf one
                ? one.column()
                : ((Evidence.Condition.Within) condition).column();
    }

    private Optional<Evidence.Condition> reduced(Evidence.Condition.Linear linear) {
        double shift = 0;
        for (int i : constant) {
            shift += linear.weights()[i] * values[i];
        }
        double[] weights =
                Arrays.stream(varying).mapToDouble(i -> linear.weights()[i]).toArray();
        if (Arrays.stream(weights).allMatch(w -> w == 0)) {
            requireHolds(linear);
            return Optional.empty();
        }
        return Optional.of(new Evidence.Condition.Linear(weights, linear.lower() - shift, linear.upper() - shift));
    }

    private void requireHolds(Evidence.Condition condition) {
        if (!condition.holds(values)) {
            throw new InputException("the condition has no mass: " + line() + " in all rows that were fitted");
        }
    }

    /**
     * What a row has instead.
     *
     * @param column the column that differs
     * @param found its value
     * @return a clause
     */
    String difference(int column, double found) {
        return columns.get(column).name() + " = " + found + ", which was " + values[column]
                + " in all rows that were fitted";
    }

    /**
     * The rows without the constant columns.
     *
     * @param rows rows of all columns
     * @return a view, in memory if the rows are, that refuses a row with another value when it is read
     */
    public Dataset without(Dataset rows) {
        if (rows instanceof InMemory memory) {
            requireSame(memory.points(), 0, memory.points().size());
            return new InMemory(varying(rows.columns()), without(memory.points()));
        }
        return rows instanceof Distributed elsewhere
                ? elsewhere.mapped(varying(rows.columns()), new Varying(this))
                : new Without(rows);
    }

    /** What is read elsewhere was found constant there, in all rows. */
    private record Varying(Constants constants) implements UnaryOperator<Points> {
        @Override
        public Points apply(Points rows) {
            return constants.without(rows);
        }
    }

    private void requireSame(Points rows, long first, int count) {
        for (int n = 0; n < count; n++) {
            OptionalInt other = other(rows, n);
            if (other.isPresent()) {
                throw new InputException("row " + (first + n + 1) + " has "
                        + difference(other.getAsInt(), rows.get(other.getAsInt(), n)));
            }
        }
    }

    private final class Without implements Dataset {
        private final Dataset rows;

        Without(Dataset rows) {
            this.rows = rows;
        }

        @Override
        public List<Column> columns() {
            return varying(rows.columns());
        }

        @Override
        public OptionalLong rows() {
            return rows.rows();
        }

        @Override
        public Reader open() {
            Reader reader = rows.open();
            return new Reader() {
                private long read;

                @Override
                public int read(Points buffer) {
                    Points all = Points.zeros(columns.size(), buffer.size());
                    int count = reader.read(all);
                    if (count > 0) {
                        requireSame(all, read, count);
                        read += count;
                        buffer.paste(0, without(all.slice(0, count)));
                    }
                    return count;
                }

                @Override
                public void close() {
                    reader.close();
                }
            };
        }
    }
}
