package org.eigendrift.samplers.affine;

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

/** SA-Solver (Xue et al., 2309.05019). */
public final class SaSolver implements SamplerProvider<SaSolver.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public SaSolver() {}

    /**
     * The options.
     *
     * @param predictorOrder order of the predictor
     * @param correctorOrder order of the corrector
     * @param tau stochasticity
     * @param tauFrom least time of the window
     * @param tauTo largest time of the window
     * @param prediction what is interpolated
     * @param steps steps
     * @param grid time grid
     * @param lowerOrderFinal grids shorter than this end in lower order
     */
    public record Options(
            @Option(doc = "order of the predictor", value = "2", min = 1, max = 4)
            int predictorOrder,

            @Option(doc = "order of the corrector, 0 for none", value = "2", min = 0, max = 4)
            int correctorOrder,

            @Option(
                    doc =
                            "stochasticity within the window: 0 is the probability flow, 1 the reverse stochastic equation",
                    value = "1",
                    min = 0)
            double tau,

            @Option(doc = "least time at which a step is stochastic", value = "0", min = 0)
            double tauFrom,

            @Option(doc = "largest time at which a step is stochastic; auto: no limit", value = "auto", min = 0)
            OptionalDouble tauTo,

            @Option(doc = "what is interpolated: data or noise", value = "data")
            Prediction prediction,

            @Option(doc = "steps of the grid", value = "20", min = 1)
            int steps,

            @Option(doc = "time grid", value = "log-snr", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid,

            @Option(
                    doc = "a grid with fewer steps than this ends in steps of falling order; 0 for never",
                    value = "1000000",
                    min = 0)
            int lowerOrderFinal) {}

    @Override
    public String name() {
        return "sa-solver";
    }

    @Override
    public String summary() {
        return "SA-Solver: stochastic Adams predictor and corrector";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        int depth = Math.max(options.predictorOrder, options.correctorOrder - 1);
        SaRule rule = new SaRule(
                options.prediction, options.tau, options.tauFrom, options.tauTo.orElse(Double.POSITIVE_INFINITY));
        Multistep.Orders orders = Multistep.Orders.ramp(options.predictorOrder, options.lowerOrderFinal);
        Multistep.Orders corrections = (i, n) -> {
            int up = Math.min(options.correctorOrder, Math.min(i, depth) + 2);
            int down = n < options.lowerOrderFinal ? Math.min(up, n - i + 1) : up;
            return i == n - 1 ? 0 : down;
        };
        return new AffineSampler(
                name(), options.grid, options.steps, depth, new Multistep(rule, orders, corrections)::write);
    }
}
