package org.eigendrift.api.linear;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of row sampler.
 *
 * @param <O> options record
 */
public interface RowSamplerProvider<O extends Record> extends Provider<O, RunContext, RowSampler> {
    /** The kind of all row samplers. */
    Kind<RunContext, RowSampler> KIND = new Kind<>("row-sampler", RowSamplerProvider.class);
}
