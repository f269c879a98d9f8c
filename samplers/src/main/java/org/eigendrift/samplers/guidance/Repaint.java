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
 * Exact where the coordinates are independent. RePaint's jumps back in time serve to bring the two into harmony; here Langevin
 * steps at each time do (sampler predictor-corrector).
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
        int[] coordinates = picked(observation);
        return () -> new ObservedSteering(observation) {
            @Override
            public void steer(Tweedie tweedie, Points score) {
                double alpha = tweedie.alpha();
                double variance = tweedie.sigma() * tweedie.sigma() + alpha * alpha * observation.variance();
                for (int j = 0; j < coordinates.length; j++) {
                    for (int n = 0; n < score.size(); n++) {
                        double x = tweedie.x().get(coordinates[j], n);
                        score.set(coordinates[j], n, (alpha * observation.value()[j] - x) / variance);
                    }
                }
            }
        };
    }

    /** The coordinate that each output is. */
    private static int[] picked(Observation observation) {
        int d = observation.operator().inputs();
        Points units = Points.zeros(d, d + 1);
        for (int i = 0; i < d; i++) {
            units.set(i, i, 1);
        }
        Points images = Points.zeros(observation.size(), d + 1);
        observation.operator().apply(units, images);
        int[] coordinates = new int[observation.size()];
        for (int j = 0; j < coordinates.length; j++) {
            int found = 0;
            boolean other = images.get(j, d) != 0;
            for (int i = 0; i < d; i++) {
                if (images.get(j, i) == 1) {
                    coordinates[j] = i;
                    found++;
                } else {
                    other |= images.get(j, i) != 0;
                }
            }
            if (found != 1 || other || !observation.operator().affine()) {
                throw new InputException(
                        "repaint.operator: needs an operator that picks coordinates (mask) of a model in the"
                                + " data's own coordinates; guidance that fits others: moment-matched, ddnm, dds");
            }
        }
        return coordinates;
    }
}
