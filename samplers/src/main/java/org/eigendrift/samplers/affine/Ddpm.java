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
 * DDPM (Ho, Jain and Abbeel, 2006.11239, equations 7 and 11): the posterior mean, and its variance or the forward
 * step's.
 */
public final class Ddpm implements SamplerProvider<Ddpm.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Ddpm() {}

    /**
     * The options.
     *
     * @param variance variance of the noise
     * @param steps steps
     * @param grid time grid
     */
    public record Options(
            @Option(
                    doc = "fixed-small: the posterior variance; fixed-large: the variance of the forward step",
                    value = "fixed-small")
            Variance variance,

            @Option(doc = "steps of the grid", value = "1000", min = 1)
            int steps,

            @Option(doc = "time grid", value = "uniform", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid) {}

    @Override
    public String name() {
        return "ddpm";
    }

    @Override
    public String summary() {
        return "DDPM: ancestral sampling from the posterior";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new AffineSampler(name(), options.grid, options.steps, 1, s -> write(s, options.variance));
    }

    /** Variances of the noise. */
    public enum Variance {
        /** sigma_t^2 (1 - (rho_t / rho_s)^2). */
        FIXED_SMALL,
        /** sigma_s^2 (1 - (rho_t / rho_s)^2), which is beta for one level of a discrete schedule. */
        FIXED_LARGE
    }

    private static void write(Script s, Variance variance) {
        Lin x = s.state(0, s.level(0), s.input());
        for (int i = 0; i < s.steps(); i++) {
            Level from = s.level(i);
            Level to = s.level(i + 1);
            Lin epsilon = s.epsilon(from, x);
            double posterior = Ddim.posteriorDeviation(from, to);
            double along = Math.sqrt(to.sigma() * to.sigma() - posterior * posterior);
            Lin next = Script.denoised(from, x, epsilon).times(to.alpha()).plus(epsilon.times(along));
            if (!to.clean()) {
                double deviation = variance == Variance.FIXED_SMALL ? posterior : posterior * from.sigma() / to.sigma();
                next = next.plus(s.noise(i, 0).times(deviation));
            }
            x = s.state(i + 1, to, next);
        }
    }
}
