package org.eigendrift.samplers.wrap;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;

/**
 * DualFast (2506.13058): eps' = (1 + c) eps_t - c eps_T, where the approximation error is smallest at the start; c
 * falls linearly in lambda from its first value to 0.
 */
public final class DualFast implements SamplerProvider<DualFast.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public DualFast() {}

    /**
     * The options.
     *
     * @param sampler sampler
     * @param c mixing weight
     */
    public record Options(
            @Option(doc = "the sampler that is wrapped", value = "ddim", kind = SamplerProvider.class)
            Chosen<RunContext, Sampler> sampler,

            @Option(doc = "first value of the mixing weight", value = "0.1", min = 0)
            double c) {}

    @Override
    public String name() {
        return "dual-fast";
    }

    @Override
    public String summary() {
        return "wrapper: mixes the noise prediction with the one at the start";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new FilteredSampler(
                name(), options.sampler.create(run), process -> () -> new DualFastFilter(process, options));
    }
}
