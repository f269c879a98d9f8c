package org.eigendrift.cli.run;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eigendrift.api.data.Column;

/**
 * How a column is written that holds cells of a file beside answers: what was known may have more decimals than the model's rows had,
 * and stays what it was; answers have those of the model.
 */
final class KnownCells {
    private static final Set<String> NUMBERS = Set.of("number", "integer");

    private final Column model;
    private final int decimals;
    private final int more;

    /**
     * Looks at cells.
     *
     * @param model the model's column
     * @param cells those of the file, NaN where there is none
     */
    KnownCells(Column model, double[] cells) {
        this.model = model;
        String pattern = model.format().pattern();
        boolean numbers = NUMBERS.contains(model.format().type()) && !pattern.isEmpty();
        this.decimals = decimals(pattern);
        this.more = numbers
                ? Arrays.stream(cells)
                        .filter(Double::isFinite)
                        .mapToInt(cell -> scale(unturned(model, cell)) - decimals)
                        .reduce(0, Math::max)
                : 0;
    }

    /** Digits of a pattern behind its decimal mark. */
    private static int decimals(String pattern) {
        Matcher parts = PATTERN.matcher(pattern);
        return parts.matches() ? Math.max(0, parts.group("decimals").length() - 1) : 0;
    }

    /** Between what stands beside the number: the whole part, maybe with marks between thousands, and the decimals with their mark. */
    private static final Pattern PATTERN = Pattern.compile(
            "(?<before>[^0#]*)(?<whole>(?:#(?<group>.)##)?0)(?<decimals>(?:[.,][0#]+)?)(?<behind>[^0#]*)");

    /** Turns that were taken off an angle leave some 1e-13 of a turn in its last digits. */
    private static double unturned(Column column, double cell) {
        return column.kind() == Column.Kind.ANGLE ? Column.multiple(cell, 1e-9) : cell;
    }

    private static int scale(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().scale();
    }

    /** The column to be written: the model's, with as many decimals more as the cells have. */
    Column column() {
        if (more == 0) {
            return model;
        }
        Column.Format format = model.format();
        Matcher parts = PATTERN.matcher(format.pattern());
        if (!parts.matches()) {
            return model;
        }
        String mark = decimals > 0 ? "" : ".".equals(parts.group("group")) ? "," : ".";
        String pattern = parts.group("before")
                + parts.group("whole")
                + parts.group("decimals")
                + mark
                + "#".repeat(more)
                + parts.group("behind");
        // A finer step would tell of rows that the model never saw.
        return turned().withStep(0).withFormat(new Column.Format("number", pattern, format.gap()));
    }

    /** Angles between two steps are written in the turn that the file has, which begins at a step. */
    private Column turned() {
        if (model.kind() != Column.Kind.ANGLE) {
            return model;
        }
        double half = model.step() / 2;
        return Column.angle(model.name(), model.stepped(model.lower() + half), model.stepped(model.upper() + half))
                .withGaps(model.gaps());
    }

    /** An answer as the model's rows are written. */
    double answer(double value) {
        double step = model.step() > 0 ? model.step() : Double.parseDouble("1e-" + decimals);
        double rounded = Column.multiple(value, step);
        return more > 0 && model.allows(rounded) ? rounded : value;
    }
}
