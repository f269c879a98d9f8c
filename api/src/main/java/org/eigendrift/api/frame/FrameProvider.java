package org.eigendrift.api.frame;

import java.util.List;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of frame. {@link #create} fits it to the rows in as many passes as it needs and refuses what it cannot map
 * (a constant column) as {@link org.eigendrift.api.InputException}, naming the column.
 *
 * @param <O> options record
 */
public interface FrameProvider<O extends Record> extends Provider<O, FrameContext, Frame> {
    /** The kind of all frames. */
    Kind<FrameContext, Frame> KIND = new Kind<>("frame", FrameProvider.class);

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
