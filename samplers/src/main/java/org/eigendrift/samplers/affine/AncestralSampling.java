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

/** Ancestral samplers: a deterministic step below the next level, then noise up to it. */
public final class AncestralSampling implements SamplerProvider<AncestralSampling.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public AncestralSampling() {}

    /**
     * The options.
     *
     * @param method deterministic part
     * @param eta share of the noise
     * @param sNoise factor of the noise
     * @param r inner node
     * @param steps steps
     * @param grid time grid
     */
    public record Options(
            @Option(
                    doc =
                            "deterministic part: euler, dpm2, dpmpp-2s, or dpmpp-sde, which adds noise at its inner node too",
                    value = "euler")
            Method method,

            @Option(doc = "share of the noise: 0 deterministic, 1 ancestral", value = "1", min = 0)
            double eta,

            @Option(doc = "factor of the noise", value = "1", min = 0)
            double sNoise,

            @Option(doc = "dpmpp-sde: place of the inner node in lambda", value = "0.5", min = 0, max = 1, open = true)
            double r,

            @Option(doc = "steps of the grid", value = "20", min = 1)
            int steps,

            @Option(doc = "time grid", value = "karras", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid) {}

    @Override
    public String name() {
        return "ancestral";
    }

    @Override
    public String summary() {
        return "ancestral variants: Euler, DPM2, DPM++ 2S and DPM++ SDE";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new AffineSampler(name(), options.grid, options.steps, 1, s -> write(s, options));
    }

    /** Deterministic parts. */
    public enum Method {
        /** Euler in sigma / alpha. */
        EULER,
        /** Midpoint at the geometric mean. */
        DPM2,
        /** DPM-Solver++ singlestep of order 2. */
        DPMPP_2S,
        /** DPM-Solver++ singlestep of order 2 with noise at its inner node. */
        DPMPP_SDE
    }

    private static void write(Script s, Options options) {
        Lin x = s.state(0, s.level(0), s.input());
        for (int i = 0; i < s.steps(); i++) {
            Level from = s.level(i);
            Level to = s.level(i + 1);
            Lin epsilon = s.epsilon(from, x);
            if (to.clean()) {
                x = Script.denoised(from, x, epsilon);
            } else {
                x = options.method == Method.DPMPP_SDE
                        ? sde(s, i, x, epsilon, options)
                        : ancestral(s, i, x, epsilon, options);
            }
            x = s.state(i + 1, to, x);
        }
    }

    private static Lin ancestral(Script s, int step, Lin x, Lin epsilon, Options options) {
        Level from = s.level(step);
        Level to = s.level(step + 1);
        Ancestral down = Ancestral.of(s.process(), from, to, options.eta);
        Lin next;
        if (options.method == Method.EULER || down.level().clean()) {
            next = Script.ddim(from, down.level(), x, epsilon);
        } else {
            Level middle = Level.atLambda(
                    s.process(), 0.5 * (from.lambda() + down.level().lambda()));
            Lin inner = Script.ddim(from, middle, x, epsilon);
            Lin second = s.epsilon(middle, s.keep(inner));
            next = options.method == Method.DPM2
                    ? Script.ddim(from, down.level(), x, second)
                    : dataStep(from, down.level(), x, Script.denoised(middle, inner, second));
        }
        return options.eta == 0
                ? next
                : down.raise(s.keep(next), to, s.noise(step, 0).times(options.sNoise));
    }

    /** The first-order step of data prediction: x_t = (sigma_t / sigma_s) x + alpha_t (1 - e^{-h}) x_0. */
    private static Lin dataStep(Level from, Level to, Lin x, Lin denoised) {
        return x.times(to.sigma() / from.sigma())
                .minus(denoised.times(to.alpha() * Math.expm1(from.lambda() - to.lambda())));
    }

    private static Lin sde(Script s, int step, Lin x, Lin epsilon, Options options) {
        Level from = s.level(step);
        Level to = s.level(step + 1);
        Lin here = s.keep(Script.denoised(from, x, epsilon));
        double h = to.lambda() - from.lambda();
        Level middle = Level.atLambda(s.process(), from.lambda() + options.r * h);
        Ancestral first = Ancestral.of(s.process(), from, middle, options.eta);
        Lin inner = s.keep(down(from, first, x, here));
        inner = s.keep(raise(s, first, middle, inner, step, 0, options));
        Lin there = Script.denoised(middle, inner, s.epsilon(middle, inner));
        double share = 1 / (2 * options.r);
        Lin blend = here.times(1 - share).plus(there.times(share));
        Ancestral second = Ancestral.of(s.process(), from, to, options.eta);
        return raise(s, second, to, s.keep(down(from, second, x, blend)), step, 1, options);
    }

    private static Lin down(Level from, Ancestral down, Lin x, Lin denoised) {
        return down.level().clean() ? denoised : dataStep(from, down.level(), x, denoised);
    }

    private static Lin raise(Script s, Ancestral down, Level to, Lin x, int step, int draw, Options options) {
        return options.eta == 0 ? x : down.raise(x, to, s.noise(step, draw).times(options.sNoise));
    }
}
