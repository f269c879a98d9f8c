package org.eigendrift.api.law;

/**
 * Log-densities of rows.
 *
 * @param nats log-density of each row; shared, not to be modified
 * @param error estimated absolute error of their mean, at least 0: of an integration, or of a constant; NaN if not estimated
 */
public record Scores(double[] nats, double error) {}
