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
}
