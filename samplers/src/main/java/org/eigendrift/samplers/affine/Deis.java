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
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;
import org.eigendrift.samplers.program.Tableau;

/** DEIS (Zhang and Chen, 2204.13902). */
public final class Deis implements SamplerProvider<Deis.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Deis() {}

    /**
     * The options.
     *
     * @param method integrator
     * @param order q of the multistep methods
     * @param tableau Runge-Kutta method
     * @param steps steps
     * @param grid time grid
     * @param lowerOrderFinal grids shorter than this end in lower order
     * @param asPublished whether published mistakes are kept
     * @param rungeKuttaStart whether the first steps are Runge-Kutta
     */
    public record Options(
            @Option(
                    doc =
                            "t-ab, rho-ab, log-rho-ab: multistep, interpolating in t, rho = sigma / alpha, or log rho; rho-rk: Runge-Kutta in rho",
                    value = "t-ab")
            Method method,

            @Option(doc = "multistep: q, so that q + 1 outputs are interpolated", value = "3", min = 0, max = 3)
            int order,

            @Option(doc = "rho-rk: euler1, heun2, heun3, kutta3, ralston3, ssp3, houwen3 or rk4", value = "heun2")
            Stages tableau,

            @Option(doc = "steps of the grid", value = "20", min = 1)
            int steps,

            @Option(doc = "time grid", value = "quadratic", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid,

            @Option(
                    doc = "multistep: a grid with fewer steps than this ends in steps of falling order; 0 for never",
                    value = "0",
                    min = 0)
            int lowerOrderFinal,

            @Option(doc = "keep what is known to be wrong in the published code", value = "false")
            boolean asPublished,

            @Option(
                    doc =
                            "multistep: whether the first steps are the classical Runge-Kutta method's, of 4 evaluations, instead of multistep of rising order",
                    value = "false")
            boolean rungeKuttaStart) {}

    @Override
    public String name() {
        return "deis";
    }

    @Override
    public String summary() {
        return "DEIS: exponential integrators in time or in sigma / alpha, multistep or Runge-Kutta";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        if (options.method == Method.RHO_RK) {
            return new AffineSampler(
                    name(), options.grid, options.steps, 1, s -> rungeKutta(s, options.tableau.tableau));
        }
        Multistep.Orders orders = Multistep.Orders.ramp(options.order + 1, options.lowerOrderFinal);
        return new AffineSampler(
                name(),
                options.grid,
                options.steps,
                options.order + 1,
                s -> new Multistep(
                                new DeisRule(s.process(), options.method.coordinate, options.asPublished),
                                orders,
                                Multistep.Orders.NONE,
                                options.rungeKuttaStart ? options.order : 0)
                        .write(s));
    }

    /** Integrators. */
    public enum Method {
        /** Interpolation in time. */
        T_AB(DeisRule.Coordinate.T),
        /** Interpolation in sigma / alpha. */
        RHO_AB(DeisRule.Coordinate.RHO),
        /** Interpolation in log(sigma / alpha). */
        LOG_RHO_AB(DeisRule.Coordinate.LOG_RHO),
        /** Runge-Kutta in sigma / alpha. */
        RHO_RK(null);

        private final DeisRule.Coordinate coordinate;

        Method(DeisRule.Coordinate coordinate) {
            this.coordinate = coordinate;
        }
    }

    /** Runge-Kutta methods. */
    public enum Stages {
        /** Euler. */
        EULER1(Tableau.EULER),
        /** Heun, order 2. */
        HEUN2(Tableau.HEUN),
        /** Heun, order 3. */
        HEUN3(Tableau.HEUN3),
        /** Kutta, order 3. */
        KUTTA3(Tableau.KUTTA3),
        /** Ralston, order 3. */
        RALSTON3(Tableau.RALSTON3),
        /** Strong stability preserving, order 3. */
        SSP3(Tableau.SSP3),
        /** Van der Houwen, order 3. */
        HOUWEN3(Tableau.HOUWEN3),
        /** The classical method, order 4. */
        RK4(Tableau.RK4);

        private final Tableau tableau;

        Stages(Tableau tableau) {
            this.tableau = tableau;
        }
    }

    /** v = x / alpha follows dv / d rho = epsilon. */
    private static void rungeKutta(Script s, Tableau tableau) {
        Lin x = s.state(0, s.level(0), s.input());
        for (int i = 0; i < s.steps(); i++) {
            Level from = s.level(i);
            Level to = s.level(i + 1);
            if (to.clean()) {
                x = Script.denoised(from, x, s.epsilon(from, x));
            } else {
                Lin v = tableau.step(
                        x.times(1 / from.alpha()),
                        from.ratio(),
                        to.ratio(),
                        (rho, y) -> s.epsilonOfScaled(
                                rho == from.ratio() ? from : rho == to.ratio() ? to : Level.atRatio(s.process(), rho),
                                y));
                x = v.times(to.alpha());
            }
            x = s.state(i + 1, to, x);
        }
    }
}
