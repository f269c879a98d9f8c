package org.eigendrift.solvers.krylov;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** A named Krylov method without options of its own. */
abstract class KrylovProvider implements SolverProvider<IterativeOptions> {
    private static final OptionSchema<IterativeOptions> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), IterativeOptions.class);

    private final String name;
    private final String summary;

    KrylovProvider(String name, String summary) {
        this.name = name;
        this.summary = summary;
    }

    abstract Solver solver(IterativeOptions options);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String summary() {
        return summary;
    }

    @Override
    public final OptionSchema<IterativeOptions> options() {
        return SCHEMA;
    }

    @Override
    public final Solver create(IterativeOptions options, RunContext context) {
        return solver(options);
    }
}
