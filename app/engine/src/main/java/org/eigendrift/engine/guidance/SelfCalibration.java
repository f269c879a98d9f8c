package org.eigendrift.engine.guidance;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * Sensors of unknown gains: y_l = diag(d) A_l x + noise for several linear operators of the same outputs, d and x unknown (Ling and Strohmer,
 * 1611.04196). With s = 1 / d the equations diag(y_l) s - A_l x = 0 are linear; as (s, x) times any number solves them too, the mean of s is
 * held at 1, and the rest is one least-squares problem.
 *
 * @param gains d, with a mean of 1 / d of 1; owned by the receiver
 * @param unknown x, to that scale; owned by the receiver
 * @param residual root mean square of diag(y_l) s - A_l x
 */
public record SelfCalibration(double[] gains, double[] unknown, double residual) {
    /** Pivots of the scaled normal equations are squared singular values: below this the square root of rounding is left of them. */
    private static final double SMALLEST = 1e-12;

    /**
     * Solves.
     *
     * @param operators linear ones, all of the same inputs and outputs
     * @param observed a point for each operator, of as many coordinates as outputs; not modified
     * @return gains and unknowns
     * @throws InputException if shapes differ, a number is not finite, or gains and unknowns do not follow from what was observed
     */
    public static SelfCalibration of(List<Operator> operators, Points observed) {
        check(operators, observed);
        int m = observed.dim();
        int n = operators.get(0).inputs();
        double[][] rows = equations(operators, observed);
        int free = m - 1 + n;
        if (rows.length < free) {
            throw unidentifiable(rows.length + " equations for " + free + " unknowns; observe by more operators");
        }
        // s_m = m - (s_1 + ...): what is left of each column, and the constant on the other side.
        double[] scale = new double[free];
        double[] normal = new double[free * free];
        double[] side = new double[free];
        for (double[] row : rows) {
            double last = row[m - 1];
            for (int i = 0; i < free; i++) {
                double a = reduced(row, i, m);
                side[i] -= a * m * last;
                for (int j = 0; j <= i; j++) {
                    normal[i * free + j] += a * reduced(row, j, m);
                }
            }
        }
        for (int i = 0; i < free; i++) {
            scale[i] = normal[i * free + i] > 0 ? 1 / Math.sqrt(normal[i * free + i]) : 0;
        }
        for (int i = 0; i < free; i++) {
            side[i] *= scale[i];
            for (int j = 0; j <= i; j++) {
                normal[i * free + j] *= scale[i] * scale[j];
            }
        }
        solve(normal, side, free);
        double[] z = new double[m + n];
        double sum = 0;
        for (int i = 0; i < free; i++) {
            z[i < m - 1 ? i : i + 1] = side[i] * scale[i];
            sum += i < m - 1 ? side[i] * scale[i] : 0;
        }
        z[m - 1] = m - sum;
        return result(rows, z, m);
    }

    private static double reduced(double[] row, int i, int m) {
        return i < m - 1 ? row[i] - row[m - 1] : row[i + 1];
    }

    private static void solve(double[] normal, double[] side, int free) {
        try {
            LowerTriangle.factor(normal, free);
        } catch (NumericalException e) {
            throw unidentifiable("the equations are dependent");
        }
        for (int i = 0; i < free; i++) {
            if (normal[i * free + i] * normal[i * free + i] < SMALLEST) {
                throw unidentifiable("the equations are dependent to rounding");
            }
        }
        LowerTriangle.solve(normal, free, side);
    }

    private static SelfCalibration result(double[][] rows, double[] z, int m) {
        double square = 0;
        for (double[] row : rows) {
            double miss = Ellipsoid.dot(row, z);
            square += miss * miss / rows.length;
        }
        double[] gains = new double[m];
        for (int j = 0; j < m; j++) {
            gains[j] = 1 / z[j];
            if (!Double.isFinite(gains[j])) {
                throw unidentifiable("output " + (j + 1) + " would have no finite gain");
            }
        }
        return new SelfCalibration(gains, Arrays.copyOfRange(z, m, z.length), Math.sqrt(square));
    }

    /** diag(y_l) s - A_l x, a row for each output of each operator. */
    private static double[][] equations(List<Operator> operators, Points observed) {
        int m = observed.dim();
        int n = operators.get(0).inputs();
        Points units = Points.zeros(n, n);
        for (int i = 0; i < n; i++) {
            units.set(i, i, 1);
        }
        double[][] rows = new double[m * operators.size()][m + n];
        for (int l = 0; l < operators.size(); l++) {
            Points columns = Points.zeros(m, n);
            operators.get(l).tangent(Points.zeros(n, n), units, columns);
            for (int j = 0; j < m; j++) {
                double[] row = rows[l * m + j];
                row[j] = observed.get(j, l);
                for (int i = 0; i < n; i++) {
                    row[m + i] = -columns.get(j, i);
                }
            }
        }
        return rows;
    }

    private static void check(List<Operator> operators, Points observed) {
        if (operators.isEmpty() || operators.size() != observed.size()) {
            throw InputException.at(
                    "calibration",
                    "expected an observation for each operator, found " + observed.size() + " for " + operators.size());
        }
        for (Operator operator : operators) {
            if (operator.outputs() != observed.dim()
                    || operator.inputs() != operators.get(0).inputs()
                    || !operator.affine()) {
                throw InputException.at(
                        "calibration",
                        "expected linear operators of " + operators.get(0).inputs() + " inputs and " + observed.dim()
                                + " outputs, found one of " + operator.inputs() + " and " + operator.outputs());
            }
        }
        for (double value : observed.values()) {
            if (!Double.isFinite(value)) {
                throw InputException.at("calibration", "expected finite observations, found " + value);
            }
        }
    }

    private static InputException unidentifiable(String why) {
        return InputException.at("calibration", "gains and unknowns do not follow from what was observed: " + why);
    }
}
