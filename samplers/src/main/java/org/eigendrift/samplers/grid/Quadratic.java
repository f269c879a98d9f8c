package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/** Times whose roots are in arithmetic progression: t_i = (T^(1/p) + i/n (t_min^(1/p) - T^(1/p)))^p. */
public final class Quadratic implements TimeGridProvider<Quadratic.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Quadratic() {}

    /**
     * The options.
     *
     * @param power p
     * @param end where the grid ends
     */
    public record Options(
            @Option(doc = "p, where t^(1/p) is uniform", value = "2", min = 0, open = true)
            double power,

            @Option(doc = End.DOC, value = "stop") End end) {}

    @Override
    public String name() {
        return "quadratic";
    }

    @Override
    public String summary() {
        return "uniform in a root of t (time_quadratic of DPM-Solver, ts_order of DEIS)";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        double p = options.power;
        return options.end.grid(
                context,
                k -> Ladder.even(
                        context.process().horizon(),
                        context.process().earliest(),
                        k,
                        t -> Math.pow(t, 1 / p),
                        u -> Math.pow(u, p)));
    }
}
