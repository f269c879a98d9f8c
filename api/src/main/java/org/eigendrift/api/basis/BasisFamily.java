package org.eigendrift.api.basis;

import java.util.Optional;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.Provider;

/**
 * A family of one-dimensional eigenbases.
 *
 * <p>{@link #plan} fits what the family fits (nothing for most) and refuses, as
 * {@link org.eigendrift.api.InputException}, a column it cannot serve, naming the column and a family or frame that
 * can. It does not read rows but says what to gather, so that all columns share readings.
 *
 * @param <O> options record
 */
public interface BasisFamily<O extends Record> extends Provider<O, BasisContext, Eigenbasis> {
    /** The kind of all basis families. */
    Kind<BasisContext, Eigenbasis> KIND = new Kind<>("basis", BasisFamily.class);

    /**
     * Whether the family can serve columns of a kind.
     *
     * @param kind kind of a column in frame coordinates
     * @return true if {@link #plan} accepts it
     */
    boolean accepts(Column.Kind kind);

    /**
     * The frame that brings a column of real numbers to where the family lives, used when a configuration names none.
     *
     * @return a frame's name ({@code box}, {@code standardize}), or empty if the family needs none
     */
    Optional<String> frame();

    /**
     * Whether a fit that names no family may take this one.
     *
     * @param use what for
     * @return how readily, and with what options; empty, unless a family says otherwise, if not at all
     */
    default Optional<Offer> offer(BasisUse use) {
        return Optional.empty();
    }

    /**
     * Fits a basis to a column.
     *
     * @param options the options
     * @param column the coordinate, in frame coordinates: its kind and bounds
     * @param degree the highest degree, at least 1
     * @return a plan for the column's values, rows of one number
     * @throws org.eigendrift.api.InputException if the family cannot serve the column; also while the plan is run, if it cannot
     *     serve its values
     */
    Plan<Eigenbasis> plan(O options, Column column, int degree);

    @Override
    default Eigenbasis create(O options, BasisContext context) {
        return plan(options, context.column(), context.degree()).run(Passes.over(context.data(), context.run()));
    }

    /**
     * Makes a basis again from a model file.
     *
     * @param options the options it was created with
     * @param column the column it was created for
     * @param degree the degree it was created with
     * @param state what {@link Eigenbasis#state()} returned
     * @return a basis that computes the same numbers, bit for bit
     * @throws org.eigendrift.api.InputException if the state is damaged
     */
    Eigenbasis restore(O options, Column column, int degree, State state);
}
