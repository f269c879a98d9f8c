package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Moment matching (TMPD, Boys et al., 2310.06721; MMPS, Rozet et al., 2405.13712): log p(y | x) of Gaussian data given x, with the
 * exact covariance. Exact for Gaussian data.
 */
public final class MomentMatched extends ObservedProvider<MomentMatched.Options> {

    /** Creates the provider. */
    public MomentMatched() {
        super(
                "moment-matched",
                "observation, with the exact mean and covariance of data given noise; exact for Gaussian data",
                OptionSchema.of(MethodHandles.lookup(), Options.class),
                true);
    }

    /**
     * The options.
     *
     * @param observation the observation
     * @param dense largest dense system
     * @param solver solver of larger ones
     */
    public record Options(
            @OptionGroup ObservationOptions observation,

            @Option(
                    doc =
                            "up to this many observed numbers their covariance is formed and factored; beyond it the solver needs"
                                    + " nothing but products with the Hessian",
                    value = "64",
                    min = 0)
            int dense,

            @Option(doc = "solver of larger systems, a matrix-free one", value = "cg", kind = SolverProvider.class)
            Chosen<RunContext, Solver> solver) {}

    @Override
    ObservationOptions observation(Options options) {
        return options.observation;
    }

    @Override
    Supplier<Steering> steerings(Options options, Observation observation, GuidanceContext context) {
        boolean dense = observation.size() <= options.dense;
        return () -> new ObservedSteering(observation) {
            @Override
            public void steer(Tweedie tweedie, Points score) {
                if (dense) {
                    likelihood().at(tweedie);
                    likelihood().addGradient(score);
                } else {
                    new MatrixFree(observation, tweedie, options.solver.create(context.run())).addGradient(score);
                }
            }
        };
    }
}
