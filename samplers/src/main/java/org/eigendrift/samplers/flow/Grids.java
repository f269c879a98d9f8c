package org.eigendrift.samplers.flow;

import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;

/** Grids on which the model is evaluated at every time. */
final class Grids {
    private Grids() {}

    static TimeGrid within(String sampler, Chosen<GridContext, TimeGrid> chosen, int steps, DiffusionProcess process) {
        TimeGrid grid = chosen.create(new GridContext(process, steps));
        if (grid.last() < process.earliest()) {
            throw new InputException(sampler + " integrates to t_min = " + process.earliest() + " but the grid ends at "
                    + grid.last() + "; use end: stop");
        }
        return grid;
    }

    /** A grid from T to t_min, at whose times states are told. */
    static TimeGrid spanning(
            String sampler, Chosen<GridContext, TimeGrid> chosen, int steps, DiffusionProcess process) {
        TimeGrid grid = within(sampler, chosen, steps, process);
        if (grid.first() != process.horizon() || grid.last() != process.earliest()) {
            throw new InputException(sampler + " integrates from T = " + process.horizon() + " to t_min = "
                    + process.earliest() + " but the grid to report on runs from " + grid.first() + " to " + grid.last()
                    + "; choose a grid of that range, or report: steps");
        }
        return grid;
    }

    static double[] reversed(double[] times) {
        double[] reversed = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            reversed[i] = times[times.length - 1 - i];
        }
        return reversed;
    }
}
