package org.eigendrift.samplers.wrap;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;

/**
 * The Levenberg-Marquardt-Langevin correction (2505.24222): removes from the noise prediction its component along a
 * running average, and keeps its length.
 */
public final class Lml implements SamplerProvider<Lml.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Lml() {}

    /**
     * The options.
     *
     * @param sampler sampler
     * @param kappa weight of the previous prediction
     * @param damping damping
     * @param freeze share left alone
     */
    public record Options(
            @Option(doc = "the sampler that is wrapped", value = "ddim", kind = SamplerProvider.class)
            Chosen<RunContext, Sampler> sampler,

            @Option(
                    doc = "weight of the previous prediction in the average; 0 changes nothing",
                    value = "0.001",
                    min = 0,
                    max = 1)
            double kappa,

            @Option(doc = "damping lambda of the rank-one inverse", value = "10", min = 0, open = true)
            double damping,

            @Option(
                    doc = "share of the range of lambda, from the start, that is left alone",
                    value = "0.5",
                    min = 0,
                    max = 1)
            double freeze) {}

    @Override
    public String name() {
        return "lml";
    }

    @Override
    public String summary() {
        return "wrapper: damped Levenberg-Marquardt correction of the noise prediction";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new FilteredSampler(
                name(), options.sampler.create(run), process -> () -> new LmlFilter(process, options));
    }
}
