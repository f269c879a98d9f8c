package org.eigendrift.samplers.affine;

import java.lang.invoke.MethodHandles;
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
 * Linear multistep: Adams-Bashforth on the uneven grid of sigma / alpha, with exact weights (DEIS rho-AB of order -
 * 1).
 */
public final class Lms implements SamplerProvider<Lms.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Lms() {}

    /**
     * The options.
     *
     * @param order number of outputs
     * @param steps steps
     * @param grid time grid
     * @param rungeKuttaStart whether the first steps are Runge-Kutta
     */
    public record Options(
            @Option(doc = "number of outputs", value = "4", min = 1, max = 4)
            int order,

            @Option(doc = "steps of the grid", value = "20", min = 1)
            int steps,

            @Option(doc = "time grid", value = "karras", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid,

            @Option(
                    doc =
                            "whether the first steps are the classical Runge-Kutta method's, of 4 evaluations, instead of multistep of rising order",
                    value = "false")
            boolean rungeKuttaStart) {}

    @Override
    public String name() {
        return "lms";
    }

    @Override
    public String summary() {
        return "linear multistep in sigma / alpha, orders 1 to 4";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        Multistep.Orders orders = Multistep.Orders.ramp(options.order, 0);
        return new AffineSampler(
                name(),
                options.grid,
                options.steps,
                options.order,
                s -> new Multistep(
                                new DeisRule(s.process(), DeisRule.Coordinate.RHO, false),
                                orders,
                                Multistep.Orders.NONE,
                                options.rungeKuttaStart ? options.order - 1 : 0)
                        .write(s));
    }
}
