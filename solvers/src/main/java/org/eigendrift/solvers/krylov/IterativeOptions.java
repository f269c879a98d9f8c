package org.eigendrift.solvers.krylov;

import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.solvers.OptionText;

/**
 * The options that all Krylov methods share.
 *
 * @param preconditioner approximate inverse
 * @param tolerance relative residual of a converged solve
 * @param maxIterations iterations at most
 * @param conditionSteps Lanczos steps for the condition estimate
 */
public record IterativeOptions(
        @Option(doc = OptionText.PRECONDITIONER, value = "jacobi", kind = PreconditionerProvider.class)
        Chosen<LinearSystem, Preconditioner> preconditioner,

        @Option(doc = OptionText.TOLERANCE, value = "1e-10", min = 0, open = true)
        double tolerance,

        @Option(doc = OptionText.MAX_ITERATIONS, value = "10000", min = 1)
        int maxIterations,

        @Option(doc = OptionText.CONDITION_STEPS, value = "8", min = 0, max = 1000)
        int conditionSteps) {}
