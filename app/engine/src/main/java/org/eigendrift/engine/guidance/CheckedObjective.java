package org.eigendrift.engine.guidance;

import java.util.Arrays;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Objective;

/** An objective whose values at samples must be finite. */
record CheckedObjective(Objective objective) {

    double[] values(Points x) {
        double[] values = new double[x.size()];
        objective.value(x, values);
        for (int n = 0; n < values.length; n++) {
            if (!Double.isFinite(values[n])) {
                throw InputException.at(
                        "objective",
                        "is " + values[n] + " at " + Arrays.toString(x.row(n)) + "; expected a finite number");
            }
        }
        return values;
    }

    double value(double[] point) {
        return values(Points.ofRows(point))[0];
    }

    /** Of a point that is tried: not finite where it cannot be. */
    double tried(double[] point) {
        double[] value = new double[1];
        objective.value(Points.ofRows(point), value);
        return value[0];
    }

    double[] gradient(double[] point) {
        return gradients(Points.ofRows(point)).row(0);
    }

    Points gradients(Points x) {
        Points out = Points.zeros(x.dim(), x.size());
        objective.gradient(x, out);
        for (int n = 0; n < x.size(); n++) {
            for (double slope : out.row(n)) {
                if (!Double.isFinite(slope)) {
                    throw InputException.at(
                            "objective",
                            "its gradient is " + Arrays.toString(out.row(n)) + " at " + Arrays.toString(x.row(n))
                                    + "; expected finite numbers");
                }
            }
        }
        return out;
    }
}
