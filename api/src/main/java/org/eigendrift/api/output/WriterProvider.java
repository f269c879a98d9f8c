package org.eigendrift.api.output;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of point writer.
 *
 * @param <O> options record
 */
public interface WriterProvider<O extends Record> extends Provider<O, RunContext, PointWriter> {
    /** The kind of all writers. */
    Kind<RunContext, PointWriter> KIND = new Kind<>("writer", WriterProvider.class);
}
