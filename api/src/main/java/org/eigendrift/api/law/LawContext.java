package org.eigendrift.api.law;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.plugin.ProviderLookup;

/**
 * What a law is fitted from.
 *
 * @param train the rows, in columns of the data; read as often as the law needs, in chunks
 * @param providers finds what the law is made of: frames, bases, solvers, other laws
 * @param run seed, threads, progress, cancellation
 */
public record LawContext(Dataset train, ProviderLookup providers, RunContext run) {}
