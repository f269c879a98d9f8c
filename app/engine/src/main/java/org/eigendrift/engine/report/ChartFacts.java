package org.eigendrift.engine.report;

/**
 * A chart of a mixture.
 *
 * @param weight its share of the rows, above 0
 * @param rows rows it was fitted to
 * @param functions functions of its basis
 * @param start forward time at which its samples end, above 0
 */
public record ChartFacts(double weight, long rows, int functions, double start) {}
