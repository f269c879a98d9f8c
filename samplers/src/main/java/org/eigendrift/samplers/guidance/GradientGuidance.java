package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Gradient guidance with the forward-prediction loss (Guo, Yuan, Yang, Chen, Wang, 2404.14743): samples whose objective f is near a
 * target value y, score + b (y - f(x_0)) v with v = J grad f(x_0). The published b = 1 / (s^2 + sigma^2 |v|^2 / alpha^2) is exact
 * for isotropic data alone; the corrected one, 1 / (s^2 + (sigma^2 / alpha) grad f . v), for all Gaussian data and linear f.
 */
public final class GradientGuidance implements GuidanceProvider<GradientGuidance.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public GradientGuidance() {}

    /** The factor b, and whether the gradient passes the denoiser. */
    public enum Scale {
        /** Built on grad f . v: exact for Gaussian data. */
        CORRECTED,
        /** Built on |v|^2, as published. */
        PUBLISHED,
        /** The published method without the denoiser's Jacobian, alpha (y - f(x_0)) / (s^2 + sigma^2 |g|^2) g; leaves the data. */
        PLAIN
    }

    /**
     * The options.
     *
     * @param objective f
     * @param target y
     * @param noise s
     * @param scale scale
     */
    public record Options(
            @Option(doc = "the objective f, written in the data's columns", kind = ObjectiveProvider.class)
            Chosen<List<Column>, Objective> objective,

            @Option(doc = "the value y that the objective should have", min = -1e100, max = 1e100)
            double target,

            @Option(
                    doc = "how far from it samples may be: the standard deviation of f around y",
                    value = "0.1",
                    min = 0)
            double noise,

            @Option(
                    doc =
                            "corrected: exact for Gaussian data and a linear objective; published: exact for isotropic data alone;"
                                    + " plain: without the gradient through the denoiser",
                    value = "corrected")
            Scale scale) {}

    @Override
    public String name() {
        return "gradient-guidance";
    }

    @Override
    public String summary() {
        return "objective near a target value, by its gradient through the denoised estimate";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Guidance create(Options options, GuidanceContext context) {
        Operator objective = ObjectiveOperator.of(name(), options.objective, context);
        Observation observation = new Observation(objective, new double[] {options.target}, options.noise);
        return new Guided(
                name(),
                true,
                (model, process) -> options.scale == Scale.CORRECTED
                        ? new Corrected(observation)
                        : new Published(observation, options.scale == Scale.PLAIN));
    }

    /** The gradient of the likelihood with the exact variance of f(x_0). */
    private static final class Corrected extends ObservedSteering {
        Corrected(Observation observation) {
            super(observation);
        }

        @Override
        public void steer(Tweedie tweedie, Points score) {
            likelihood().at(tweedie);
            likelihood().addGradient(score);
        }
    }

    /** The published factors. */
    private static final class Published extends ObservedSteering {
        private final boolean plain;

        Published(Observation observation, boolean plain) {
            super(observation);
            this.plain = plain;
        }

        @Override
        public void steer(Tweedie tweedie, Points score) {
            Points one = Points.zeros(1, score.size());
            Arrays.fill(one.values(), 1);
            Points g = observation().adjoint(tweedie.estimate(), one);
            Points direction = plain ? g : tweedie.jacobian(g);
            Points residual = observation().residual(tweedie.estimate());
            double noise = tweedie.sigma() * tweedie.sigma();
            double alpha = tweedie.alpha();
            for (int n = 0; n < score.size(); n++) {
                double length = PosteriorSampling.length(direction, n);
                double factor = plain
                        ? alpha / (observation().variance() + noise * length * length)
                        : 1 / (observation().variance() + noise * length * length / (alpha * alpha));
                for (int i = 0; i < score.dim(); i++) {
                    score.set(i, n, score.get(i, n) + factor * residual.get(0, n) * direction.get(i, n));
                }
            }
        }
    }
}
