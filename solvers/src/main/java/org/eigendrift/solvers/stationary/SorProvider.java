package org.eigendrift.solvers.stationary;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** Successive over-relaxation (Young 1950), on the block structure of the matrix. */
public final class SorProvider implements SolverProvider<RelaxationOptions> {
    private static final OptionSchema<RelaxationOptions> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), RelaxationOptions.class);

    /** Creates the provider. */
    public SorProvider() {}

    @Override
    public String name() {
        return "sor";
    }

    @Override
    public String summary() {
        return "successive over-relaxation with a fixed, estimated or learned omega";
    }

    @Override
    public OptionSchema<RelaxationOptions> options() {
        return SCHEMA;
    }

    @Override
    public Solver create(RelaxationOptions options, RunContext context) {
        return OverRelaxation.of("sor", false, options, context);
    }
}
