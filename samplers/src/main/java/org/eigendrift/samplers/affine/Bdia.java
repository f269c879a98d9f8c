package org.eigendrift.samplers.affine;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/**
 * BDIA (Zhang, Lewis and Kleijn, 2307.10829, equation 10): bidirectional integration, which steps back as exactly as
 * it steps forward.
 */
public final class Bdia implements SamplerProvider<Bdia.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Bdia() {}

    /**
     * The options.
     *
     * @param gamma share of the bidirectional step
     * @param steps steps
     * @param grid time grid
     */
    public record Options(
            @Option(
                    doc = "share of the step over two intervals; inversion amplifies rounding by 1 / gamma a step",
                    value = "1",
                    min = 0,
                    max = 1,
                    open = true)
            double gamma,

            @Option(doc = "steps of the grid", value = "50", min = 1)
            int steps,

            @Option(doc = "time grid", value = "log-snr", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid) {}

    @Override
    public String name() {
        return "bdia";
    }

    @Override
    public String summary() {
        return "BDIA: exactly invertible second-order DDIM";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new BdiaSampler(name(), options);
    }
}
