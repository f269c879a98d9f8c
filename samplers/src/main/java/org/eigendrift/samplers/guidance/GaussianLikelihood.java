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

    /** The rows of A at each point; of an affine A they stay. */
    private List<Points> rows = List.of();
    /** J times the rows: for each point, or one for all where the Hessian is the same everywhere. */
    private List<Points> images = List.of();

    /** The time for which images and factors stand that are the same at all points. */
    private double sharedTime = Double.NaN;

    private double[][] weights;
    private double[] logLikelihood;
    /** Cholesky factors of S. */
    private double[][] factors;

    private double[] logDeterminant;

    GaussianLikelihood(Observation observation) {
        this.observation = observation;
    }

    /** Computes everything for a batch, unless it stands already. */
    void at(Tweedie tweedie) {
        if (tweedie == of && tweedie.computations() == computation) {
            return;
        }
        int size = tweedie.x().size();
        if (tweedie != of || logLikelihood.length != size) {
            sharedTime = Double.NaN;
            logLikelihood = new double[size];
            logDeterminant = new double[size];
        }
        of = tweedie;
        computation = tweedie.computations();
        if (size == 0 || !tweedie.uniform() || !observation.operator().affine()) {
            moments(tweedie, tweedie.x(), tweedie.estimate());
        } else if (tweedie.time() != sharedTime) {
            sharedTime = tweedie.time();
            // Rows and Hessian are the same everywhere: any point will do.
            moments(tweedie, tweedie.x().slice(0, 1), tweedie.estimate().slice(0, 1));
            factors = Arrays.stream(factors).map(e -> spread(e[0], size)).toArray(double[][]::new);
            logDeterminant = spread(logDeterminant[0], size);
        }
        weigh(observation.residual(tweedie.estimate()));
    }

    private static double[] spread(double value, int size) {
        double[] out = new double[size];
        Arrays.fill(out, value);
        return out;
    }

    /** Images and factors at some points and their estimates. */
    private void moments(Tweedie tweedie, Points x, Points at) {
        int m = observation.size();
        if (rows.isEmpty()
                || rows.get(0).size() != at.size()
                || !observation.operator().affine()) {
            rows = rows(at);
        }
        if (images.isEmpty() || images.get(0).size() != at.size()) {
            images = rows.stream().map(r -> Points.zeros(r.dim(), r.size())).toList();
        }
        tweedie.jacobian(x, rows, images);
        factors = new double[m * m][at.size()];
        covariance(tweedie);
        isotropicWhereNegative(tweedie);
        for (int i = 0; i < m; i++) {
            double[] variances = factors[i * (m + 1)];
            for (int n = 0; n < variances.length; n++) {
                variances[n] += observation.variance();
            }
        }
        logDeterminant = new double[at.size()];
        SmallSystems.factor(factors, m, tweedie.time(), logDeterminant);
    }

    /** S^-1 r and the log-likelihoods. */
    private void weigh(Points residual) {
        int m = observation.size();
        weights = new double[m][];
        for (int j = 0; j < m; j++) {
            weights[j] = residual.column(j);
        }
        SmallSystems.forward(factors, weights);
        for (int n = 0; n < logLikelihood.length; n++) {
            double square = 0;
            for (double[] w : weights) {
                square += w[n] * w[n];
            }
            logLikelihood[n] = -0.5 * (square + logDeterminant[n] + m * Math.log(2 * Math.PI));
        }
        SmallSystems.backward(factors, weights);
    }

    /** The lower triangles of A Cov A^T. */
    private void covariance(Tweedie tweedie) {
        int m = observation.size();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double[] entries = factors[i * m + j];
                Arrays.fill(entries, 0);
                addProducts(images.get(j), rows.get(i), entries);
                for (int n = 0; n < entries.length; n++) {
                    entries[n] *= tweedie.covariance();
                }
            }
        }
    }

    /** Where a lower triangle is not that of a covariance, beyond rounding, J is that of isotropic data. */
    private void isotropicWhereNegative(Tweedie tweedie) {
        int m = observation.size();
        double[] largest = new double[factors[0].length];
        for (int i = 0; i < m; i++) {
            for (int n = 0; n < largest.length; n++) {
                largest[n] = Math.max(largest[n], Math.abs(factors[i * (m + 1)][n]));
            }
        }
        double[][] shifted = Arrays.stream(factors).map(double[]::clone).toArray(double[][]::new);
        for (int i = 0; i < m; i++) {
            for (int n = 0; n < largest.length; n++) {
                shifted[i * (m + 1)][n] += ROUNDING * largest[n];
            }
        }
        int[] failed = SmallSystems.decompose(shifted, m);
        boolean changed = false;
        for (int n = 0; n < largest.length; n++) {
            if (failed[n] >= 0 && largest[n] != 0) {
                isotropic(tweedie, n);
                changed = true;
            }
        }
        if (changed) {
            covariance(tweedie);
        }
    }

    /** J of isotropic Gaussian data of variance 1, alpha / (alpha^2 + sigma^2). */
    private void isotropic(Tweedie tweedie, int n) {
        double alpha = tweedie.alpha();
        double factor = alpha / (alpha * alpha + tweedie.sigma() * tweedie.sigma());
        for (int j = 0; j < images.size(); j++) {
            for (int i = 0; i < images.get(j).dim(); i++) {
                images.get(j).set(i, n, factor * rows.get(j).get(i, n));
            }
        }
    }

    /** The rows of A at each point. */
    private List<Points> rows(Points at) {
        List<Points> each = new ArrayList<>();
        for (int j = 0; j < observation.size(); j++) {
            Points unit = Points.zeros(observation.size(), at.size());
            Arrays.fill(unit.values(), unit.offset(j), unit.offset(j) + unit.size(), 1);
            each.add(observation.adjoint(at, unit));
        }
        return each;
    }

    /** Adds the inner products of an image, one for each point or one for all, with directions. */
    private static void addProducts(Points image, Points direction, double[] out) {
        double[] a = image.values();
        double[] b = direction.values();
        for (int i = 0; i < direction.dim(); i++) {
            int at = direction.offset(i);
            if (image.size() == direction.size()) {
                for (int n = 0; n < out.length; n++) {
                    out[n] += b[at + n] * a[at + n];
                }
            } else {
                for (int n = 0; n < out.length; n++) {
                    out[n] += b[at + n] * a[i];
                }
            }
        }
    }

    /** Adds multiples of the images. */
    private void addMultiples(double[][] factor, Points out) {
        double[] to = out.values();
        for (int j = 0; j < factor.length; j++) {
            double[] image = images.get(j).values();
            double[] w = factor[j];
            for (int i = 0; i < out.dim(); i++) {
                int at = out.offset(i);
                if (image.length == to.length) {
                    for (int n = 0; n < w.length; n++) {
                        to[at + n] += w[n] * image[at + n];
                    }
                } else {
                    for (int n = 0; n < w.length; n++) {
                        to[at + n] += w[n] * image[i];
                    }
                }
            }
        }
    }

    /** Adds the gradient. */
    void addGradient(Points score) {
        addMultiples(weights, score);
    }

    /** Adds the product with -J^T A^T S^-1 A J, the Hessian with S and J held fixed. */
    void addCurvature(Points direction, Points product) {
        double[][] b = new double[images.size()][direction.size()];
        for (int j = 0; j < b.length; j++) {
            addProducts(images.get(j), direction, b[j]);
        }
        SmallSystems.forward(factors, b);
        SmallSystems.backward(factors, b);
        for (double[] along : b) {
            for (int n = 0; n < along.length; n++) {
                along[n] = -along[n];
            }
        }
        addMultiples(b, product);
    }

    void logLikelihood(double[] out) {
        System.arraycopy(logLikelihood, 0, out, 0, logLikelihood.length);
    }
}
