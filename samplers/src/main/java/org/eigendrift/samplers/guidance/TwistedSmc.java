package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.CorrectorProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/**
 * Twisted sequential Monte Carlo (Wu et al., 2306.17775) and Feynman-Kac correction (Skreta et al., 2503.02819) in one: particles
 * move by reverse steps of the guided score, K(x' | x) = N(x / a + (v / a) s, (v / a^2) (I + v H)) with a = alpha_t / alpha_u and v =
 * sigma_t^2 - a^2 sigma_u^2, and are weighed by the ratio of the densities p_t exp(twist_t) that they should follow. With H the
 * Hessian of what they follow the step is exact for Gaussian laws whatever its length; published steps have H = 0, which costs
 * weight in every dimension.
 */
public final class TwistedSmc implements CorrectorProvider<TwistedSmc.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public TwistedSmc() {}

    /** What a step is weighed by. */
    public enum Weights {
        /**
         * p_u(x') e^twist(x') F(x | x') / (p_t(x) e^twist(x) K(x' | x)), F the forward process, which is Gaussian: exact for every
         * number of steps, as log p_t is known.
         */
        DENSITY,
        /** e^twist(x') P(x' | x) / (e^twist(x) K(x' | x)), P the unguided reverse step: exact for the unguided chain, as published. */
        TRANSITION
    }

    /**
     * The options.
     *
     * @param steps steps
     * @param grid time grid
     * @param resample threshold
     * @param weights weights
     * @param directions directions of the steps' covariances
     * @param particles fewest particles
     * @param pool points of the unguided flow for each particle
     * @param moves moves after particles were drawn again
     * @param trust what guidance may cost
     */
    public record Options(
            @Option(doc = "steps of the grid", value = "200", min = 1)
            int steps,

            @Option(doc = "time grid", value = "log-snr", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid,

            @Option(
                    doc =
                            "particles are drawn again (systematic resampling) where their effective number falls below this share",
                    value = "0.5",
                    min = 0,
                    max = 1)
            double resample,

            @Option(
                    doc =
                            "density: by log p_t, exact for every number of steps; transition: by the unguided reverse step, exact"
                                    + " for the unguided chain, as published",
                    value = "density")
            Weights weights,

            @Option(
                    doc =
                            "directions in which a step has the covariance that the Hessian of the guided law gives it, one"
                                    + " product with it for each; in the others it has their mean. 0: the same in all, as published and"
                                    + " by weights: transition",
                    value = "8",
                    min = 0)
            int directions,

            @Option(
                    doc = "fewest particles: of fewer samples so many are moved, and every so-manyth is kept",
                    value = "1000",
                    min = 2)
            int particles,

            @Option(
                    doc =
                            "for each particle so many points of the unguided flow: particles begin at the latest time of the grid's first"
                                    + " half at which the pool of them still counts for as many as there are particles. 1: all begin at the"
                                    + " prior, as published and by weights: transition",
                    value = "10",
                    min = 1)
            int pool,

            @Option(
                    doc =
                            "after particles were drawn again, Metropolis moves of each, forward to an earlier time and back, which keep"
                                    + " their law and part those that are the same; an evaluation with all directions each. 0: none, as"
                                    + " published and by weights: transition",
                    value = "4",
                    min = 0,
                    max = 100)
            int moves,

            @Option(
                    doc =
                            "nats of weight that following guidance's own score, and not that of the law which particles weigh by, may cost"
                                    + " on the whole way: steps that cost more than their share go only part of the way to it. 0: the law's alone;"
                                    + " 1e9: guidance's, whatever it costs, as published and by weights: transition",
                    value = "0.5",
                    min = 0)
            double trust) {}

    @Override
    public String name() {
        return "smc";
    }

    @Override
    public String summary() {
        return "twisted sequential Monte Carlo: exact as particles grow, whatever the guidance";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Corrector create(Options options, RunContext run) {
        return new TwistedParticles(options);
    }
}
