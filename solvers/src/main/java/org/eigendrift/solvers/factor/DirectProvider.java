package org.eigendrift.solvers.factor;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** A named factorisation: how a native kernel or another library's becomes a solver. */
public abstract class DirectProvider implements SolverProvider<DirectOptions> {
    private static final OptionSchema<DirectOptions> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), DirectOptions.class);

    private final String name;
    private final String summary;

    /**
     * Names a factorisation.
     *
     * @param name unique name
     * @param summary one line
     */
    protected DirectProvider(String name, String summary) {
        this.name = name;
        this.summary = summary;
    }

    /**
     * Creates the factorisation.
     *
     * @return factors with work space of their own, for one thread
     * @throws org.eigendrift.api.InputException if it cannot run on this machine
     */
    protected abstract Factorization factorization();

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
