package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * STSL (Rout et al., 2312.00852), the surrogate loss of second-order Tweedie sampling: the gradient of the likelihood of the
 * denoised estimate, less eta grad tr grad^2 log p_t. The trace's gradient is sum_i d_i (H e_i), by differences of fourth order of
 * exact products with the Hessian; it is zero for Gaussian data.
 */
public final class SecondOrderTweedie extends ObservedProvider<SecondOrderTweedie.Options> {

    /** Creates the provider. */
    public SecondOrderTweedie() {
        super(
                "stsl",
                "observation, with the trace of the Hessian as second-order term (second-order Tweedie)",
                OptionSchema.of(MethodHandles.lookup(), Options.class),
                true);
    }

    /**
     * The options.
     *
     * @param observation the observation
     * @param eta weight of the second-order term
     * @param step step of the differences
     */
    public record Options(
            @OptionGroup ObservationOptions observation,

            @Option(doc = "weight of the second-order term", value = "0.02", min = 0)
            double eta,

            @Option(
                    doc =
                            "step of the differences from which the term is computed, as a share of the noise's deviation",
                    value = "0.01",
                    min = 0,
                    open = true)
            double step) {}

    @Override
    ObservationOptions observation(Options options) {
        return options.observation;
    }

    @Override
    Supplier<Steering> steerings(Options options, Observation observation, GuidanceContext context) {
        if (observation.deviation() == 0) {
            throw new InputException(
                    "stsl.noise: the likelihood divides by the noise's variance; expected a noise above 0");
        }
        return () -> new ObservedSteering(observation) {
            @Override
            public void steer(Tweedie tweedie, Points score) {
                double[] factor = new double[score.size()];
                Arrays.fill(factor, 1 / observation.variance());
                addPulledBack(tweedie, observation.residual(tweedie.estimate()), factor, score);
                Points trace = traceGradient(tweedie, options.step * tweedie.sigma());
                for (int k = 0; k < trace.values().length; k++) {
                    score.values()[k] -= options.eta * trace.values()[k];
                }
            }
        };
    }

    /** grad tr grad^2 log p_t, with f' = (f(-2h) - 8 f(-h) + 8 f(h) - f(2h)) / 12h along every axis. */
    static Points traceGradient(Tweedie tweedie, double h) {
        Points x = tweedie.x();
        Points sum = Points.zeros(x.dim(), x.size());
        double[] at = {-2, -1, 1, 2};
        double[] weight = {1, -8, 8, -1};
        for (int i = 0; i < x.dim(); i++) {
            Points axis = Points.zeros(x.dim(), x.size());
            Arrays.fill(axis.values(), axis.offset(i), axis.offset(i) + axis.size(), 1);
            for (int s = 0; s < at.length; s++) {
                Points moved = x.copy();
                for (int n = 0; n < x.size(); n++) {
                    moved.set(i, n, x.get(i, n) + at[s] * h);
                }
                Points product = Points.zeros(x.dim(), x.size());
                tweedie.curvature(moved, List.of(axis), List.of(product));
                for (int k = 0; k < sum.values().length; k++) {
                    sum.values()[k] += weight[s] * product.values()[k] / (12 * h);
                }
            }
        }
        return sum;
    }
}
