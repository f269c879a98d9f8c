package org.eigendrift.api.sampler;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of sampler.
 *
 * @param <O> options record
 */
public interface SamplerProvider<O extends Record> extends Provider<O, RunContext, Sampler> {
    /** The kind of all samplers. */
    Kind<RunContext, Sampler> KIND = new Kind<>("sampler", SamplerProvider.class);

    /**
     * Whether samples follow the probability flow of which likelihoods are computed, up to the error of steps: a model's density is
     * then that of its samples, and may be compared with theirs.
     *
     * @return false, unless a sampler says otherwise
     */
    default boolean followsFlow() {
        return false;
    }
}
