package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/** Times in geometric progression. */
public final class Geometric implements TimeGridProvider<Geometric.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Geometric() {}

    /**
     * The options.
     *
     * @param end where the grid ends
     */
    public record Options(
            @Option(doc = End.DOC, value = "stop") End end) {}

    @Override
    public String name() {
        return "geometric";
    }

    @Override
    public String summary() {
        return "geometric in t, the default of samplers for any process";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        double earliest = Ladder.positive(name(), context.process());
        return options.end.grid(
                context,
                k -> TimeGrid.geometric(context.process().horizon(), earliest, k)
                        .times());
    }
}
