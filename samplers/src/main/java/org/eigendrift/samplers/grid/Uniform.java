package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/** Times in arithmetic progression. */
public final class Uniform implements TimeGridProvider<Uniform.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Uniform() {}

    /**
     * The options.
     *
     * @param end where the grid ends
     */
    public record Options(
            @Option(doc = End.DOC, value = "stop") End end) {}

    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public String summary() {
        return "uniform in t";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        return options.end.grid(
                context,
                k -> Ladder.even(context.process().horizon(), context.process().earliest(), k, t -> t, t -> t));
    }
}
