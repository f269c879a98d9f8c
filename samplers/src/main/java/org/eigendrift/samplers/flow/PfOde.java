package org.eigendrift.samplers.flow;

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
import org.eigendrift.samplers.program.Tableau;

/**
 * The probability-flow ordinary differential equation (Song et al., 2011.13456, section 4.3) of any process, from T to
 * t_min: dx = v |dt|.
 */
public final class PfOde implements SamplerProvider<PfOde.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public PfOde() {}

    /** The integrators. */
    public enum Method {
        /** Order 1, 1 evaluation a step. */
        EULER(Tableau.EULER),
        /** Order 2, 2 evaluations a step. */
        HEUN(Tableau.HEUN),
        /** Order 2, 2 evaluations a step. */
        MIDPOINT(Tableau.MIDPOINT),
        /** Order 4, 4 evaluations a step. */
        RK4(Tableau.RK4),
        /** Adams-Bashforth of order 2, 1 evaluation a step. */
        ADAMS_BASHFORTH_2(null),
        /** Adams-Bashforth of order 3, 1 evaluation a step. */
        ADAMS_BASHFORTH_3(null),
        /** Adams-Bashforth of order 4, 1 evaluation a step. */
        ADAMS_BASHFORTH_4(null),
        /** Dormand and Prince's 5(4) with step control. */
        DOPRI5(null),
        /** Dormand and Prince's 8(5,3) with step control. */
        DOP853(null);

        private final Tableau tableau;

        Method(Tableau tableau) {
            this.tableau = tableau;
        }

        Tableau tableau() {
            return tableau;
        }

        int adamsOrder() {
            return switch (this) {
                case ADAMS_BASHFORTH_2 -> 2;
                case ADAMS_BASHFORTH_3 -> 3;
                case ADAMS_BASHFORTH_4 -> 4;
                case EULER, HEUN, MIDPOINT, RK4, DOPRI5, DOP853 -> 0;
            };
        }

        boolean adaptive() {
            return this == DOPRI5 || this == DOP853;
        }
    }

    /** Which states the adaptive methods tell an observer. */
    public enum Report {
        /** Those at the ends of their own steps. */
        STEPS,
        /** Those at the times of the grid, by dense output; the steps and the samples stay the same. */
        GRID
    }

    /**
     * The options.
     *
     * @param method integrator
     * @param steps steps
     * @param grid time grid
     * @param rtol relative tolerance of the adaptive methods
     * @param atol absolute tolerance of the adaptive methods
     * @param pilot points by which adaptive steps are chosen
     * @param report states told by the adaptive methods
     */
    public record Options(
            @Option(
                    doc = "integrator: euler, heun, midpoint, rk4, adams-bashforth-2 to -4 on the grid;"
                            + " dopri5 and dop853 choose their own steps",
                    value = "heun")
            Method method,

            @Option(
                    doc = "steps of the grid; dopri5 and dop853 only report on it, with report: grid",
                    value = "50",
                    min = 1)
            int steps,

            @Option(doc = "time grid", value = "geometric", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid,

            @Option(doc = "dopri5, dop853: relative tolerance of a step", value = "1e-6", min = 1e-14)
            double rtol,

            @Option(doc = "dopri5, dop853: absolute tolerance of a step", value = "1e-8", min = 0)
            double atol,

            @Option(
                    doc = "dopri5, dop853: number of points drawn from the prior whose worst error chooses the steps;"
                            + " all points then take the same steps, so that none depends on its batch",
                    value = "256",
                    min = 1)
            int pilot,

            @Option(
                    doc = "dopri5, dop853: states told and written to trajectories: steps, those their own steps reach,"
                            + " or grid, those at the times of the grid, by interpolation of order 4 and 7",
                    value = "steps")
            Report report) {}

    @Override
    public String name() {
        return "pf-ode";
    }

    @Override
    public String summary() {
        return "probability-flow equation, for any process; deterministic and invertible";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public boolean followsFlow() {
        return true;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new PfOdeSampler(options);
    }
}
