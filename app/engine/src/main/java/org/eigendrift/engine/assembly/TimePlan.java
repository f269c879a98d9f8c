package org.eigendrift.engine.assembly;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.report.SolvedTime;

/**
 * For each grid time, with which ridge and up to which rate its system is solved, and how far below the last of them its
 * solution is held. Immutable.
 */
public final class TimePlan {
    /** The rate bound that leaves the number of functions to the ladder's own rule. */
    public static final double ADAPTIVE = Double.POSITIVE_INFINITY;

    private final TimeGrid grid;
    private final double[] ridges;
    private final double[] largestRates;
    private final double end;

    /**
     * Creates a plan.
     *
     * @param grid the times
     * @param ridges rho of each time; copied
     * @param largestRates for each time the largest rate of the functions solved for, or {@link #ADAPTIVE}; copied
     * @param end time down to which the last solution is held; the grid's last time where it is not
     */
    public TimePlan(TimeGrid grid, double[] ridges, double[] largestRates, double end) {
        if (ridges.length != grid.steps() + 1 || largestRates.length != ridges.length) {
            throw new IllegalArgumentException(
                    ridges.length + " ridges and " + largestRates.length + " rates for " + (grid.steps() + 1));
        }
        this.grid = grid;
        this.ridges = ridges.clone();
        this.largestRates = largestRates.clone();
        this.end = end;
    }

    /**
     * A plan with one ridge throughout.
     *
     * @param grid the times
     * @param ridge rho
     * @return the plan, adaptive in the number of functions
     */
    public static TimePlan constant(TimeGrid grid, double ridge) {
        double[] ridges = new double[grid.steps() + 1];
        double[] rates = new double[ridges.length];
        Arrays.fill(ridges, ridge);
        Arrays.fill(rates, ADAPTIVE);
        return new TimePlan(grid, ridges, rates, grid.last());
    }

    /**
     * The plan by which the same is solved again for other sums.
     *
     * @param grid the times
     * @param solves one for each time
     * @param end time down to which the last solution is held
     * @return their ridges, and the sizes that they took
     */
    public static TimePlan of(TimeGrid grid, List<SolvedTime> solves, double end) {
        return new TimePlan(
                grid,
                solves.stream().mapToDouble(SolvedTime::ridge).toArray(),
                solves.stream().mapToDouble(SolvedTime::largestRate).toArray(),
                end);
    }

    /**
     * The same plan with other ridges.
     *
     * @param changed rho of each time; copied
     * @return a new plan
     */
    public TimePlan withRidges(double[] changed) {
        return new TimePlan(grid, changed, largestRates, end);
    }

    /**
     * The times.
     *
     * @return the grid
     */
    public TimeGrid grid() {
        return grid;
    }

    /**
     * The ridge of a time.
     *
     * @param j 0 to {@code grid().steps()}
     * @return rho
     */
    public double ridge(int j) {
        return ridges[j];
    }

    /**
     * The largest rate of a time.
     *
     * @param j 0 to {@code grid().steps()}
     * @return the bound, or {@link #ADAPTIVE}
     */
    public double largestRate(int j) {
        return largestRates[j];
    }

    /**
     * All ridges.
     *
     * @return a copy
     */
    public double[] ridges() {
        return ridges.clone();
    }

    /**
     * The time down to which the last solution is held.
     *
     * @return above 0, at most the last time
     */
    public double end() {
        return end;
    }
}
