package org.eigendrift.solvers.factor;

import org.eigendrift.api.plugin.Option;

/**
 * The options of every solver that factorises.
 *
 * @param tolerance largest normwise backward error of a converged solve
 */
public record DirectOptions(
        @Option(
                doc = "Largest normwise backward error |r| / (|A| |x| + |b|) of a converged solve.",
                value = "1e-10",
                min = 0,
                open = true)
        double tolerance) {}
