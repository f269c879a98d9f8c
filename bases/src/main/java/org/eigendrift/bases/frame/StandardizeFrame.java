package org.eigendrift.bases.frame;

import java.lang.invoke.MethodHandles;
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

/** Brings real columns to mean 0 and standard deviation 1. Other columns pass through. */
public final class StandardizeFrame implements FrameProvider<StandardizeFrame.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param columns names of the columns to map
     */
    public record Options(
            @Option(doc = "names of the columns to map; empty for all real ones", value = "[]")
            List<String> columns) {}

    /** Creates the provider. */
    public StandardizeFrame() {}

    @Override
    public String name() {
        return "standardize";
    }

    @Override
    public String summary() {
        return "brings real columns to mean 0 and standard deviation 1";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Plan<Frame> plan(Options options, List<Column> columns) {
        boolean[] mapped = selection(options, columns);
        return ColumnSummary.of(columns).map(summary -> fitted(columns, mapped, summary));
    }

    private static Frame fitted(List<Column> columns, boolean[] mapped, ColumnSummary summary) {
        double[] shift = new double[columns.size()];
        double[] scale = new double[columns.size()];
        Arrays.fill(scale, 1);
        for (int i = 0; i < mapped.length; i++) {
            if (mapped[i]) {
                summary.requireSpread(i, "frame 'standardize'");
                shift[i] = summary.mean(i);
                scale[i] = summary.deviation(i);
                if (!(scale[i] > 0) || !Double.isFinite(scale[i])) {
                    throw new InputException("column '" + columns.get(i).name() + "' has the standard deviation "
                            + scale[i] + "; expected values between 1e-150 and 1e150 apart");
                }
            }
        }
        return new ColumnwiseAffine(columns, shift, scale);
    }

    @Override
    public Frame restore(Options options, List<Column> columns, State state) {
        return ColumnwiseAffine.restore(columns, state);
    }

    private boolean[] selection(Options options, List<Column> columns) {
        return Selection.of(name(), columns, options.columns(), kind -> kind == Column.Kind.REAL);
    }
}
