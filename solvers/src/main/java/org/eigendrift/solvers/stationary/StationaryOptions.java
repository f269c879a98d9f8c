package org.eigendrift.solvers.stationary;

import org.eigendrift.api.plugin.Option;
import org.eigendrift.solvers.OptionText;

/**
 * The options of stationary iterations that need no relaxation, or find it themselves.
 *
 * @param tolerance relative residual of a converged solve
 * @param maxIterations iterations at most
 * @param conditionSteps Lanczos steps for the condition estimate
 */
public record StationaryOptions(
        @Option(doc = OptionText.TOLERANCE, value = "1e-10", min = 0, open = true)
        double tolerance,

        @Option(doc = OptionText.MAX_ITERATIONS, value = "100000", min = 1)
        int maxIterations,

        @Option(doc = OptionText.CONDITION_STEPS, value = "8", min = 0, max = 1000)
        int conditionSteps) {}
