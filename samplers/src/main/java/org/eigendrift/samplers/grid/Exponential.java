package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.AffineProcess;

/** Levels in geometric progression of sigma / alpha. */
public final class Exponential implements TimeGridProvider<Exponential.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Exponential() {}

    /**
     * The options.
     *
     * @param end where the grid ends
     */
    public record Options(
            @Option(doc = End.DOC, value = "stop") End end) {}

    @Override
    public String name() {
        return "exponential";
    }

    @Override
    public String summary() {
        return "uniform in log(sigma / alpha): another name of log-snr";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        AffineProcess p = Ladder.affine(name(), context.process());
        return options.end.grid(context, k -> Ladder.evenInRatio(p, k, Math::log, Math::exp));
    }
}
