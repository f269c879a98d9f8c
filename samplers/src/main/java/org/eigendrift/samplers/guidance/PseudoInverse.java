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
 * Pseudo-inverse guidance (Song, Vahdat, Mardani, Kautz, ICLR 2023): data given noise counts as N(x_0, r^2 I), r^2 = v sigma^2 /
 * (v alpha^2 + sigma^2). Exact for isotropic Gaussian data of variance v.
 */
public final class PseudoInverse extends ObservedProvider<PseudoInverse.Options> {

    /** Creates the provider. */
    public PseudoInverse() {
        super(
                "pi-gdm",
                "observation, as if data given noise were isotropic (pseudo-inverse guidance)",
                OptionSchema.of(MethodHandles.lookup(), Options.class),
                true);
    }

    /**
     * The options.
     *
     * @param observation the observation
     * @param dataVariance v
     */
    public record Options(
            @OptionGroup ObservationOptions observation,

            @Option(doc = "variance v of the data in each coordinate", value = "1", min = 0, open = true)
            double dataVariance) {}

    @Override
    ObservationOptions observation(Options options) {
        return options.observation;
    }

    @Override
    Supplier<Steering> steerings(Options options, Observation observation, GuidanceContext context) {
        Spectrum spectrum = new Spectrum(name(), observation);
        return () -> new ObservedSteering(observation) {
            @Override
            public void steer(Tweedie tweedie, Points score) {
                double noise = tweedie.sigma() * tweedie.sigma();
                double signal = tweedie.alpha() * tweedie.alpha() * options.dataVariance;
                double r2 = options.dataVariance * noise / (signal + noise);
                Points residual = observation.residual(tweedie.estimate());
                Points w = spectrum.filter(residual, s -> 1 / (observation.variance() + r2 * s * s));
                double[] one = new double[score.size()];
                Arrays.fill(one, 1);
                addPulledBack(tweedie, w, one, score);
            }
        };
    }
}
