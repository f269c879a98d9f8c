package org.eigendrift.api.sampler;

import java.util.Optional;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of time grid. {@link #create} refuses, as {@link org.eigendrift.api.InputException}, a process it has no
 * meaning for (a log-SNR grid needs an affine one).
 *
 * @param <O> options record
 */
public interface TimeGridProvider<O extends Record> extends Provider<O, GridContext, TimeGrid> {
    /** The kind of all time grids. */
    Kind<GridContext, TimeGrid> KIND = new Kind<>("grid", TimeGridProvider.class);

    /** Whether the times are ones of the process: in [earliest, horizon], but for a last one of 0. */
    @Override
    default Optional<String> fault(GridContext context, TimeGrid made) {
        double earliest = context.process().earliest();
        double horizon = context.process().horizon();
        for (int i = 0; i <= made.steps(); i++) {
            double t = made.time(i);
            if (!(t >= earliest && t <= horizon) && !(i == made.steps() && t == 0)) {
                return Optional.of(
                        "made a grid whose time " + (i + 1) + " is " + t + "; expected times within [t_min, T] = ["
                                + earliest + ", " + horizon + "] of the process, or 0 as the last");
            }
        }
        return Optional.empty();
    }
}
