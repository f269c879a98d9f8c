package org.eigendrift.engine.data;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.engine.check.FrameCheck;

/** Frames applied one after the other; no frame at all is the identity. Immutable, thread-safe. */
public final class FrameChain {
    private final List<Column> columns;
    private final List<Frame> frames;
    private final AtomicBoolean checked = new AtomicBoolean();

    /**
     * Creates a chain.
     *
     * @param columns the data's columns
     * @param frames frames in the order in which they are applied to data
     */
    public FrameChain(List<Column> columns, List<Frame> frames) {
        this.columns = List.copyOf(columns);
        this.frames = List.copyOf(frames);
    }

    /**
     * Makes a frame again.
     *
     * @param choice its kind and options
     * @param before the coordinates before it
     * @param state what {@link Frame#state()} returned
     * @return the same frame
     * @throws org.eigendrift.api.InputException if the state is damaged
     */
    public static Frame restore(Chosen<FrameContext, Frame> choice, List<Column> before, State state) {
        return restore((FrameProvider<?>) choice.provider(), choice.options(), before, state);
    }

    private static <O extends Record> Frame restore(
            FrameProvider<O> provider, Record options, List<Column> before, State state) {
        return provider.restore(provider.options().type().cast(options), before, state);
    }

    /**
     * Fits a frame.
     *
     * @param choice its kind and options
     * @param before the coordinates before it
     * @return a plan for rows in those coordinates
     * @throws org.eigendrift.api.InputException if the frame cannot map them
     */
    public static Plan<Frame> plan(Chosen<FrameContext, Frame> choice, List<Column> before) {
        return plan((FrameProvider<?>) choice.provider(), choice.options(), before);
    }

    private static <O extends Record> Plan<Frame> plan(FrameProvider<O> provider, Record options, List<Column> before) {
        return provider.plan(provider.options().type().cast(options), before)
                .map(frame -> FrameCheck.shaped(provider, frame, before.size()));
    }

    /**
     * The frames.
     *
     * @return in the order in which they are applied to data
     */
    public List<Frame> frames() {
        return frames;
    }

    /**
     * The columns of the data.
     *
     * @return before the first frame
     */
    public List<Column> dataColumns() {
        return columns;
    }

    /**
     * The same frames of columns of which rows were seen elsewhere.
     *
     * @param observed where, for each column of the data
     * @return a new chain
     */
    public FrameChain observing(List<Column.Span> observed) {
        List<Column> others = IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).withObserved(observed.get(i)))
                .toList();
        return new FrameChain(others, frames);
    }

    /**
     * The coordinates in which the basis lives.
     *
     * @return after the last frame
     */
    public List<Column> columns() {
        return frames.isEmpty() ? columns : frames.get(frames.size() - 1).columns();
    }

    /**
     * Coordinates that the last frame leaves to the standard normal law.
     *
     * @return their numbers, ascending; a new array
     */
    public int[] leftNormal() {
        return frames.isEmpty() ? new int[0] : frames.get(frames.size() - 1).leftNormal();
    }

    /**
     * Whether every frame is affine, and the chain with them.
     *
     * @return true if so
     */
    public boolean affine() {
        return frames.stream().allMatch(Frame::affine);
    }

    /**
     * Maps data to frame coordinates. The first rows that pass tell whether each frame is the map it says it is.
     *
     * @param x rows; not modified
     * @param logJacobian receives log |det dz/dx| of each row, replacing what it holds; modified
     * @return the images; a batch of their own
     * @throws org.eigendrift.api.plugin.PluginException if rows do not come back, or a log-Jacobian is wrong
     */
    public Points forward(Points x, double[] logJacobian) {
        Arrays.fill(logJacobian, 0);
        boolean check = !checked.get() && x.size() >= FrameCheck.FEWEST && checked.compareAndSet(false, true);
        Points here = x.copy();
        List<Column> before = columns;
        for (Frame frame : frames) {
            if (check) {
                FrameCheck.check(frame, before, here);
                before = frame.columns();
            }
            Points next = Points.zeros(x.dim(), x.size());
            frame.forward(here, next, logJacobian);
            here = next;
        }
        return here;
    }

    /**
     * Maps frame coordinates to data.
     *
     * @param z points; not modified
     * @return the images; a batch of their own
     */
    public Points inverse(Points z) {
        Points here = z.copy();
        for (int f = frames.size() - 1; f >= 0; f--) {
            Points next = Points.zeros(z.dim(), z.size());
            frames.get(f).inverse(here, next);
            here = next;
        }
        return here;
    }
}
