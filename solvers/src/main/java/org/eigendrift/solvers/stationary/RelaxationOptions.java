package org.eigendrift.solvers.stationary;

import org.eigendrift.api.plugin.Option;
import org.eigendrift.solvers.OptionText;

/**
 * The options of over-relaxed sweeps.
 *
 * @param relaxation how omega is found
 * @param omega omega if it is fixed
 * @param arms candidates of a learned omega
 * @param largest the largest candidate
 * @param tolerance relative residual of a converged solve
 * @param maxIterations sweeps at most
 * @param conditionSteps Lanczos steps for the condition estimate
 */
public record RelaxationOptions(
        @Option(
                doc = "How omega is found. fixed: the option omega. auto: from an estimate of the spectrum, for each"
                        + " system. learned: by Tsallis-INF from the sweeps of the systems before. contextual: by"
                        + " ChebCB from those and the time of the system.",
                value = "auto")
        Rule relaxation,

        @Option(doc = "Omega if relaxation is fixed.", value = "1.5", min = 0, max = 1.9999, open = true)
        double omega,

        @Option(
                doc = "Candidates of a learned omega, from 1 to the largest, evenly spaced in log(2 - omega).",
                value = "24",
                min = 2,
                max = 100)
        int arms,

        @Option(doc = "The largest candidate of a learned omega.", value = "1.95", min = 1, max = 1.9999, open = true)
        double largest,

        @Option(doc = OptionText.TOLERANCE, value = "1e-10", min = 0, open = true)
        double tolerance,

        @Option(doc = OptionText.MAX_ITERATIONS, value = "100000", min = 1)
        int maxIterations,

        @Option(doc = OptionText.CONDITION_STEPS, value = "8", min = 0, max = 1000)
        int conditionSteps) {
    /** How omega is found. */
    public enum Rule {
        /** As given. */
        FIXED,
        /** From an estimate of the spectrum. */
        AUTO,
        /** Tsallis-INF. */
        LEARNED,
        /** ChebCB. */
        CONTEXTUAL
    }
}
