package org.eigendrift.samplers.affine;

import java.lang.invoke.MethodHandles;
import java.util.List;
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
 * DC-Solver (Zhao et al., 2409.03755): UniPC whose newest output is replaced, before a step, by the interpolation of
 * the last outputs at another time.
 */
public final class DcSolver implements SamplerProvider<DcSolver.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public DcSolver() {}

    /**
     * The options.
     *
     * @param order order
     * @param variant choice of B(h)
     * @param prediction what is interpolated
     * @param dcOrder order of the compensation
     * @param ratios ratios
     * @param steps steps
     * @param grid time grid
     * @param lowerOrderFinal grids shorter than this end in lower order
     */
    public record Options(
            @Option(doc = "order of the predictor", value = "3", min = 1, max = 3)
            int order,

            @Option(doc = "bh1 or bh2", value = "bh2") UniPcRule.Variant variant,

            @Option(doc = "what is interpolated: data or noise", value = "data")
            Prediction prediction,

            @Option(doc = "outputs beside the newest that the compensation interpolates", value = "2", min = 1, max = 3)
            int dcOrder,

            @Option(
                    doc =
                            "compensation ratio of each step, 1 for none; the first dc_order must be 1; empty: searched on pilot points",
                    value = "[]")
            List<Double> ratios,

            @Option(doc = "steps of the grid", value = "10", min = 1)
            int steps,

            @Option(doc = "time grid", value = "uniform", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid,

            @Option(
                    doc = "a grid with fewer steps than this ends in steps of falling order; 0 for never",
                    value = "1000000",
                    min = 0)
            int lowerOrderFinal) {}

    @Override
    public String name() {
        return "dc-solver";
    }

    @Override
    public String summary() {
        return "DC-Solver: UniPC with dynamic compensation";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new DcSolverSampler(name(), options);
    }
}
