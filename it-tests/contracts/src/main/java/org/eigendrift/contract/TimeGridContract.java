package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every time grid that ends at t_min promises. */
public abstract class TimeGridContract {

    /** For subclasses. */
    protected TimeGridContract() {}

    /**
     * The grid under test, made for a context.
     *
     * @param context process and steps
     * @return the grid
     */
    protected abstract TimeGrid create(GridContext context);

    /**
     * A process that the grid fits.
     *
     * @return the process
     */
    protected abstract DiffusionProcess process();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void reachesFromTheHorizonToTheEarliestTimeExactly(int steps) {
        TimeGrid grid = create(new GridContext(process(), steps));
        assertEquals(steps, grid.steps(), "steps of the grid");
        assertEquals(process().horizon(), grid.first(), 0.0, "the first time, which is the horizon");
        assertEquals(process().earliest(), grid.last(), 0.0, "the last time, which is the earliest of the process");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 100})
    void decreasesAndDependsOnNothingElse(int steps) {
        TimeGrid grid = create(new GridContext(process(), steps));
        for (int i = 1; i <= steps; i++) {
            assertTrue(grid.time(i) < grid.time(i - 1), "time " + (i + 1) + " is not below the one before it");
        }
        assertArrayEquals(
                grid.times(), create(new GridContext(process(), steps)).times(), 0.0);
    }
}
