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

/** Deflated conjugate gradients with a subspace recycled along a sequence (Saad, Yeung, Erhel, Guyomarc'h 2000). */
public final class DeflatedConjugateGradientProvider
        implements SolverProvider<DeflatedConjugateGradientProvider.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param recycle vectors kept from system to system
     * @param harvest search directions from which the next are drawn
     * @param preconditioner approximate inverse
     * @param tolerance relative residual of a converged solve
     * @param maxIterations iterations at most
     * @param conditionSteps Lanczos steps for the condition estimate
     */
    public record Options(
            @Option(
                    doc = "Approximate eigenvectors of the smallest eigenvalues kept for the next system; each costs"
                            + " one matrix product a system and two vector operations an iteration.",
                    value = "10",
                    min = 1,
                    max = 200)
            int recycle,

            @Option(
                    doc = "First search directions of a solve from which, with those kept, the next are drawn.",
                    value = "30",
                    min = 1,
                    max = 1000)
            int harvest,

            @Option(doc = OptionText.PRECONDITIONER, value = "jacobi", kind = PreconditionerProvider.class)
            Chosen<LinearSystem, Preconditioner> preconditioner,

            @Option(doc = OptionText.TOLERANCE, value = "1e-10", min = 0, open = true)
            double tolerance,

            @Option(doc = OptionText.MAX_ITERATIONS, value = "10000", min = 1)
            int maxIterations,

            @Option(doc = OptionText.CONDITION_STEPS, value = "8", min = 0, max = 1000)
            int conditionSteps) {}

    /** Creates the provider. */
    public DeflatedConjugateGradientProvider() {}

    @Override
    public String name() {
        return "deflated-cg";
    }

    @Override
    public String summary() {
        return "conjugate gradients that recycle the eigenvectors of small eigenvalues from time to time of the grid";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Solver create(Options options, RunContext context) {
        return new DeflatedConjugateGradient(options);
    }
}
