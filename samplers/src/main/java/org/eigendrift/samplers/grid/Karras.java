package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.AffineProcess;

/** Karras et al., 2206.00364, equation 5: (sigma / alpha)^(1 / rho) in arithmetic progression. */
public final class Karras implements TimeGridProvider<Karras.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Karras() {}

    /**
     * The options.
     *
     * @param rho exponent
     * @param end where the grid ends
     */
    public record Options(
            @Option(doc = "rho: the larger, the finer near t_min", value = "7", min = 0, open = true)
            double rho,

            @Option(doc = End.DOC, value = "stop") End end) {}

    @Override
    public String name() {
        return "karras";
    }

    @Override
    public String summary() {
        return "uniform in (sigma / alpha)^(1 / rho)";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        AffineProcess p = Ladder.affine(name(), context.process());
        double rho = options.rho;
        return options.end.grid(
                context, k -> Ladder.evenInRatio(p, k, r -> Math.pow(r, 1 / rho), u -> Math.pow(u, rho)));
    }
}
