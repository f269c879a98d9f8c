package org.eigendrift.samplers.affine;

import java.lang.invoke.MethodHandles;
import java.util.OptionalDouble;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/** Heun steps in sigma / alpha with churn (Karras et al., 2206.00364, algorithm 2). */
public final class EdmHeun implements SamplerProvider<EdmHeun.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public EdmHeun() {}

    /**
     * The options.
     *
     * @param steps steps
     * @param grid time grid
     * @param sChurn churn
     * @param sTmin least level of the churn
     * @param sTmax largest level of the churn
     * @param sNoise factor of the noise
     */
    public record Options(
            @Option(doc = "steps of the grid", value = "18", min = 1)
            int steps,

            @Option(doc = "time grid", value = "karras", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid,

            @Option(doc = "churn: noise added before a step, spread over all steps", value = "0", min = 0)
            double sChurn,

            @Option(doc = "least sigma / alpha at which noise is added", value = "0", min = 0)
            double sTmin,

            @Option(doc = "largest sigma / alpha at which noise is added; auto: no limit", value = "auto", min = 0)
            OptionalDouble sTmax,

            @Option(doc = "factor of the noise", value = "1", min = 0)
            double sNoise) {}

    @Override
    public String name() {
        return "edm-heun";
    }

    @Override
    public String summary() {
        return "EDM's Heun sampler in sigma / alpha, with churn";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        Churn churn = new Churn(
                options.sChurn, options.sTmin, options.sTmax.orElse(Double.POSITIVE_INFINITY), options.sNoise, false);
        return new AffineSampler(name(), options.grid, options.steps, 1, s -> Edm.write(s, churn, Edm.Second.HEUN));
    }
}
