package org.eigendrift.api.linear;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of linear solver.
 *
 * @param <O> options record
 */
public interface SolverProvider<O extends Record> extends Provider<O, RunContext, Solver> {
    /** The kind of all solvers. */
    Kind<RunContext, Solver> KIND = new Kind<>("solver", SolverProvider.class);
}
