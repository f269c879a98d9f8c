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

/** Brings real and positive columns, each on its own, to the standard normal law. Other columns pass through. See {@link Columnwise}. */
public final class GaussianizeFrame implements FrameProvider<GaussianizeFrame.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param columns names of the columns to map
     */
    public record Options(
            @Option(doc = "names of the columns to map; empty for all real and positive ones", value = "[]")
            List<String> columns) {}

    /** Creates the provider. */
    public GaussianizeFrame() {}

    @Override
    public String name() {
        return "gaussianize";
    }

    @Override
    public String summary() {
        return "maps real and positive columns one by one to the standard normal law";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Optional<Offer> offer(FrameUse use) {
        return use instanceof FrameUse.NormalScores ? Optional.of(Offer.of(1)) : Optional.empty();
    }

    @Override
    public Plan<Frame> plan(Options options, List<Column> columns) {
        boolean[] selected = Columnwise.selection(name(), columns, options.columns());
        return Columnwise.plan(name(), columns, selected, false);
    }

    @Override
    public Frame restore(Options options, List<Column> columns, State state) {
        return Columnwise.restore(columns, Columnwise.selection(name(), columns, options.columns()), state, false);
    }
}
