package org.eigendrift.solvers.stationary;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** Symmetric successive over-relaxation: a sweep forward and one back an iteration. */
public final class SsorProvider implements SolverProvider<RelaxationOptions> {
    private static final OptionSchema<RelaxationOptions> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), RelaxationOptions.class);

    /** Creates the provider. */
    public SsorProvider() {}

    @Override
    public String name() {
        return "ssor";
    }

    @Override
    public String summary() {
        return "symmetric successive over-relaxation with a fixed, estimated or learned omega";
    }

    @Override
    public OptionSchema<RelaxationOptions> options() {
        return SCHEMA;
    }

    @Override
    public Solver create(RelaxationOptions options, RunContext context) {
        return OverRelaxation.of("ssor", true, options, context);
    }
}
