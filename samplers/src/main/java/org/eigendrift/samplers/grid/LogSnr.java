package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.AffineProcess;

/** Levels in arithmetic progression of lambda = log(alpha / sigma). */
public final class LogSnr implements TimeGridProvider<LogSnr.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public LogSnr() {}

    /**
     * The options.
     *
     * @param end where the grid ends
     */
    public record Options(
            @Option(doc = End.DOC, value = "stop") End end) {}

    @Override
    public String name() {
        return "log-snr";
    }

    @Override
    public String summary() {
        return "uniform in lambda = log(alpha / sigma)";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        AffineProcess p = Ladder.affine(name(), context.process());
        return options.end.grid(context, k -> Ladder.even(p.horizon(), p.earliest(), k, p::lambda, p::time));
    }
}
