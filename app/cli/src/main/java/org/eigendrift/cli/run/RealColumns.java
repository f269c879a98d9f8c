package org.eigendrift.cli.run;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.target.Target;

/**
 * Rows as columns of real numbers, for laws that know no others: whole numbers, days and moments as themselves, levels that are
 * numbers as these, other levels that have an order, and yes and no, as 0, 1, 2, ... Declared bounds stay bounds. Categories and gaps
 * are refused, and columns that are declared to be 0 or more, as 0 has no density.
 */
public final class RealColumns implements Dataset {
    private final Dataset source;
    private final List<Column> columns;
    private final double[][] levels;

    private RealColumns(Dataset source, boolean gaps) {
        this.source = source;
        this.columns =
                source.columns().stream().map(column -> real(column, gaps)).toList();
        this.levels = source.columns().stream().map(RealColumns::numbers).toArray(double[][]::new);
    }

    /**
     * The same target, of real columns.
     *
     * @param target a target
     * @return the target itself if its columns are smooth
     * @throws InputException if a column has no numbers of its own
     */
    public static Target of(Target target) {
        return target.train().columns().stream().allMatch(Column::smooth) ? target : new OfTarget(target);
    }

    /**
     * Rows of which some cells may be open: gaps stay gaps, in columns that have none of their own.
     *
     * @param rows rows of any columns
     * @return the same of real columns
     * @throws InputException if a column has no numbers of its own
     */
    static Dataset open(Dataset rows) {
        return new RealColumns(rows, true);
    }

    /** Rows of real columns of a target that is a table. */
    private record OfTarget(Dataset train, Optional<Dataset> heldout, Target table) implements Target {
        OfTarget(Target table) {
            this(
                    new RealColumns(table.train(), false),
                    table.heldout().map(rows -> new RealColumns(rows, false)),
                    table);
        }

        @Override
        public List<String> remarks() {
            return table.remarks();
        }

        @Override
        public List<Finding> findings() {
            return table.findings();
        }
    }

    private static Column real(Column column, boolean gaps) {
        if (column.kind() == Column.Kind.CATEGORY || column.gaps() && !gaps) {
            throw new InputException("column '" + column.name() + "' "
                    + (column.gaps() ? "has gaps" : "is a category")
                    + ", which a law of real columns cannot model; write law: {type: table}, or choose other columns with columns"
                    + (column.gaps() ? ", or set missing: drop or impute" : ""));
        }
        if (column.kind() == Column.Kind.NON_NEGATIVE && column.ends() == Column.Ends.LOWER) {
            throw new InputException(
                    "column '" + column.name() + "' is declared non-negative: a law of real columns has no"
                            + " mass at 0; write law: {type: table}, or declare it [" + column.name()
                            + ", number, positive] if no row has 0, or [" + column.name() + ", number, real]");
        }
        Column real = unwritten(column);
        // Decimals, whole numbers and days are written as such again.
        return column.kind().levelled()
                ? withDecimals(real, column).withObserved(ends(numbers(column)))
                : real.withFormat(column.format()).withStep(column.step()).withObserved(column.within());
    }

    private static Column.Span ends(double[] numbers) {
        DoubleSummaryStatistics statistics = Arrays.stream(numbers).summaryStatistics();
        return new Column.Span(statistics.getMin(), statistics.getMax());
    }

    private static Column unwritten(Column column) {
        if (column.kind().smooth()) {
            return new Column(column.name(), column.kind(), column.lower(), column.upper());
        }
        // Where whole numbers were only seen to end, new rows may go beyond.
        boolean declared = column.kind() == Column.Kind.INTEGER && !column.seen();
        return declared && column.lower() < column.upper()
                ? Column.bounded(column.name(), column.lower(), column.upper())
                : Column.real(column.name());
    }

    /** Levels that are numbers have the decimals of their texts, the least of them always. */
    private static Column withDecimals(Column real, Column levels) {
        boolean exponents = levels.levels().stream().anyMatch(text -> text.matches(".*[eE].*"));
        if (levels.numbers().isEmpty() || exponents) {
            return real;
        }
        IntSummaryStatistics decimals = levels.levels().stream()
                .mapToInt(text -> text.indexOf('.') < 0 ? 0 : text.length() - text.indexOf('.') - 1)
                .summaryStatistics();
        String pattern = "0" + (decimals.getMax() > 0 ? "." : "") + "0".repeat(decimals.getMin())
                + "#".repeat(decimals.getMax() - decimals.getMin());
        return real.withStep(Double.parseDouble("1e-" + decimals.getMax()))
                .withFormat(new Column.Format("number", pattern, levels.format().gap()));
    }

    /** The number of each level, empty for columns without levels. */
    private static double[] numbers(Column column) {
        List<Double> numbers = column.numbers();
        return numbers.isEmpty()
                ? IntStream.range(0, column.levels().size()).asDoubleStream().toArray()
                : numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return source.rows();
    }

    @Override
    public boolean incomplete() {
        return source.incomplete();
    }

    @Override
    public Reader open() {
        Reader reader = source.open();
        return new Reader() {
            @Override
            public int read(Points buffer) {
                int count = reader.read(buffer);
                for (int i = 0; i < levels.length; i++) {
                    for (int n = 0; n < count && levels[i].length > 0; n++) {
                        double level = buffer.get(i, n);
                        buffer.set(i, n, Double.isNaN(level) ? level : levels[i][(int) level]);
                    }
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
