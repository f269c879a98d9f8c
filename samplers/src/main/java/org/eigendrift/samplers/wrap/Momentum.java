package org.eigendrift.samplers.wrap;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;

/**
 * Momentum (Wizadwongsa, Chinchuthakun, Khungurn, Chaudhuri and Suwajanakorn, 2307.11118): wraps a first-order
 * sampler; beta = 1 gives Adams-Bashforth weights.
 */
public final class Momentum implements SamplerProvider<Momentum.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Momentum() {}

    /**
     * The options.
     *
     * @param sampler sampler
     * @param kind kind
     * @param beta damping
     * @param order order
     */
    public record Options(
            @Option(doc = "the sampler that is wrapped", value = "ddim", kind = SamplerProvider.class)
            Chosen<RunContext, Sampler> sampler,

            @Option(doc = "ghvb: generalised heavy ball; hb: heavy ball after Adams-Bashforth weights", value = "ghvb")
            Kind kind,

            @Option(doc = "damping: 1 is none", value = "0.8", min = 0, max = 1, open = true)
            double beta,

            @Option(doc = "order", value = "2", min = 1, max = 4)
            int order) {}

    @Override
    public String name() {
        return "momentum";
    }

    @Override
    public String summary() {
        return "wrapper: heavy-ball or higher-order momentum on the noise prediction";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new FilteredSampler(name(), options.sampler.create(run), process -> () -> new MomentumFilter(options));
    }

    /** Kinds of momentum. */
    public enum Kind {
        /** Generalised heavy ball, numerical momentum of the paper's equation 15. */
        GHVB,
        /** Heavy ball. */
        HB
    }
}
