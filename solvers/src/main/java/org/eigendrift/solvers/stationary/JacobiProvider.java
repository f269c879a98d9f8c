package org.eigendrift.solvers.stationary;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** Jacobi iteration x += omega D^-1 r with omega = 2 / (smallest + largest eigenvalue of D^-1 A). */
public final class JacobiProvider implements SolverProvider<StationaryOptions> {
    private static final OptionSchema<StationaryOptions> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), StationaryOptions.class);

    /** Creates the provider. */
    public JacobiProvider() {}

    @Override
    public String name() {
        return "jacobi";
    }

    @Override
    public String summary() {
        return "damped Jacobi iteration, with the best damping for an estimated spectrum; matrix-free";
    }

    @Override
    public OptionSchema<StationaryOptions> options() {
        return SCHEMA;
    }

    @Override
    public Solver create(StationaryOptions options, RunContext context) {
        return new Jacobi(options);
    }
}
