package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The denoising diffusion null-space model (Wang, Yu, Zhang, 2212.00490): the observed part of the denoised estimate is replaced,
 * x_0 + A^+ (y - A x_0); with noise a singular direction s moves by the share min(1, s sigma / (alpha noise)) of its way
 * (their equation 19 without added noise of its own).
 */
public final class NullSpace extends ObservedProvider<ObservationOptions> {

    /** Creates the provider. */
    public NullSpace() {
        super(
                "ddnm",
                "observation, by replacing the observed part of the denoised estimate (null-space model)",
                OptionSchema.of(MethodHandles.lookup(), ObservationOptions.class),
                false);
    }

    @Override
    ObservationOptions observation(ObservationOptions options) {
        return options;
    }

    @Override
    Supplier<Steering> steerings(ObservationOptions options, Observation observation, GuidanceContext context) {
        Spectrum spectrum = new Spectrum(name(), observation);
        return () -> new ReplacedEstimate(observation) {
            @Override
            void replace(Tweedie tweedie, Points estimate) {
                double noise = tweedie.sigma() / tweedie.alpha();
                spectrum.correct(
                        estimate,
                        s -> observation.deviation() == 0 ? 1 : Math.min(1, s * noise / observation.deviation()));
            }
        };
    }
}
