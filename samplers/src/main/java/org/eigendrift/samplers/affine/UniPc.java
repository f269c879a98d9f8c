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
 * UniPC (Zhao et al., 2302.04867): a predictor of order p and a corrector that makes it p + 1, at one evaluation a
 * step.
 */
public final class UniPc implements SamplerProvider<UniPc.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public UniPc() {}

    /**
     * The options.
     *
     * @param order order
     * @param variant choice of B(h)
     * @param prediction what is interpolated
     * @param steps steps
     * @param grid time grid
     * @param lowerOrderFinal grids shorter than this end in lower order
     * @param disableCorrector steps without corrector
     * @param asPublished whether published mistakes are kept
     */
    public record Options(
            @Option(doc = "order of the predictor", value = "3", min = 1, max = 4)
            int order,

            @Option(doc = "bh1 (B(h) = h), bh2 (B(h) = e^h - 1) or vary-coeff", value = "bh2")
            UniPcRule.Variant variant,

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
            int lowerOrderFinal,

            @Option(
                    doc = "numbers of the steps, from 0, that are not corrected; the last never is",
                    value = "[]",
                    min = 0)
            List<Integer> disableCorrector,

            @Option(doc = "keep what is known to be wrong in the published code", value = "false")
            boolean asPublished) {}

    @Override
    public String name() {
        return "unipc";
    }

    @Override
    public String summary() {
        return "UniPC: unified predictor and corrector, orders 1 to 4";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        UniPcRule rule = new UniPcRule(options.prediction, options.variant, options.asPublished, new double[0], 0);
        return sampler(
                name(),
                rule,
                options.order,
                options.steps,
                options.grid,
                options.lowerOrderFinal,
                options.disableCorrector);
    }

    static Sampler sampler(
            String name,
            UniPcRule rule,
            int order,
            int steps,
            Chosen<GridContext, TimeGrid> grid,
            int lowerOrderFinal,
            List<Integer> uncorrected) {
        Multistep.Orders orders = Multistep.Orders.ramp(order, lowerOrderFinal);
        Multistep.Orders corrections = (i, n) -> i == n - 1 || uncorrected.contains(i) ? 0 : orders.at(i, n);
        return new AffineSampler(name, grid, steps, order, new Multistep(rule, orders, corrections)::write);
    }
}
