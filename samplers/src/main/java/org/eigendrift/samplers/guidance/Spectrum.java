package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.samplers.wrap.GaussianFit;

/** An affine operator by its singular values: A A^T = U diag(s^2) U^T. Immutable, thread-safe. */
final class Spectrum {
    private final Observation observation;
    private final double[] squares;
    private final double[][] directions;

    Spectrum(String name, Observation observation) {
        if (!observation.operator().affine()) {
            throw new InputException(
                    name + ".operator: needs an affine operator, this one is not (or the model's frame is not);"
                            + " guidance that fits: moment-matched, dps");
        }
        this.observation = observation;
        int m = observation.size();
        Points rows = Points.zeros(observation.operator().inputs(), m);
        Points origin = Points.zeros(observation.operator().inputs(), m);
        Points units = Points.zeros(m, m);
        for (int j = 0; j < m; j++) {
            units.set(j, j, 1);
        }
        observation.operator().adjoint(origin, units, rows);
        Points gram = Points.zeros(m, m);
        observation.operator().tangent(origin, rows, gram);
        double[][] symmetric = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                symmetric[i][j] = 0.5 * (gram.get(i, j) + gram.get(j, i));
            }
        }
        this.directions = new double[m][m];
        this.squares = GaussianFit.jacobi(symmetric, directions);
        double largest = Arrays.stream(squares).max().orElse(0);
        for (int j = 0; j < m; j++) {
            // A singular value's square below this is rounding: the direction is not observed.
            squares[j] = squares[j] > m * Math.ulp(1.0) * largest ? squares[j] : 0;
        }
    }

    /** U diag(f(s_j)) U^T w for every point; directions that are not observed count as 0. */
    Points filter(Points w, DoubleUnaryOperator factor) {
        int m = squares.length;
        double[] factors = new double[m];
        for (int j = 0; j < m; j++) {
            factors[j] = squares[j] == 0 ? 0 : factor.applyAsDouble(Math.sqrt(squares[j]));
        }
        Points out = Points.zeros(m, w.size());
        for (int n = 0; n < w.size(); n++) {
            for (int j = 0; j < m; j++) {
                double along = 0;
                for (int i = 0; i < m; i++) {
                    along += directions[i][j] * w.get(i, n);
                }
                for (int i = 0; i < m; i++) {
                    out.set(i, n, out.get(i, n) + directions[i][j] * factors[j] * along);
                }
            }
        }
        return out;
    }

    /** x_0 += A^T U diag(f(s) / s^2) U^T (y - A x_0): with f = 1 the nearest point that meets the observation. */
    void correct(Points estimate, DoubleUnaryOperator share) {
        Points w = filter(observation.residual(estimate), s -> share.applyAsDouble(s) / (s * s));
        Points step = observation.adjoint(estimate, w);
        for (int k = 0; k < step.values().length; k++) {
            estimate.values()[k] += step.values()[k];
        }
    }
}
