package org.eigendrift.solvers.stationary;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** Chebyshev semi-iteration (Golub, Varga 1961) on D^-1 A. */
public final class ChebyshevProvider implements SolverProvider<StationaryOptions> {
    private static final OptionSchema<StationaryOptions> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), StationaryOptions.class);

    /** Creates the provider. */
    public ChebyshevProvider() {}

    @Override
    public String name() {
        return "chebyshev";
    }

    @Override
    public String summary() {
        return "Chebyshev semi-iteration on an estimated spectrum; matrix-free, without inner products";
    }

    @Override
    public OptionSchema<StationaryOptions> options() {
        return SCHEMA;
    }

    @Override
    public Solver create(StationaryOptions options, RunContext context) {
        return new ChebyshevIteration(options);
    }
}
