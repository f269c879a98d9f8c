package org.eigendrift.api.linear;

import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of preconditioner, created anew for each system. {@link #create} refuses an operator it cannot use (a
 * factorisation needs a {@link SymmetricMatrix}) as {@link org.eigendrift.api.InputException}.
 *
 * @param <O> options record
 */
public interface PreconditionerProvider<O extends Record> extends Provider<O, LinearSystem, Preconditioner> {
    /** The kind of all preconditioners. */
    Kind<LinearSystem, Preconditioner> KIND = new Kind<>("preconditioner", PreconditionerProvider.class);
}
