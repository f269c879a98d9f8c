package org.eigendrift.api.sampler;

import org.eigendrift.api.score.DiffusionProcess;

/**
 * What a time grid is made for.
 *
 * @param process the process, with its horizon and earliest time
 * @param steps steps, at least 1
 */
public record GridContext(DiffusionProcess process, int steps) {}
