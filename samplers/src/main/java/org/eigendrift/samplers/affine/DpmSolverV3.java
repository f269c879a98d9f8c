package org.eigendrift.samplers.affine;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/** DPM-Solver-v3 (Zheng et al., 2310.13268). */
public final class DpmSolverV3 implements SamplerProvider<DpmSolverV3.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public DpmSolverV3() {}

    /**
     * The options.
     *
     * @param order order
     * @param corrector whether there is a corrector
     * @param pPseudo divided differences in the predictor
     * @param cPseudo divided differences in the corrector
     * @param half whether only early times are corrected
     * @param lowerOrderFinal whether the order falls at the end
     * @param degenerated whether the statistics are trivial
     * @param statistics table of the statistics
     * @param nodes nodes
     * @param steps steps
     * @param grid time grid
     */
    public record Options(
            @Option(doc = "order of the predictor", value = "3", min = 1, max = 3)
            int order,

            @Option(doc = "whether a corrector reuses the next evaluation", value = "true")
            boolean corrector,

            @Option(doc = "whether the predictor takes divided differences for derivatives", value = "false")
            boolean pPseudo,

            @Option(doc = "whether the corrector does, of one order more", value = "false")
            boolean cPseudo,

            @Option(doc = "whether only times above 0.5 are corrected", value = "false")
            boolean half,

            @Option(doc = "whether the last steps are of falling order", value = "true")
            boolean lowerOrderFinal,

            @Option(doc = "whether the statistics are l = 1, s = b = 0, which is DPM-Solver++", value = "false")
            boolean degenerated,

            @Option(
                    doc =
                            "table of the statistics: a line for each node of lambda, from T to t_min, with l, s and b of every coordinate; none: computed from the model",
                    value = "none")
            Optional<Path> statistics,

            @Option(
                    doc = "number of intervals of lambda between the nodes of computed statistics",
                    value = "120",
                    min = 2)
            int nodes,

            @Option(doc = "steps of the grid", value = "20", min = 1)
            int steps,

            @Option(doc = "time grid", value = "log-snr", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid) {}

    @Override
    public String name() {
        return "dpm-solver-v3";
    }

    @Override
    public String summary() {
        return "DPM-Solver-v3: multistep with empirical model statistics";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new DpmV3Sampler(name(), options);
    }
}
