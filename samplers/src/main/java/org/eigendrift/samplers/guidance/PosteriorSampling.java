package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Diffusion posterior sampling (Chung et al., 2209.14687): the likelihood of the denoised estimate, as if data given noise had no
 * spread.
 */
public final class PosteriorSampling extends ObservedProvider<PosteriorSampling.Options> {

    /** Creates the provider. */
    public PosteriorSampling() {
        super(
                "dps",
                "observation, as if data given noise were the denoised estimate (diffusion posterior sampling)",
                OptionSchema.of(MethodHandles.lookup(), Options.class),
                true);
    }

    /** How strong the gradient is. */
    public enum Scale {
        /** Divided by the noise's variance: the gradient of log N(y; A x_0, noise^2). */
        LIKELIHOOD,
        /** zeta times the gradient of -|y - A x_0|: the published normalisation by the residual. */
        RESIDUAL
    }

    /**
     * The options.
     *
     * @param observation the observation
     * @param scale strength
     * @param zeta factor
     */
    public record Options(
            @OptionGroup ObservationOptions observation,

            @Option(
                    doc =
                            "likelihood: the gradient of the log-likelihood, divided by the noise's variance; residual: divided by"
                                    + " the length of the residual, as published",
                    value = "likelihood")
            Scale scale,

            @Option(doc = "factor of the gradient", value = "1", min = 0)
            double zeta) {}

    @Override
    ObservationOptions observation(Options options) {
        return options.observation;
    }

    @Override
    Supplier<Steering> steerings(Options options, Observation observation, GuidanceContext context) {
        if (options.scale == Scale.LIKELIHOOD && observation.deviation() == 0) {
            throw new InputException(
                    "dps.noise: the scale 'likelihood' divides by the noise's variance; expected a noise above 0,"
                            + " or scale: residual");
        }
        return () -> new ObservedSteering(observation) {
            @Override
            public void steer(Tweedie tweedie, Points score) {
                Points residual = observation.residual(tweedie.estimate());
                double[] factor = new double[score.size()];
                if (options.scale == Scale.LIKELIHOOD) {
                    Arrays.fill(factor, options.zeta / observation.variance());
                } else {
                    for (int n = 0; n < factor.length; n++) {
                        double norm = length(residual, n);
                        factor[n] = norm == 0 ? 0 : options.zeta / norm;
                    }
                }
                addPulledBack(tweedie, residual, factor, score);
            }
        };
    }

    static double length(Points x, int n) {
        double norm = 0;
        for (int j = 0; j < x.dim(); j++) {
            norm = Math.hypot(norm, x.get(j, n));
        }
        return norm;
    }
}
