package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The decomposed diffusion sampler (Chung, Lee, Ye, 2303.05754): a few conjugate-gradient steps on (I + gamma A^T A) x = x_0 +
 * gamma A^T y, in the Krylov space of each denoised estimate, with no gradient through the model. Started at the estimate, as many
 * steps as A has rank are exact.
 */
public final class DecomposedDiffusion extends ObservedProvider<DecomposedDiffusion.Options> {

    /** Creates the provider. */
    public DecomposedDiffusion() {
        super(
                "dds",
                "observation, by conjugate gradients on each denoised estimate (decomposed diffusion sampler)",
                OptionSchema.of(MethodHandles.lookup(), Options.class),
                false);
    }

    /** Where conjugate gradients start. */
    public enum Start {
        /** At the denoised estimate. */
        ESTIMATE,
        /** At zero. */
        ZERO
    }

    /**
     * The options.
     *
     * @param observation the observation
     * @param gamma weight
     * @param iterations conjugate-gradient steps
     * @param start start
     */
    public record Options(
            @OptionGroup ObservationOptions observation,

            @Option(doc = "weight of the observation against the estimate", value = "1", min = 0, open = true)
            double gamma,

            @Option(doc = "conjugate-gradient steps", value = "5", min = 1, max = 1000)
            int iterations,

            @Option(doc = "where they start: estimate or zero", value = "estimate")
            Start start) {}

    @Override
    ObservationOptions observation(Options options) {
        return options.observation;
    }

    @Override
    Supplier<Steering> steerings(Options options, Observation observation, GuidanceContext context) {
        if (!observation.operator().affine()) {
            throw new InputException(
                    "dds.operator: needs an affine operator, this one is not (or the model's frame is not);"
                            + " guidance that fits: moment-matched, dps");
        }
        KrylovSteps steps = new KrylovSteps(observation, options.gamma, options.iterations);
        return () -> new ReplacedEstimate(observation) {
            @Override
            void replace(Tweedie tweedie, Points estimate) {
                Points start = options.start == Start.ESTIMATE
                        ? estimate.copy()
                        : Points.zeros(estimate.dim(), estimate.size());
                steps.run(estimate, start);
                estimate.copyFrom(start);
            }
        };
    }
}
