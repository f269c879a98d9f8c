package org.eigendrift.engine.guidance;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Erf;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.engine.data.Covariance;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * What the normal law of some rows' means and covariances makes of an affine observation y = A x + b + noise: the least that a reconstruction
 * should beat. Mean mu + C A'(A C A' + s^2 I)^-1 (y - A mu - b), covariance C - C A'(A C A' + s^2 I)^-1 A C. Immutable,
 * thread-safe.
 */
public final class GaussianPosterior {
    private final Operator operator;
    private final Covariance rows;

    /** Row i has the covariances of column i with the outputs. */
    private final double[] crossed;

    /** The factor of A C A' + s^2 I. */
    private final double[] factor;

    /**
     * Sums over rows, and factors the outputs' covariance.
     *
     * @param data rows, of whose columns means and covariances are taken
     * @param operator what is observed of a row; affine
     * @param noise standard deviation of the observation's noise, at least 0
     * @throws InputException if the operator is not affine
     * @throws NumericalException if outputs without noise depend on each other
     */
    public GaussianPosterior(Dataset data, Operator operator, double noise) {
        if (!operator.affine()) {
            throw new InputException("a Gaussian's posterior is known of affine observations, and this one is none");
        }
        this.operator = operator;
        this.rows = Covariance.ofColumns(data);
        int d = operator.inputs();
        int m = operator.outputs();
        // Point j is row j of A.
        Points a = rows(operator);
        this.crossed = new double[d * m];
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) {
                double c = rows.matrix()[i * d + k];
                for (int j = 0; j < m; j++) {
                    crossed[i * m + j] += c * a.get(k, j);
                }
            }
        }
        this.factor = new double[m * m];
        for (int j = 0; j < m; j++) {
            for (int i = 0; i < d; i++) {
                for (int k = 0; k < m; k++) {
                    factor[j * m + k] += a.get(i, j) * crossed[i * m + k];
                }
            }
            factor[j * m + j] += noise * noise;
        }
        LowerTriangle.factor(factor, m);
    }

    /**
     * The rows of an operator's Jacobian at 0.
     *
     * @param operator the operator
     * @return a point for each output; a new array
     */
    public static Points rows(Operator operator) {
        int m = operator.outputs();
        Points units = Points.zeros(m, m);
        for (int j = 0; j < m; j++) {
            units.set(j, j, 1);
        }
        Points a = Points.zeros(operator.inputs(), m);
        operator.adjoint(Points.zeros(operator.inputs(), m), units, a);
        return a;
    }

    /**
     * Standard deviations of the columns without an observation.
     *
     * @return one for each column
     */
    public double[] scales() {
        double[] out = new double[operator.inputs()];
        Arrays.setAll(out, i -> Math.sqrt(rows.matrix()[i * out.length + i]));
        return out;
    }

    /**
     * The posterior's means.
     *
     * @param observed observations, one a point, a coordinate for each output; not modified
     * @return as many points in the columns; a new array
     */
    public Points mean(Points observed) {
        int d = operator.inputs();
        int m = operator.outputs();
        Points image = Points.zeros(m, 1);
        operator.apply(Points.ofRows(rows.means()), image);
        Points out = Points.zeros(d, observed.size());
        for (int n = 0; n < observed.size(); n++) {
            double[] residual = new double[m];
            for (int j = 0; j < m; j++) {
                residual[j] = observed.get(j, n) - image.get(j, 0);
            }
            LowerTriangle.solve(factor, m, residual);
            for (int i = 0; i < d; i++) {
                double value = rows.means()[i];
                for (int j = 0; j < m; j++) {
                    value += crossed[i * m + j] * residual[j];
                }
                out.set(i, n, value);
            }
        }
        return out;
    }

    /**
     * The posterior's standard deviations, the same whatever was observed.
     *
     * @return one for each column
     */
    public double[] deviations() {
        int d = operator.inputs();
        int m = operator.outputs();
        double[] out = new double[d];
        for (int i = 0; i < d; i++) {
            double[] solved = Arrays.copyOfRange(crossed, i * m, (i + 1) * m);
            LowerTriangle.solve(factor, m, solved);
            double variance = rows.matrix()[i * d + i];
            for (int j = 0; j < m; j++) {
                variance -= crossed[i * m + j] * solved[j];
            }
            out[i] = Math.sqrt(Math.max(0, variance));
        }
        return out;
    }

    /**
     * The continuous ranked probability score of a normal law (Gneiting, Raftery, J. Am. Stat. Assoc. 102, 2007).
     *
     * @param miss what came out less the law's mean
     * @param deviation the law's standard deviation, at least 0
     * @return the score, in the unit of both; the less the better
     */
    public static double rankedScore(double miss, double deviation) {
        if (deviation == 0) {
            return Math.abs(miss);
        }
        double z = miss / deviation;
        double density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
        return deviation * (z * Erf.value(z / Math.sqrt(2)) + 2 * density - 1 / Math.sqrt(Math.PI));
    }
}
