package org.eigendrift.samplers.guidance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;

/**
 * p(y | x) with Gaussian data given x: N(y; A x_0, S), S = R + A Cov[x_0 | x] A^T, and its gradient J^T A^T S^-1 (y - A x_0) with
 * the covariance held fixed. Exact for Gaussian data and affine A.
 *
 * <p>The Hessian of a law that is known exactly makes a covariance everywhere. That of a fit need not where no data is: its
 * functions level off beyond the rows' range. There the data counts as isotropic with variance 1, as pi-gdm takes it, which is a
 * fit's own unit; particles are weighed by the same, and stay exact.
 */
final class GaussianLikelihood {
    /** Of a covariance whose rows depend on each other. */
    private static final double ROUNDING = 1e-9;

    private final Observation observation;

    /** What everything was computed for. */
    private Tweedie of;

    private long computation;

    private Points[] images;
    private double[][] weights;
    private double[] logLikelihood;
    /** Cholesky factors of S. */
    private double[][][] factors;

    GaussianLikelihood(Observation observation) {
        this.observation = observation;
    }

    /** Computes everything for a batch, unless it stands already. */
    void at(Tweedie tweedie) {
        if (tweedie == of && tweedie.computations() == computation) {
            return;
        }
        of = tweedie;
        computation = tweedie.computations();
        int m = observation.size();
        int size = tweedie.x().size();
        List<Points> rows = rows(tweedie.estimate());
        images = tweedie.jacobian(rows).toArray(Points[]::new);
        Points residual = observation.residual(tweedie.estimate());
        weights = new double[m][size];
        logLikelihood = new double[size];
        factors = new double[size][][];
        double[] b = new double[m];
        for (int n = 0; n < size; n++) {
            double[][] s = new double[m][m];
            factors[n] = s;
            covariance(tweedie, rows, n, s);
            if (!nonnegative(s)) {
                isotropic(tweedie, rows, n);
                covariance(tweedie, rows, n, s);
            }
            for (int i = 0; i < m; i++) {
                s[i][i] += observation.variance();
                b[i] = residual.get(i, n);
            }
            double logDeterminant = SmallSystems.factor(s, tweedie.time());
            SmallSystems.forward(s, b);
            double square = 0;
            for (double v : b) {
                square += v * v;
            }
            logLikelihood[n] = -0.5 * (square + logDeterminant + m * Math.log(2 * Math.PI));
            SmallSystems.backward(s, b);
            for (int j = 0; j < m; j++) {
                weights[j][n] = b[j];
            }
        }
    }

    /** The lower triangle of A Cov A^T at a point. */
    private void covariance(Tweedie tweedie, List<Points> rows, int n, double[][] s) {
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j <= i; j++) {
                s[i][j] = tweedie.covariance() * product(rows.get(i), images[j], n);
            }
        }
    }

    /** Whether a lower triangle is that of a covariance, up to rounding. */
    private static boolean nonnegative(double[][] s) {
        double largest = 0;
        for (int i = 0; i < s.length; i++) {
            largest = Math.max(largest, Math.abs(s[i][i]));
        }
        double[][] shifted = new double[s.length][];
        for (int i = 0; i < s.length; i++) {
            shifted[i] = s[i].clone();
            shifted[i][i] += ROUNDING * largest;
        }
        return largest == 0 || SmallSystems.positive(shifted);
    }

    /** J of isotropic Gaussian data of variance 1, alpha / (alpha^2 + sigma^2). */
    private void isotropic(Tweedie tweedie, List<Points> rows, int n) {
        double alpha = tweedie.alpha();
        double factor = alpha / (alpha * alpha + tweedie.sigma() * tweedie.sigma());
        for (int j = 0; j < images.length; j++) {
            for (int i = 0; i < images[j].dim(); i++) {
                images[j].set(i, n, factor * rows.get(j).get(i, n));
            }
        }
    }

    /** The rows of A at each point. */
    private List<Points> rows(Points at) {
        List<Points> rows = new ArrayList<>();
        for (int j = 0; j < observation.size(); j++) {
            Points unit = Points.zeros(observation.size(), at.size());
            Arrays.fill(unit.values(), unit.offset(j), unit.offset(j) + unit.size(), 1);
            rows.add(observation.adjoint(at, unit));
        }
        return rows;
    }

    private static double product(Points a, Points b, int n) {
        double sum = 0;
        for (int i = 0; i < a.dim(); i++) {
            sum += a.get(i, n) * b.get(i, n);
        }
        return sum;
    }

    /** Adds the gradient. */
    void addGradient(Points score) {
        for (int j = 0; j < weights.length; j++) {
            for (int i = 0; i < score.dim(); i++) {
                int at = score.offset(i);
                for (int n = 0; n < score.size(); n++) {
                    score.values()[at + n] += weights[j][n] * images[j].values()[at + n];
                }
            }
        }
    }

    /** Adds the product with -J^T A^T S^-1 A J, the Hessian with S and J held fixed. */
    void addCurvature(Points direction, Points product) {
        double[] b = new double[images.length];
        for (int n = 0; n < factors.length; n++) {
            for (int j = 0; j < b.length; j++) {
                b[j] = product(images[j], direction, n);
            }
            SmallSystems.forward(factors[n], b);
            SmallSystems.backward(factors[n], b);
            for (int i = 0; i < product.dim(); i++) {
                double sum = 0;
                for (int j = 0; j < b.length; j++) {
                    sum += images[j].get(i, n) * b[j];
                }
                product.set(i, n, product.get(i, n) - sum);
            }
        }
    }

    void logLikelihood(double[] out) {
        System.arraycopy(logLikelihood, 0, out, 0, logLikelihood.length);
    }
}
