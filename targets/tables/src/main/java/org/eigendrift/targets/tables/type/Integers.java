package org.eigendrift.targets.tables.type;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Format;
import org.eigendrift.targets.tables.type.NumberDetector.Counted;

/** Whole numbers: {@code integer}, or {@code integer, LOWER, UPPER}. */
public final class Integers extends BuiltInType {

    /** Creates the provider. */
    public Integers() {}

    @Override
    public String name() {
        return "integer";
    }

    @Override
    public String summary() {
        return "whole numbers";
    }

    @Override
    public Detector detector(String name, List<String> arguments) {
        double[] bounds = bounds(name, arguments);
        return new NumberDetector(Optional.empty(), (numbers, seen) -> guess(bounds, numbers, seen));
    }

    /** The declared range, empty if there is none. */
    private double[] bounds(String name, List<String> arguments) {
        if (arguments.isEmpty()) {
            return new double[0];
        }
        boolean two = arguments.size() == 2 && arguments.stream().allMatch(a -> NumberStyle.plain(a, '.'));
        double[] bounds =
                two ? arguments.stream().mapToDouble(Double::parseDouble).toArray() : new double[] {1, 0};
        if (!(bounds[0] <= bounds[1])) {
            throw wrong(name, ", LOWER, UPPER] or [" + name + ", integer]", arguments);
        }
        return bounds;
    }

    private Optional<Guess> guess(double[] bounds, NumberDetector numbers, CellStatistics seen) {
        List<Counted> values = numbers.values(seen);
        // A zero before other digits is part of a code, such as a postcode.
        if (!numbers.integers() || numbers.leadingZeros() || values.isEmpty()) {
            return Optional.empty();
        }
        double[] atoms = OrderedLevels.fewButNoLevels(numbers, seen, values)
                ? Numbers.repeated(values)
                : Numbers.atoms(values, seen);
        double lower = bounds.length == 0 ? numbers.lower() : bounds[0];
        double upper = bounds.length == 0 ? numbers.upper() : bounds[1];
        Column column = Column.integer(seen.name(), lower, upper)
                .withEnds(bounds.length == 0 ? Column.Ends.OPEN : Column.Ends.CLOSED)
                .withAtoms(atoms)
                .withFormat(new Format(name(), numbers.pattern().text(), seen.gap()));
        String reason = "whole numbers from " + ColumnTypes.shortest(numbers.lower()) + " to "
                + ColumnTypes.shortest(numbers.upper()) + Numbers.marks(numbers) + Numbers.said(atoms);
        return Optional.of(new Guess(Optional.of(column), 0.6, reason));
    }

    @Override
    public double parse(String text, Column column) {
        double value = pattern(column).parse(text);
        return value == Math.rint(value) && Math.abs(value) < NumberDetector.EXACT ? value : Double.NaN;
    }

    @Override
    public String format(double value, Column column) {
        return pattern(column).format(column.step() > 0 ? Math.rint(value / column.step()) * column.step() : value);
    }

    private static NumberPattern pattern(Column column) {
        return NumberPattern.of(column.format().pattern()).orElse(NumberPattern.SHORTEST);
    }

    @Override
    public String expected(Column column) {
        NumberPattern pattern = pattern(column);
        return "a whole number below 2^53 in size" + (pattern.bare() ? "" : " such as " + pattern.format(1234));
    }
}
