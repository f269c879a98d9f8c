package org.eigendrift.solvers.stationary;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** Gauss-Seidel sweeps: successive over-relaxation with omega 1. */
public final class GaussSeidelProvider implements SolverProvider<StationaryOptions> {
    private static final OptionSchema<StationaryOptions> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), StationaryOptions.class);

    /** Creates the provider. */
    public GaussSeidelProvider() {}

    @Override
    public String name() {
        return "gauss-seidel";
    }

    @Override
    public String summary() {
        return "sweeps that solve each row for its own unknown";
    }

    @Override
    public OptionSchema<StationaryOptions> options() {
        return SCHEMA;
    }

    @Override
    public Solver create(StationaryOptions options, RunContext context) {
        return new OverRelaxation(
                "gauss-seidel",
                false,
                system -> Relaxation.Trial.always(1),
                options.tolerance(),
                options.maxIterations(),
                options.conditionSteps());
    }
}
