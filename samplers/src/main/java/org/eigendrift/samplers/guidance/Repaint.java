package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Replacement (Song et al., 2011.13456; RePaint, Lugmayr et al., 2201.09865): what was measured follows the noised measurement,
 * whose score is -(x - alpha y) / (sigma^2 + alpha^2 noise^2), and the rest the model. Only for operators that pick coordinates.
 * Exact where the coordinates are independent. RePaint's jumps back in time, which bring the two into harmony, are the sampler
 * time-travel.
 */
public final class Repaint extends ObservedProvider<ObservationOptions> {

    /** Creates the provider. */
    public Repaint() {
        super(
                "repaint",
                "known coordinates, by replacing them with the noised observation",
                OptionSchema.of(MethodHandles.lookup(), ObservationOptions.class),
                false);
    }

    @Override
    ObservationOptions observation(ObservationOptions options) {
        return options;
    }

    @Override
    Supplier<Steering> steerings(ObservationOptions options, Observation observation, GuidanceContext context) {
        Picked[] picked = picked(observation);
        return () -> new ObservedSteering(observation) {
            @Override
            public void steer(Tweedie tweedie, Points score) {
                double alpha = tweedie.alpha();
                for (Picked p : picked) {
                    double variance = tweedie.sigma() * tweedie.sigma() + alpha * alpha * p.variance;
                    for (int n = 0; n < score.size(); n++) {
                        double x = tweedie.x().get(p.coordinate, n);
                        score.set(p.coordinate, n, (alpha * p.value - x) / variance);
                    }
                }
            }
        };
    }

    /** A coordinate that an output tells, in the coordinate's own unit. */
    private record Picked(int coordinate, double value, double variance) {}

    private static Picked[] picked(Observation observation) {
        int d = observation.operator().inputs();
        Points units = Points.zeros(d, d + 1);
        for (int i = 0; i < d; i++) {
            units.set(i, i, 1);
        }
        Points images = Points.zeros(observation.size(), d + 1);
        observation.operator().apply(units, images);
        Picked[] picked = new Picked[observation.size()];
        for (int j = 0; j < picked.length; j++) {
            double constant = images.get(j, d);
            for (int i = 0; i < d; i++) {
                double factor = images.get(j, i) - constant;
                if (factor != 0) {
                    if (picked[j] != null) {
                        throw mixes();
                    }
                    double value = (observation.value()[j] - constant) / factor;
                    picked[j] = new Picked(i, value, observation.variance() / (factor * factor));
                }
            }
            if (picked[j] == null || !observation.operator().affine()) {
                throw mixes();
            }
        }
        return picked;
    }

    private static InputException mixes() {
        return new InputException(
                "repaint.operator: needs an operator that picks columns (mask) and a model each of whose"
                        + " coordinates is one column (frame: standardize); guidance that fits others: moment-matched, ddnm, dds");
    }
}
