package org.eigendrift.api.linear;

import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of linear solver.
 *
 * @param <O> options record
 */
public interface SolverProvider<O extends Record> extends Provider<O, RunContext, Solver> {
    /** The kind of all solvers. */
    Kind<RunContext, Solver> KIND = new Kind<>("solver", SolverProvider.class);

    /**
     * Whether a fit that names no solver may take this one.
     *
     * @param use what for
     * @return at what cost, and with what options; empty, unless a solver says otherwise, if not at all
     */
    default Optional<Offer> offer(SolverUse use) {
        return Optional.empty();
    }
}
