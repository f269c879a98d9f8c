package org.eigendrift.samplers.flow;

import java.lang.invoke.MethodHandles;
import java.util.OptionalDouble;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/**
 * Predictor and corrector (Song et al., 2011.13456, algorithm 1) with the finite-horizon start of Pedrotti, Maas and
 * Mondelli, 2305.14164: begin at a time T_1 at which the law is not yet the prior, reach it from the prior by Langevin
 * steps, then follow the predictor.
 */
public final class PredictorCorrector implements SamplerProvider<PredictorCorrector.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public PredictorCorrector() {}

    /**
     * The options.
     *
     * @param predictor predictor
     * @param corrector kind of Langevin step
     * @param start time at which sampling begins
     * @param startSteps Langevin steps at the start
     * @param stretches stretches
     * @param correctorSteps Langevin steps after each stretch
     * @param stepSize Langevin step
     * @param grid time grid
     */
    public record Options(
            @Option(doc = "the sampler between corrections", value = "pf-ode", kind = SamplerProvider.class)
            Chosen<RunContext, Sampler> predictor,

            @Option(
                    doc = "ula: unadjusted Langevin; mala: with the Metropolis rule, exact but twice the evaluations",
                    value = "ula")
            Corrector corrector,

            @Option(doc = "time T_1 at which sampling begins; auto: T", value = "auto", min = 0, open = true)
            OptionalDouble start,

            @Option(doc = "Langevin steps at T_1 before the predictor", value = "100", min = 0)
            int startSteps,

            @Option(
                    doc = "stretches into which the way is divided; the predictor runs over each",
                    value = "1",
                    min = 1,
                    max = 500)
            int stretches,

            @Option(doc = "Langevin steps after each stretch", value = "0", min = 0)
            int correctorSteps,

            @Option(
                    doc = "Langevin step in units of the variance of the noise at the time",
                    value = "0.05",
                    min = 0,
                    open = true)
            double stepSize,

            @Option(doc = "time grid", value = "geometric", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid) {}

    @Override
    public String name() {
        return "predictor-corrector";
    }

    @Override
    public String summary() {
        return "any predictor with Langevin correction, also from a finite horizon";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new PredictorCorrectorSampler(options, run);
    }

    /** Kinds of Langevin steps. */
    public enum Corrector {
        /** Unadjusted. */
        ULA,
        /** With the Metropolis rule. */
        MALA
    }
}
