package org.eigendrift.targets.tables.type;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Format;
import org.eigendrift.targets.tables.type.NumberDetector.Counted;

/**
 * Numbers with a fraction: {@code number}, or {@code number} followed by {@code real}, {@code positive}, {@code non-negative} or
 * {@code bounded, LOWER, UPPER}, and by a pattern such as {@code 0,00}, {@code $#,##0.00} or {@code 0.0 %}.
 */
public final class Numbers extends BuiltInType {
    private static final String EXPECTED =
            ", real | positive | non-negative | bounded, LOWER, UPPER, PATTERN such as 0.00], each of which may be left out";

    /** Share of the cells that a repeated value must have to be an atom, and the least number of them. */
    private static final double SHARE = 0.01;

    private static final long LEAST = 8;

    /** How many times as often as half of the other values an atom must stand. */
    private static final double TIMES = 10;

    /** Pairs of rows that may be expected to meet by chance where decimals are as good as endless. */
    private static final double PAIRS = 0.5;

    /** Creates the provider. */
    public Numbers() {}

    @Override
    public String name() {
        return "number";
    }

    @Override
    public String summary() {
        return "numbers with a fraction, with decimal point or comma, marks between thousands, and a sign of per cent or of a currency";
    }

    @Override
    public Detector detector(String name, List<String> arguments) {
        Declared declared = declared(name, arguments);
        return new NumberDetector(declared.pattern, (numbers, seen) -> guess(declared, numbers, seen));
    }

    /** What stood behind the type's name. */
    private record Declared(Optional<Column> column, Optional<NumberPattern> pattern) {}

    private Declared declared(String name, List<String> arguments) {
        if (arguments.isEmpty()) {
            return new Declared(Optional.empty(), Optional.empty());
        }
        int used = 1;
        Optional<Column> column;
        switch (arguments.get(0)) {
            case "real" -> column = Optional.of(Column.real(name));
            case "positive" -> column = Optional.of(Column.positive(name));
            case "non-negative" -> column = Optional.of(Column.nonNegative(name));
            case "bounded" -> {
                column = Optional.of(bounded(name, arguments));
                used = 3;
            }
            default -> {
                column = Optional.empty();
                used = 0;
            }
        }
        if (arguments.size() > used + 1) {
            throw wrong(name, EXPECTED, arguments);
        }
        Optional<NumberPattern> pattern = Optional.empty();
        if (arguments.size() > used) {
            pattern = NumberPattern.of(arguments.get(used));
            if (pattern.isEmpty()) {
                throw wrong(name, EXPECTED, arguments);
            }
        }
        return new Declared(column, pattern);
    }

    private Column bounded(String name, List<String> arguments) {
        try {
            if (arguments.size() >= 3) {
                double lower = Double.parseDouble(arguments.get(1));
                double upper = Double.parseDouble(arguments.get(2));
                return Column.bounded(name, lower, upper).withEnds(Column.Ends.CLOSED);
            }
        } catch (IllegalArgumentException e) {
            throw new InputException(wrong(name, EXPECTED, arguments).getMessage(), e);
        }
        throw wrong(name, EXPECTED, arguments);
    }

    private Optional<Guess> guess(Declared declared, NumberDetector numbers, CellStatistics seen) {
        List<Counted> values = numbers.values(seen);
        // Digits beyond what doubles hold are a key's, not a measurement's.
        if (!numbers.exact() || numbers.leadingZeros() && declared.column.isEmpty()) {
            return Optional.empty();
        }
        NumberPattern pattern = declared.pattern.filter(p -> p.least() >= 0).orElse(numbers.pattern());
        double step = pattern.most() > 0 ? step(pattern.most()) : 0;
        boolean fine = step > 0 && fine(values, step);
        double[] atoms = atoms(values, seen, fine ? 0 : SHARE);
        boolean zero = numbers.lower() == 0
                && values.get(0).number() == 0
                && values.get(0).count() >= LEAST;
        Column column = declared.column.orElse(
                zero ? Column.nonNegative(seen.name()).withEnds(Column.Ends.OPEN) : Column.real(seen.name()));
        if (!fine) {
            column = column.withStep(step);
        }
        // Declared bounds say how far draws may go.
        if (column.kind() != Column.Kind.BOUNDED) {
            column = column.withObserved(new Column.Span(numbers.lower(), numbers.upper()));
        }
        column = column.withAtoms(atoms).withFormat(new Format(name(), pattern.text(), seen.gap()));
        return Optional.of(new Guess(Optional.of(column), 0.5, reason(numbers, pattern, atoms)));
    }

    /**
     * A column of numbers that are written as some texts are.
     *
     * @param column the column
     * @param texts cells
     * @return the column with their decimals; as it is if not all are numbers, or these are in full precision
     */
    public static Column written(Column column, List<String> texts) {
        NumberDetector numbers = detector();
        if (!texts.stream().allMatch(numbers::add) || numbers.pattern().least() < 0) {
            return column;
        }
        NumberPattern pattern = numbers.pattern();
        return column.withStep(step(pattern.most()))
                .withFormat(new Format("number", pattern.text(), column.format().gap()));
    }

