package org.eigendrift.samplers.program;

import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;

/** Refuses numbers that are not finite, naming the point and the time. */
public final class Finite {
    private Finite() {}

    /**
     * Checks a state.
     *
     * @param x the state
     * @param step the step that led to it
     * @param t its forward time
     * @throws NumericalException if a number is not finite
     */
    public static void state(Points x, int step, double t) {
        int at = first(x);
        if (at >= 0) {
            throw new NumericalException("the state after step " + step + " is not finite: point " + (at % x.size() + 1)
                    + " of the batch, coordinate " + (at / x.size() + 1) + " is " + x.values()[at] + " at t = " + t);
        }
    }

    /**
     * Checks a field of the model.
     *
     * @param name what it is: score, velocity
     * @param field its values
     * @param t forward time of the evaluation
     * @throws NumericalException if a number is not finite
     */
    public static void field(String name, Points field, double t) {
        int at = first(field);
        if (at >= 0) {
            throw new NumericalException("the model's " + name + " is not finite: point " + (at % field.size() + 1)
                    + " of the batch, coordinate " + (at / field.size() + 1) + " is " + field.values()[at] + " at t = "
                    + t);
        }
    }

    private static int first(Points x) {
        double[] values = x.values();
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                return k;
            }
        }
        return -1;
    }
}
