package org.eigendrift.api.sampler;

import java.util.Arrays;
import org.eigendrift.api.InputException;

/** Forward times in sampling order: strictly decreasing, finite, none negative. Immutable. */
public final class TimeGrid {
    private final double[] times;

    private TimeGrid(double[] times) {
        this.times = times;
    }

    /**
     * Creates a grid.
     *
     * @param times at least two; copied
     * @return the grid
     * @throws InputException if the times are not finite, negative or not strictly decreasing; the message says where
     */
    public static TimeGrid of(double... times) {
        if (times.length < 2) {
            throw new InputException("a time grid needs at least two times, found " + Arrays.toString(times));
        }
        for (int i = 0; i < times.length; i++) {
            if (!(times[i] >= 0) || !Double.isFinite(times[i])) {
                throw new InputException(
                        "time " + (i + 1) + " of the grid is " + times[i] + ", expected a finite number, 0 or above");
            }
            if (i > 0 && !(times[i] < times[i - 1])) {
                throw new InputException("the time grid must decrease, but time " + (i + 1) + " is " + times[i]
                        + " after " + times[i - 1]);
            }
        }
        return new TimeGrid(times.clone());
    }

    /**
     * Times in geometric progression.
     *
     * @param horizon first time
     * @param earliest last time, above 0
     * @param steps steps between them, at least 1
     * @return the grid of steps + 1 times, both ends exact
     */
    public static TimeGrid geometric(double horizon, double earliest, int steps) {
        double[] times = new double[steps + 1];
        double ratio = Math.log(earliest / horizon);
        for (int i = 0; i <= steps; i++) {
            times[i] = horizon * Math.exp(ratio * i / steps);
        }
        times[0] = horizon;
        times[steps] = earliest;
        return of(times);
    }

    /**
     * The number of steps.
     *
     * @return times less one, at least 1
     */
    public int steps() {
        return times.length - 1;
    }

    /**
     * One time.
     *
     * @param i 0 to {@code steps()}
     * @return the time
     */
    public double time(int i) {
        return times[i];
    }

    /**
     * All times.
     *
     * @return a copy
     */
    public double[] times() {
        return times.clone();
    }

    /**
     * The first time.
     *
     * @return the largest
     */
    public double first() {
        return times[0];
    }

    /**
     * The last time.
     *
     * @return the smallest
     */
    public double last() {
        return times[times.length - 1];
    }
}
