package org.eigendrift.api.frame;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of frame. {@link #plan} fits it to the rows in as many readings as it needs, a number that does not depend on that of
 * the columns, and refuses what it cannot map as {@link org.eigendrift.api.InputException}, naming the column.
 *
 * @param <O> options record
 */
public interface FrameProvider<O extends Record> extends Provider<O, FrameContext, Frame> {
    /** The kind of all frames. */
    Kind<FrameContext, Frame> KIND = new Kind<>("frame", FrameProvider.class);

    /**
     * Whether a fit that names no frames may take this one.
     *
     * @param use what for
     * @return how readily, and with what options; empty, unless a frame says otherwise, if not at all
     */
    default Optional<Offer> offer(FrameUse use) {
        return Optional.empty();
    }

    /**
     * Fits a frame.
     *
     * @param options the options
     * @param columns the coordinates before the frame
     * @return a plan for rows in those coordinates
     * @throws org.eigendrift.api.InputException if the frame cannot map the columns; also while the plan is run, if it cannot
     *     map their values
     */
    Plan<Frame> plan(O options, List<Column> columns);

    @Override
    default Frame create(O options, FrameContext context) {
        return plan(options, context.data().columns()).run(Passes.over(context.data(), context.run()));
    }

    /**
     * Makes a frame again from a model file.
     *
     * @param options the options it was created with
     * @param columns the coordinates before the frame
     * @param state what {@link Frame#state()} returned
     * @return a frame that computes the same numbers, bit for bit
     * @throws org.eigendrift.api.InputException if the state is damaged
     */
    Frame restore(O options, List<Column> columns, State state);
}
