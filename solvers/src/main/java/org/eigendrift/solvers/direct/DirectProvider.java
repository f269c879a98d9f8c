package org.eigendrift.solvers.direct;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** A named factorisation. */
abstract class DirectProvider implements SolverProvider<DirectOptions> {
    private static final OptionSchema<DirectOptions> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), DirectOptions.class);

    private final String name;
    private final String summary;

    DirectProvider(String name, String summary) {
        this.name = name;
        this.summary = summary;
    }

    abstract Factorization factorization();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String summary() {
        return summary;
    }

    @Override
    public final OptionSchema<DirectOptions> options() {
        return SCHEMA;
    }

    @Override
    public final Solver create(DirectOptions options, RunContext context) {
        return new DirectSolver(name, options.tolerance(), factorization());
    }
}
