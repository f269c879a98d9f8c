package org.eigendrift.engine.report;

/**
 * How the system of one time was solved.
 *
 * @param time forward time
 * @param size functions solved for
 * @param largestRate rate up to which functions were solved for
 * @param ridge rho
 * @param solver name of the solver that succeeded
 * @param iterations its iterations
 * @param residual true relative residual, computed by the engine and not taken from the solver
 * @param condition estimate of the condition number, NaN if there is none
 */
public record SolvedTime(
        double time,
        int size,
        double largestRate,
        double ridge,
        String solver,
        int iterations,
        double residual,
        double condition) {}
