package org.eigendrift.samplers.process;

import java.lang.invoke.MethodHandles;
import java.util.OptionalDouble;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ProcessProvider;

/**
 * Variance-preserving processes, alpha^2 + sigma^2 = 1 (Song et al., "Score-based generative modeling through SDEs",
 * 2011.13456, section 3.4; Nichol and Dhariwal, 2102.09672, for the cosine).
 */
public final class VariancePreserving implements ProcessProvider<VariancePreserving.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public VariancePreserving() {}

    /** Which function of time log alpha is. */
    public enum Schedule {
        /** log alpha = -(beta_max - beta_min) t^2 / 4 - beta_min t / 2. */
        LINEAR,
        /** alpha = cos((t + s) / (1 + s) pi / 2) / cos(s / (1 + s) pi / 2). */
        COSINE,
        /** alpha^2 at t = (k + 1) / N is the product of 1 - beta_0 .. 1 - beta_k; log alpha is linear in between. */
        DISCRETE
    }

    /**
     * The options.
     *
     * @param schedule which function of time
     * @param betaMin first rate, of linear
     * @param betaMax last rate, of linear
     * @param shift s of cosine
     * @param levels N of discrete
     * @param betaStart first beta of discrete
     * @param betaEnd last beta of discrete
     * @param horizon T
     * @param earliest t_min
     */
    public record Options(
            @Option(
                    doc = "linear (beta linear in t), cosine, or discrete (the product of levels factors 1 - beta)",
                    value = "linear")
            Schedule schedule,

            @Option(doc = "linear: beta at t = 0", value = "0.1", min = 0)
            double betaMin,

            @Option(doc = "linear: beta at t = 1", value = "20", min = 0, open = true)
            double betaMax,

            @Option(doc = "cosine: the offset s", value = "0.008", min = 0, open = true)
            double shift,

            @Option(doc = "discrete: number of noise levels N; level k is t = (k + 1) / N", value = "1000", min = 2)
            int levels,

            @Option(doc = "discrete: beta of level 0", value = "0.0001", min = 0, max = 1, open = true)
            double betaStart,

            @Option(doc = "discrete: beta of level N - 1", value = "0.02", min = 0, max = 1, open = true)
            double betaEnd,

            @Option(
                    doc = "time T at which sampling begins; auto: 1, for cosine 0.9946",
                    value = "auto",
                    min = 0,
                    open = true)
            OptionalDouble horizon,

            @Option(
                    doc = "time t_min at which sampling ends; auto: 0.001, for discrete 1 / levels",
                    value = "auto",
                    min = 0)
            OptionalDouble earliest) {}

    @Override
    public String name() {
        return "vp";
    }

    @Override
    public String summary() {
        return "variance-preserving: linear beta, cosine, or the discrete schedule of DDPM";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public AffineProcess create(Options options, Integer dim) {
        LogAlpha curve = switch (options.schedule) {
            case LINEAR -> new LogAlpha.LinearBeta(options.betaMin, options.betaMax);
            case COSINE -> new LogAlpha.Cosine(options.shift);
            case DISCRETE -> LogAlpha.Discrete.of(options.levels, options.betaStart, options.betaEnd);
        };
        // 0.9946: where the DPM-Solver papers stop the cosine schedule, short of alpha = 0 at t = 1.
        double horizon = options.horizon.orElse(options.schedule == Schedule.COSINE ? 0.9946 : 1);
        double earliest = options.earliest.orElse(options.schedule == Schedule.DISCRETE ? 1.0 / options.levels : 1e-3);
        return new Preserving(dim, horizon, earliest, curve);
    }

    /** The process of a curve. */
    static final class Preserving extends IsotropicProcess {
        private final LogAlpha curve;

        Preserving(int dim, double horizon, double earliest, LogAlpha curve) {
            super(dim, horizon, earliest);
            this.curve = curve;
        }

        @Override
        public double logAlpha(double t) {
            return curve.at(t);
        }

        @Override
        public double sigma(double t) {
            return preservingSigma(curve.at(t));
        }

        @Override
        public double time(double lambda) {
            return curve.time(preservingLogAlpha(lambda));
        }

        @Override
        double logAlphaRate(double t) {
            return curve.rate(t);
        }

        @Override
        double halfSquaredNoise(double t) {
            return -curve.rate(t);
        }

        @Override
        double priorScale() {
            return 1;
        }
    }
}
