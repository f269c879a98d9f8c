package org.eigendrift.bases.frame;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.bases.marginal.ColumnSummary;

/**
 * Maps columns into [0, 1]: real and positive ones by the data's range, widened on both sides, or by given bounds;
 * bounded ones by the bounds they declare. Angles pass through.
 */
public final class BoxFrame implements FrameProvider<BoxFrame.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param columns names of the columns to map
     * @param padding fraction of the range added on each side
     * @param lower lower bounds of the real and positive columns
     * @param upper upper bounds of the real and positive columns
     */
    public record Options(
            @Option(doc = "names of the columns to map; empty for all but angles", value = "[]")
            List<String> columns,

            @Option(
                    doc =
                            "how far real and positive columns are widened, as a fraction of the data's range on each side",
                    value = "0.05",
                    min = 0,
                    max = 10)
            double padding,

            @Option(
                    doc = "lower bounds of the mapped real and positive columns, in order, instead of the data's range",
                    value = "[]")
            List<Double> lower,

            @Option(
                    doc = "upper bounds of the mapped real and positive columns, in order, instead of the data's range",
                    value = "[]")
            List<Double> upper) {

        /**
         * Checks that the bounds go together.
         *
         * @param columns names of the columns to map
         * @param padding fraction of the range added on each side
         * @param lower lower bounds
         * @param upper upper bounds
         * @throws InputException if they differ in number or are not in order
         */
        public Options {
            if (lower.size() != upper.size()) {
                throw new InputException("lower has " + lower.size() + " numbers and upper " + upper.size()
                        + "; expected one of each for every mapped column that is not bounded already");
            }
            for (int i = 0; i < lower.size(); i++) {
                double width = upper.get(i) - lower.get(i);
                if (!(width > 0) || !Double.isFinite(width)) {
                    throw new InputException("lower bound " + lower.get(i) + " and upper bound " + upper.get(i)
                            + "; expected finite numbers, the lower below the upper");
                }
            }
        }
    }

    /** Creates the provider. */
    public BoxFrame() {}

    @Override
    public String name() {
        return "box";
    }

    @Override
    public String summary() {
        return "maps columns into [0, 1] by the data's widened range or by given bounds";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Plan<Frame> plan(Options options, List<Column> columns) {
        boolean[] mapped = selection(options, columns);
        double[] lower = new double[columns.size()];
        double[] upper = new double[columns.size()];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        int given = 0;
        for (int i = 0; i < mapped.length; i++) {
            if (mapped[i]
                    && columns.get(i).kind() != Column.Kind.BOUNDED
                    && !options.lower().isEmpty()) {
                double[] bounds = given(options, given++);
                lower[i] = bounds[0];
                upper[i] = bounds[1];
            }
        }
        if (given != options.lower().size()) {
            throw wrongNumber(options, given);
        }
        return ColumnSummary.of(columns, lower, upper).map(summary -> fitted(options, columns, mapped, summary));
    }

    private static Frame fitted(Options options, List<Column> columns, boolean[] mapped, ColumnSummary summary) {
        double[] shift = new double[columns.size()];
        double[] scale = new double[columns.size()];
        Arrays.fill(scale, 1);
        int given = 0;
        for (int i = 0; i < mapped.length; i++) {
            if (!mapped[i]) {
                continue;
            }
            Column column = columns.get(i);
            double[] bounds;
            if (column.kind() == Column.Kind.BOUNDED) {
                bounds = new double[] {column.lower(), column.upper()};
            } else if (options.lower().isEmpty()) {
                bounds = widened(summary, i, column, options.padding());
            } else {
                bounds = given(options, given++);
                summary.requireWithin(i, "give frame 'box' wider bounds, or none to take the data's range");
            }
            shift[i] = bounds[0];
            scale[i] = bounds[1] - bounds[0];
        }
        return new ColumnwiseAffine(mapped(columns, mapped), shift, scale);
    }

    private static double[] given(Options options, int index) {
        if (index >= options.lower().size()) {
            throw wrongNumber(options, index + 1);
        }
        return new double[] {options.lower().get(index), options.upper().get(index)};
    }

    private static InputException wrongNumber(Options options, int columns) {
        return new InputException(
                "frame 'box', options lower and upper: " + options.lower().size() + " bounds were given for " + columns
                        + " or more real or positive columns; expected one each");
    }

    private static double[] widened(ColumnSummary summary, int i, Column column, double padding) {
        summary.requireSpread(i, "frame 'box'");
        double range = summary.max(i) - summary.min(i);
        double lower = summary.min(i) - padding * range;
        double upper = summary.max(i) + padding * range;
        if (column.kind() == Column.Kind.POSITIVE) {
            lower = Math.max(0, lower);
        }
        if (!Double.isFinite(upper - lower)) {
            throw new InputException("column '" + column.name() + "' ranges from " + summary.min(i) + " to "
                    + summary.max(i) + ", which overflows when widened; expected numbers below 1e300");
        }
        return new double[] {lower, upper};
    }

    @Override
    public Frame restore(Options options, List<Column> columns, State state) {
        return ColumnwiseAffine.restore(mapped(columns, selection(options, columns)), state);
    }

    private boolean[] selection(Options options, List<Column> columns) {
        return Selection.of(name(), columns, options.columns(), kind -> kind.smooth() && kind != Column.Kind.ANGLE);
    }

    private static List<Column> mapped(List<Column> columns, boolean[] selected) {
        List<Column> out = new ArrayList<>(columns);
        for (int i = 0; i < selected.length; i++) {
            if (selected[i]) {
                out.set(i, Column.bounded(columns.get(i).name(), 0, 1));
            }
        }
        return out;
    }
}
