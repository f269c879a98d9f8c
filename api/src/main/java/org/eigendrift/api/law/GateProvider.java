package org.eigendrift.api.law;

import java.util.List;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.plugin.ProviderLookup;

/**
 * A kind of gate. {@link #create} finds cells in rows, and refuses columns that it cannot cut by as
 * {@link org.eigendrift.api.InputException}.
 *
 * @param <O> options record
 */
public interface GateProvider<O extends Record> extends Provider<O, LawContext, Gate> {
    /** The kind of all gates. */
    Kind<LawContext, Gate> KIND = new Kind<>("gate", GateProvider.class);

    /**
     * Makes a gate again from a model file.
     *
     * @param columns the columns of the rows
     * @param state what {@link Gate#state} returned
     * @param providers finds other plugins
     * @return a gate that gives every row to the same cell
     * @throws org.eigendrift.api.InputException if the state is damaged
     */
    Gate restore(List<Column> columns, State state, ProviderLookup providers);
}
