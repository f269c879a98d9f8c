package org.eigendrift.bases.frame;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.frame.FrameUse;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.bases.marginal.RowSample;

/**
 * Takes fine dependence out of normal scores: brings a column, given one before it, to the standard normal law. See
 * {@link Rosenblatt}.
 */
public final class RosenblattFrame implements FrameProvider<RosenblattFrame.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param columns names of the columns to map or to depend on
     */
    public record Options(
            @Option(doc = "names of the columns among which to look; empty for all real ones", value = "[]")
            List<String> columns) {}

    /** Creates the provider. */
    public RosenblattFrame() {}

    @Override
    public String name() {
        return "rosenblatt";
    }

    @Override
    public String summary() {
        return "maps normal scores, given one before them where that shows fine structure, to the standard normal law";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Optional<Offer> offer(FrameUse use) {
        return use instanceof FrameUse.ConditionalScores ? Optional.of(Offer.of(1)) : Optional.empty();
    }

    @Override
    public Plan<Frame> plan(Options options, List<Column> columns) {
        boolean[] selected = selection(options, columns);
        return RowSample.of(columns.size()).map(sample -> Rosenblatt.fit(columns, selected, sample));
    }

    @Override
    public Frame restore(Options options, List<Column> columns, State state) {
        return Rosenblatt.restore(columns, selection(options, columns), state);
    }

    private boolean[] selection(Options options, List<Column> columns) {
        return Selection.of(name(), columns, options.columns(), kind -> kind == Column.Kind.REAL);
    }
}