    /**
     * From the least of some numbers to the largest.
     *
     * @param texts cells
     * @return everywhere if not all are numbers
     */
    public static Column.Span span(List<String> texts) {
        NumberDetector numbers = detector();
        return texts.stream().allMatch(numbers::add)
                ? new Column.Span(numbers.lower(), numbers.upper())
                : Column.Span.EVERYWHERE;
    }

    private static NumberDetector detector() {
        return new NumberDetector(Optional.of(NumberPattern.SHORTEST), (all, seen) -> Optional.empty());
    }

    /** The double nearest to a power of ten. */
    static double step(int decimals) {
        return Double.parseDouble("1e-" + decimals);
    }

    private static String reason(NumberDetector numbers, NumberPattern pattern, double[] atoms) {
        String range = "numbers from " + ColumnTypes.shortest(numbers.lower()) + " to "
                + ColumnTypes.shortest(numbers.upper());
        String decimals = switch (pattern.most()) {
            case -1, 0 -> "";
            case 1 -> ", 1 decimal";
            default -> String.format(Locale.ROOT, ", %d decimals", pattern.most());
        };
        return range + decimals + marks(numbers) + said(atoms);
    }

    /** The marks of a style that is not the usual one, and what stands beside the numbers. */
    static String marks(NumberDetector numbers) {
        NumberStyle style = numbers.style();
        return (style.decimal() == ',' ? ", with a decimal comma" : "")
                + (style.group() == 0 ? "" : ", with '" + style.group() + "' between thousands")
                + numbers.unit().said();
    }

    /** Atoms in words. */
    static String said(double[] atoms) {
        return atoms.length == 0
                ? ""
                : ", repeated exactly: "
                        + String.join(
                                ", ",
                                Arrays.stream(atoms)
                                        .mapToObj(ColumnTypes::shortest)
                                        .toList());
    }

    /**
     * Values that stand far more often than the others.
     *
     * @param values distinct values, ascending
     * @param seen counts
     * @return the values, ascending
     */
    static double[] atoms(List<Counted> values, CellStatistics seen) {
        return atoms(values, seen, SHARE);
    }

    /**
     * Values that are repeated, be it no more than the others.
     *
     * @param values distinct values, ascending
     * @return the values, ascending
     */
    static double[] repeated(List<Counted> values) {
        return values.stream()
                .filter(value -> value.count() >= LEAST)
                .mapToDouble(Counted::number)
                .toArray();
    }

    private static double[] atoms(List<Counted> values, CellStatistics seen, double share) {
        if (values.size() < 2) {
            return new double[0];
        }
        double least = Math.max(LEAST, Math.max(share * seen.present(), TIMES * usual(values)));
        return IntStream.range(0, values.size())
                .filter(i -> values.get(i).count() >= least && values.get(i).count() >= ABOVE * nearby(values, i))
                .mapToDouble(i -> values.get(i).number())
                .toArray();
    }

    /**
     * Whether decimals are so many that no two rows would have the same number by chance: then it is of no account that there is
     * a last decimal, and what repeats means something of its own. Of k numbers in a range of m steps k(k - 1) / 2m pairs are
     * expected to meet; the middle half of the numbers is counted, in which they lie densest.
     */
    private static boolean fine(List<Counted> values, double step) {
        int from = values.size() / 4;
        int to = values.size() - 1 - from;
        if (to <= from || usual(values) > 1) {
            return false;
        }
        double inside = to - from + 1.0;
        double steps = (values.get(to).number() - values.get(from).number()) / step;
        return inside * (inside - 1) / (2 * steps) < PAIRS;
    }

    /** The lower median of how often values stand. */
    private static long usual(List<Counted> values) {
        long[] counts = values.stream().mapToLong(Counted::count).sorted().toArray();
        return counts[(counts.length - 1) / 2];
    }

    /** How many times as often as the values near it an atom must stand: a density that is rounded repeats these too. */
    private static final double ABOVE = 4;

    /** Values on either side that are near. */
    private static final int NEAR = 3;

    /** The lower median of the counts of the values near one of them. */
    private static long nearby(List<Counted> values, int at) {
        long[] counts = IntStream.rangeClosed(Math.max(0, at - NEAR), Math.min(values.size() - 1, at + NEAR))
                .filter(i -> i != at)
                .mapToLong(i -> values.get(i).count())
                .sorted()
                .toArray();
        return counts[(counts.length - 1) / 2];
    }

    @Override
    public double parse(String text, Column column) {
        return pattern(column).parse(text);
    }

    @Override
    public String format(double value, Column column) {
        return pattern(column).format(value, column);
    }

    private static NumberPattern pattern(Column column) {
        return NumberPattern.of(column.format().pattern()).orElse(NumberPattern.SHORTEST);
    }

    @Override
    public String expected(Column column) {
        NumberPattern pattern = pattern(column);
        return "a number" + (pattern.bare() ? "" : " such as " + pattern.format(1234.5));
    }
}
