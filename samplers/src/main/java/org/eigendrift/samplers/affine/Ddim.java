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

/** DDIM (Song, Meng and Ermon, 2010.02502, equation 12). */
public final class Ddim implements SamplerProvider<Ddim.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Ddim() {}

    /**
     * The options.
     *
     * @param eta share of the noise
     * @param steps steps
     * @param grid time grid
     */
    public record Options(
            @Option(doc = "share of the noise: 0 deterministic, 1 as DDPM", value = "0", min = 0, max = 1)
            double eta,

            @Option(doc = "steps of the grid", value = "50", min = 1)
            int steps,

            @Option(doc = "time grid", value = "uniform", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid) {}

    @Override
    public String name() {
        return "ddim";
    }

    @Override
    public String summary() {
        return "DDIM: first order, deterministic at eta = 0, DDPM at eta = 1";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new AffineSampler(name(), options.grid, options.steps, 1, s -> write(s, options.eta));
    }

    private static void write(Script s, double eta) {
        Lin x = s.state(0, s.level(0), s.input());
        for (int i = 0; i < s.steps(); i++) {
            Level from = s.level(i);
            Level to = s.level(i + 1);
            Lin epsilon = s.epsilon(from, x);
            x = eta == 0 ? Script.ddim(from, to, x, epsilon) : stochastic(s, i, x, epsilon, eta);
            x = s.state(i + 1, to, x);
        }
    }

    /** x_t = alpha_t x_0 + sqrt(sigma_t^2 - v) epsilon + sqrt(v) z, v = eta^2 times the posterior variance. */
    private static Lin stochastic(Script s, int step, Lin x, Lin epsilon, double eta) {
        Level from = s.level(step);
        Level to = s.level(step + 1);
        double deviation = eta * posteriorDeviation(from, to);
        double along = Math.sqrt(to.sigma() * to.sigma() - deviation * deviation);
        Lin mean = Script.denoised(from, x, epsilon).times(to.alpha()).plus(epsilon.times(along));
        return to.clean() ? mean : mean.plus(s.noise(step, 0).times(deviation));
    }

    /** The standard deviation of x_t given x_s and x_0: sigma_t sqrt(1 - (rho_t / rho_s)^2). */
    static double posteriorDeviation(Level from, Level to) {
        return to.clean() ? 0 : to.sigma() * Math.sqrt(-Math.expm1(2 * (from.lambda() - to.lambda())));
    }
}
