package org.eigendrift.solvers.krylov;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.solvers.OptionText;

/** Restarted generalised minimal residuals, GMRES(m) (Saad, Schultz 1986). */
public final class GmresProvider implements SolverProvider<GmresProvider.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param restart basis vectors kept
     * @param preconditioner approximate inverse
     * @param tolerance relative residual of a converged solve
     * @param maxIterations iterations at most
     * @param conditionSteps Lanczos steps for the condition estimate
     */
    public record Options(
            @Option(
                    doc = "Iterations between restarts, and vectors kept; the work of an iteration grows with it.",
                    value = "50",
                    min = 1,
                    max = 1000)
            int restart,

            @Option(doc = OptionText.PRECONDITIONER, value = "jacobi", kind = PreconditionerProvider.class)
            Chosen<LinearSystem, Preconditioner> preconditioner,

            @Option(doc = OptionText.TOLERANCE, value = "1e-10", min = 0, open = true)
            double tolerance,

            @Option(doc = OptionText.MAX_ITERATIONS, value = "10000", min = 1)
            int maxIterations,

            @Option(doc = OptionText.CONDITION_STEPS, value = "8", min = 0, max = 1000)
            int conditionSteps) {}

    /** Creates the provider. */
    public GmresProvider() {}

    @Override
    public String name() {
        return "gmres";
    }

    @Override
    public String summary() {
        return "restarted generalised minimal residuals; matrix-free";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Solver create(Options options, RunContext context) {
        return new Gmres(options);
    }
}
