package org.eigendrift.engine.settings;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalDouble;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The keys of the {@code solver} block that belong to the fit, not to the solver.
 *
 * @param ridge rho
 * @param fallback what to try when a solve does not converge
 */
public record SolveOptions(
        @Option(
                doc = "Ridge rho added to the scaled matrix, whose diagonal tends to 1. auto: chosen by the evidence"
                        + " bound",
                value = "auto",
                min = 0)
        OptionalDouble ridge,

        @Option(
                doc = "Solvers to try, in order, when a solve does not reach its tolerance",
                value = "[]",
                kind = SolverProvider.class)
        List<Chosen<RunContext, Solver>> fallback) {
    /** Binds and writes the keys. */
    public static final OptionSchema<SolveOptions> SCHEMA = OptionSchema.of(MethodHandles.lookup(), SolveOptions.class);
}
