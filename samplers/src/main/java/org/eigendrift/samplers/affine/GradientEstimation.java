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
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * Gradient estimation (Permenter and Yuan, 2306.04848, algorithm 2): gam = 1, mu = 0 is DDIM, mu = 0.5 DDPM, gam = 2
 * the accelerated sampler.
 */
public final class GradientEstimation implements SamplerProvider<GradientEstimation.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public GradientEstimation() {}

    /**
     * The options.
     *
     * @param gam weight of the newest output
     * @param mu stochasticity
     * @param steps steps
     * @param grid time grid
     */
    public record Options(
            @Option(doc = "weight of the newest noise prediction; the one before has 1 - gam", value = "2")
            double gam,

            @Option(
                    doc = "stochasticity: the deterministic part goes to (sigma_t / sigma_s^mu)^(1 / (1 - mu))",
                    value = "0",
                    min = 0,
                    max = 0.999)
            double mu,

            @Option(doc = "steps of the grid", value = "20", min = 1)
            int steps,

            @Option(doc = "time grid", value = "log-linear", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid) {}

    @Override
    public String name() {
        return "gradient-estimation";
    }

    @Override
    public String summary() {
        return "gradient estimation: first-order steps along an extrapolated noise prediction";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new AffineSampler(name(), options.grid, options.steps, 1, s -> write(s, options.gam, options.mu));
    }

    private static void write(Script s, double gam, double mu) {
        Lin x = s.state(0, s.level(0), s.input());
        Lin before = null;
        for (int i = 0; i < s.steps(); i++) {
            Level from = s.level(i);
            Level to = s.level(i + 1);
            Lin epsilon = s.epsilon(from, x);
            Lin average = before == null ? epsilon : epsilon.times(gam).plus(before.times(1 - gam));
            before = epsilon;
            double down = to.clean() ? 0 : Math.pow(to.ratio() / Math.pow(from.ratio(), mu), 1 / (1 - mu));
            Lin scaled = x.times(1 / from.alpha()).minus(average.times(from.ratio() - down));
            if (mu > 0 && !to.clean()) {
                double up = Math.sqrt(to.ratio() * to.ratio() - down * down);
                scaled = scaled.plus(s.noise(i, 0).times(up));
            }
            x = s.state(i + 1, to, scaled.times(to.alpha()));
        }
    }
}
