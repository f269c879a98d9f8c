package org.eigendrift.api.target;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of target. {@link #create} checks that files can be opened and columns exist; rows are read later.
 *
 * @param <O> options record
 */
public interface TargetProvider<O extends Record> extends Provider<O, RunContext, Target> {
    /** The kind of all targets. */
    Kind<RunContext, Target> KIND = new Kind<>("target", TargetProvider.class);
}
