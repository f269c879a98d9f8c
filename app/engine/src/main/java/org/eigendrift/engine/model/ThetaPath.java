package org.eigendrift.engine.model;

import java.util.Arrays;
import org.eigendrift.api.Fused;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.sampler.TimeGrid;

/**
 * Theta as a function of time: its values on the fit's grid, and between grid times the cubic Hermite interpolant in
 * log t with three-point slopes, so the model is one continuously differentiable function of time whatever grid a
 * sampler brings. Below the grid's last time theta may be held as it is there. Immutable, thread-safe.
 */
public final class ThetaPath {
    private final TimeGrid grid;
    private final double[] logTimes;
    private final double[][] theta;
    private final double end;

    /**
     * Creates a path that ends with its grid.
     *
     * @param grid the fit's times, from the horizon down
     * @param theta for each grid time the coefficients; shared, not to be modified afterwards
     * @throws NumericalException if a coefficient is not finite; the message gives the time
     */
    public ThetaPath(TimeGrid grid, double[][] theta) {
        this(grid, theta, grid.last());
    }

    /**
     * Creates a path.
     *
     * @param grid the fit's times, from the horizon down
     * @param theta for each grid time the coefficients; shared, not to be modified afterwards
     * @param end time down to which the last coefficients are held, above 0 and at most the grid's last
     * @throws NumericalException if a coefficient is not finite; the message gives the time
     */
    public ThetaPath(TimeGrid grid, double[][] theta, double end) {
        if (!(end > 0 && end <= grid.last())) {
            throw new IllegalArgumentException("theta cannot be held from " + grid.last() + " to " + end);
        }
        if (theta.length != grid.steps() + 1) {
            throw new IllegalArgumentException(theta.length + " coefficient vectors for " + (grid.steps() + 1));
        }
        this.grid = grid;
        this.theta = theta;
        this.end = end;
        this.logTimes = new double[theta.length];
        for (int j = 0; j < theta.length; j++) {
            logTimes[j] = Math.log(grid.time(j));
            for (double value : theta[j]) {
                if (!Double.isFinite(value)) {
                    throw new NumericalException("theta is not finite at t = " + grid.time(j));
                }
            }
        }
    }

    /**
     * The times.
     *
     * @return the fit's grid
     */
    public TimeGrid grid() {
        return grid;
    }

    /**
     * The earliest time.
     *
     * @return the time down to which the last coefficients are held, the grid's last where they are not
     */
    public double end() {
        return end;
    }

    /**
     * The number of coefficients.
     *
     * @return the size of the basis
     */
    public int size() {
        return theta[0].length;
    }

    /**
     * The coefficients at a grid time.
     *
     * @param j 0 to {@code grid().steps()}
     * @return the array itself; shared, not to be modified
     */
    public double[] at(int j) {
        return theta[j];
    }

    /**
     * Interpolates.
     *
     * @param t a time from the horizon to the end; rounding beyond either is forgiven
     * @param out receives theta(t); modified
     * @throws NumericalException if t lies outside the range
     */
    public void at(double t, double[] out) {
        requireInRange(t);
        if (t <= grid.last()) {
            System.arraycopy(theta[grid.steps()], 0, out, 0, out.length);
            return;
        }
        Arrays.fill(out, 0);
        weights(t, (j, weight) -> addScaled(weight, theta[j], out));
    }

    /**
     * Pulls a gradient with respect to theta(t), which is linear in the values at grid times, back to these.
     *
     * @param t a time as {@link #at(double, double[])} takes it
     * @param gradient with respect to each coefficient at t; not modified
     * @param out an array for each grid time; receives, added to what it holds, the gradient with respect to the coefficients there
     * @throws NumericalException if t lies outside the range
     */
    public void pull(double t, double[] gradient, double[][] out) {
        requireInRange(t);
        if (t <= grid.last()) {
            addScaled(1, gradient, out[grid.steps()]);
        } else {
            weights(t, (j, weight) -> addScaled(weight, gradient, out[j]));
        }
    }

    /** Receives how much the value at a grid time counts. */
    private interface Weighted {
        void add(int j, double weight);
    }

    private void weights(double t, Weighted out) {
        int interval = interval(t);
        double h = logTimes[interval + 1] - logTimes[interval];
        double u = Math.max(0, Math.min(1, (Math.log(t) - logTimes[interval]) / h));
        out.add(interval, (1 + 2 * u) * (1 - u) * (1 - u));
        out.add(interval + 1, u * u * (3 - 2 * u));
        slopes(u * (1 - u) * (1 - u) * h, interval, out);
        slopes(-u * u * (1 - u) * h, interval + 1, out);
    }

    private void requireInRange(double t) {
        double slack = 1e-9;
        if (!(t <= grid.first() * (1 + slack)) || !(t >= end * (1 - slack))) {
            throw new NumericalException(
                    "time " + t + " lies outside the model's range [" + end + ", " + grid.first() + "]");
        }
    }

    private int interval(double t) {
        int low = 0;
        int high = grid.steps() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (grid.time(middle) >= t) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Weights of the grid values first(j) .. first(j) + 2 in the slope at grid time j: the parabola through them. */
    private double[] slope(int j) {
        if (logTimes.length == 2) {
            double h = logTimes[1] - logTimes[0];
            return new double[] {-1 / h, 1 / h, 0};
        }
        int first = first(j);
        double x0 = logTimes[first];
        double x1 = logTimes[first + 1];
        double x2 = logTimes[first + 2];
        double x = logTimes[j];
        return new double[] {
            (2 * x - x1 - x2) / ((x0 - x1) * (x0 - x2)),
            (2 * x - x0 - x2) / ((x1 - x0) * (x1 - x2)),
            (2 * x - x0 - x1) / ((x2 - x0) * (x2 - x1))
        };
    }

    private int first(int j) {
        return Math.max(0, Math.min(j - 1, logTimes.length - 3));
    }

    private void slopes(double factor, int j, Weighted out) {
        double[] weights = slope(j);
        int first = first(j);
        for (int w = 0; w < Math.min(3, theta.length); w++) {
            out.add(first + w, factor * weights[w]);
        }
    }

    private static void addScaled(double factor, double[] vector, double[] out) {
        for (int a = 0; a < out.length; a++) {
            out[a] = Fused.multiplyAdd(factor, vector[a], out[a]);
        }
    }
}
