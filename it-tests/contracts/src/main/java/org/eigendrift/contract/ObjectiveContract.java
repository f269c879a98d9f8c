package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Objective;
import org.junit.jupiter.api.Test;

/** What every objective promises. */
public abstract class ObjectiveContract {
    private static final int SIZE = 7;

    /** For subclasses. */
    protected ObjectiveContract() {}

    /**
     * The objective under test.
     *
     * @return the objective
     */
    protected abstract Objective objective();

    /**
     * The columns it is made for.
     *
     * @return their number
     */
    protected abstract int dim();

    @Test
    void gradientIsThatOfTheValue() {
        Points x = Points.zeros(dim(), SIZE);
        for (int k = 0; k < x.values().length; k++) {
            x.values()[k] = new CounterRandom(12).normal(k, 0);
        }
        Points gradient = Points.zeros(dim(), SIZE);
        objective().gradient(x, gradient);
        double h = Math.cbrt(Math.ulp(1.0));
        for (int i = 0; i < dim(); i++) {
            double[] above = new double[SIZE];
            double[] below = new double[SIZE];
            objective().value(moved(x, i, h), above);
            objective().value(moved(x, i, -h), below);
            for (int n = 0; n < SIZE; n++) {
                double slope = (above[n] - below[n]) / (2 * h);
                // Central differences with the balanced step: 4e-11 of truncation and of rounding.
                assertEquals(
                        slope,
                        gradient.get(i, n),
                        1e-8 * (1 + Math.abs(slope) + Math.abs(above[n])),
                        "the gradient of coordinate " + (i + 1) + ", beside differences of values");
            }
        }
    }

    private static Points moved(Points x, int i, double step) {
        Points out = x.copy();
        for (int n = 0; n < x.size(); n++) {
            out.set(i, n, x.get(i, n) + step);
        }
        return out;
    }
}
