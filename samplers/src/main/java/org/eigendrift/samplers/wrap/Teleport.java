package org.eigendrift.samplers.wrap;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;

/**
 * Gaussian analytic teleportation (Wang and Vastola, 2412.09726): the flow of a Gaussian is linear, and above some
 * noise every model is nearly one.
 */
public final class Teleport implements SamplerProvider<Teleport.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Teleport() {}

    /**
     * The options.
     *
     * @param sampler sampler
     * @param skip where the sampler takes over
     * @param pilot points of the fit
     */
    public record Options(
            @Option(doc = "the sampler that is wrapped", value = "ddim", kind = SamplerProvider.class)
            Chosen<RunContext, Sampler> sampler,

            @Option(doc = "sigma / alpha down to which the beginning is skipped", value = "2", min = 0, open = true)
            double skip,

            @Option(doc = "points on which the Gaussian is fitted to the score", value = "2048", min = 2)
            int pilot) {}

    @Override
    public String name() {
        return "teleport";
    }

    @Override
    public String summary() {
        return "wrapper: skips the beginning along the flow of the Gaussian that the model is there";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new TeleportSampler(name(), options.sampler.create(run), options);
    }
}
