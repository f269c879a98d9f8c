package org.eigendrift.engine.selection;

import java.util.Arrays;
import java.util.OptionalInt;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * The times that a fit chooses among: any, where the moment table serves every t, or those of a grid on which A(t) was
 * summed.
 */
public sealed interface TimeScale {

    /**
     * The times at which ridges and rates are searched, about one for each factor e.
     *
     * @return from the horizon to the earliest time that may be chosen
     */
    TimeGrid coarse();

    /**
     * The grid of a fit.
     *
     * @param earliest its last time, one of the coarse times
     * @return times from the horizon on, about five for each factor e unless their number was given
     */
    TimeGrid until(double earliest);

    /**
     * Any times.
     *
     * @param horizon T
     * @param earliest the earliest time that may be chosen
     * @param times the number of grid times if the user gave one
     * @return the scale
     */
    static TimeScale any(double horizon, double earliest, OptionalInt times) {
        return new Any(horizon, earliest, times);
    }

    /**
     * The times of a grid.
     *
     * @param grid times in geometric progression
     * @return the scale
     */
    static TimeScale of(TimeGrid grid) {
        return new Given(grid);
    }

    /**
     * A grid to choose times from, of which nothing is known but the horizon.
     *
     * @param horizon T
     * @param earliest its last time
     * @param times the number of times, or empty for five for each factor e and at least twelve
     * @return times in geometric progression
     */
    static TimeGrid grid(double horizon, double earliest, OptionalInt times) {
        int count = times.orElse((int) Math.max(12, Math.ceil(Any.TIMES_PER_E_FOLD * Math.log(horizon / earliest))));
        return TimeGrid.geometric(horizon, earliest, count - 1);
    }

    /**
     * The time below which a basis resolves nothing.
     *
     * @param basis the functions
     * @return a small part of 1 / lambda_max
     */
    static double resolution(ProductBasis basis) {
        double largest = 0;
        for (int a = 0; a < basis.size(); a++) {
            largest = Math.max(largest, basis.rate(a));
        }
        return Any.BELOW_RESOLUTION / largest;
    }

    /**
     * Any times.
     *
     * @param horizon T
     * @param earliest the earliest that may be chosen
     * @param times their number if given
     */
    record Any(double horizon, double earliest, OptionalInt times) implements TimeScale {
        private static final double TIMES_PER_E_FOLD = 5;

        /** Below 1 / lambda_max by this factor the basis resolves nothing. */
        private static final double BELOW_RESOLUTION = 0.03;

        @Override
        public TimeGrid coarse() {
            int steps = (int) Math.max(4, Math.ceil(Math.log(horizon / earliest)));
            return TimeGrid.geometric(horizon, earliest, steps);
        }

        @Override
        public TimeGrid until(double last) {
            return grid(horizon, last, times);
        }
    }

    /**
     * The times of a grid.
     *
     * @param grid the times
     */
    record Given(TimeGrid grid) implements TimeScale {
        @Override
        public TimeGrid coarse() {
            double stepsPerEFold = grid.steps() / Math.log(grid.first() / grid.last());
            int stride = (int) Math.max(1, Math.round(stepsPerEFold));
            double[] coarse = new double[(grid.steps() + stride - 1) / stride + 1];
            Arrays.setAll(coarse, k -> grid.time(Math.min(k * stride, grid.steps())));
            return TimeGrid.of(coarse);
        }

        @Override
        public TimeGrid until(double earliest) {
            return TimeGrid.of(
                    Arrays.stream(grid.times()).filter(t -> t >= earliest).toArray());
        }
    }
}
