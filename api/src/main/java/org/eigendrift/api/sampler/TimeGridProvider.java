package org.eigendrift.api.sampler;

import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of time grid. {@link #create} refuses, as {@link org.eigendrift.api.InputException}, a process it has no
 * meaning for (a log-SNR grid needs an affine one).
 *
 * @param <O> options record
 */
public interface TimeGridProvider<O extends Record> extends Provider<O, GridContext, TimeGrid> {
    /** The kind of all time grids. */
    Kind<GridContext, TimeGrid> KIND = new Kind<>("grid", TimeGridProvider.class);
}
