package org.eigendrift.api.sampler;

/**
 * What a batch cost.
 *
 * @param evaluations evaluations of the model for each point (NFE), rejected steps included
 * @param accepted steps accepted
 * @param rejected steps rejected, 0 unless the sampler is adaptive
 */
public record Outcome(int evaluations, int accepted, int rejected) {}
