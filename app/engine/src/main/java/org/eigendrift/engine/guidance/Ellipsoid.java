package org.eigendrift.engine.guidance;

import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.data.Covariance;
import org.eigendrift.engine.kernel.LowerTriangle;

/** Mean and covariance of samples, in which steps and distances are measured. */
final class Ellipsoid {
    private final double[] mean;
    private final double[] covariance;
    private final double[] factor;

    private Ellipsoid(double[] mean, double[] covariance, double[] factor) {
        this.mean = mean;
        this.covariance = covariance;
        this.factor = factor;
    }

    /**
     * Of samples.
     *
     * @throws InputException if they lie in a plane, as fewer than there are columns do
     */
    static Ellipsoid of(List<Column> columns, Points x) {
        int d = x.dim();
        Covariance found = Covariance.ofColumns(new InMemory(columns, x));
        double[] factor = found.matrix().clone();
        try {
            LowerTriangle.factor(factor, d);
        } catch (NumericalException e) {
            throw new InputException(
                    x.size() + " samples of " + d + " columns have a covariance that is " + e.getMessage()
                            + ", and distances from the data are measured in it; draw more, or fit without columns that follow"
                            + " from others",
                    e);
        }
        return new Ellipsoid(found.means(), found.matrix(), factor);
    }

    double[] mean() {
        return mean.clone();
    }

    /** Sigma v. */
    double[] times(double[] v) {
        int d = v.length;
        double[] out = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                out[i] += covariance[i * d + j] * v[j];
            }
        }
        return out;
    }

    /** v' Sigma v, the variance of v . x. */
    double variance(double[] v) {
        return dot(v, times(v));
    }

    /** (x - mu)' Sigma^-1 (x - mu). */
    double distance(double[] x) {
        double[] away = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            away[i] = x[i] - mean[i];
        }
        double[] solved = away.clone();
        LowerTriangle.solve(factor, x.length, solved);
        return dot(away, solved);
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
