package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.function.Supplier;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The manifold-constrained gradient (Chung, Sim, Ryu, Ye, 2206.00941): a step along -weight grad |y - A x_0|^2, through the
 * denoiser, then the projection onto what was observed. The projection is that of the denoised estimate, so that the method is a
 * score and fits every sampler; theirs is that of the noised state.
 */
public final class ManifoldConstrained extends ObservedProvider<ManifoldConstrained.Options> {

    /** Creates the provider. */
    public ManifoldConstrained() {
        super(
                "mcg",
                "observation, by a gradient through the denoiser and a projection (manifold-constrained gradient)",
                OptionSchema.of(MethodHandles.lookup(), Options.class),
                true);
    }

    /**
     * The options.
     *
     * @param observation the observation
     * @param weight weight of the gradient
     */
    public record Options(
            @OptionGroup ObservationOptions observation,

            @Option(doc = "weight of the gradient of -|y - A x_0|^2", value = "1", min = 0)
            double weight) {}

    @Override
    ObservationOptions observation(Options options) {
        return options.observation;
    }

    @Override
    Supplier<Steering> steerings(Options options, Observation observation, GuidanceContext context) {
        Spectrum spectrum = new Spectrum(name(), observation);
        return () -> new ReplacedEstimate(observation) {
            @Override
            public void steer(Tweedie tweedie, Points score) {
                double[] factor = new double[score.size()];
                Arrays.fill(factor, 2 * options.weight);
                addPulledBack(tweedie, observation.residual(tweedie.estimate()), factor, score);
                super.steer(tweedie, score);
            }

            @Override
            void replace(Tweedie tweedie, Points estimate) {
                spectrum.correct(estimate, s -> 1);
            }
        };
    }
}
