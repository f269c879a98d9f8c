package org.eigendrift.contract;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;

/**
 * The exact model of a mixture of Gaussians of any covariance under an affine process, by Gauss-Jordan inverses: slow and plain, beside
 * which samplers and guidance are tested. Immutable, thread-safe.
 *
 * @param affine the process
 * @param weights weights of the components, which sum to 1; shared, not modified
 * @param means a mean for each component; shared, not modified
 * @param covariances a positive definite matrix for each component; shared, not modified
 */
public record ExactMixture(AffineProcess affine, double[] weights, double[][] means, double[][][] covariances)
        implements CurvedScoreModel {

    /**
     * A mixture of round components.
     *
     * @param process the process
     * @param weights weights of the components, which sum to 1
     * @param means a mean for each component
     * @param scales a standard deviation for each component, the same in all directions
     */
    public ExactMixture(AffineProcess process, double[] weights, double[][] means, double[] scales) {
        this(process, weights, means, round(process.dim(), scales));
    }

    /**
     * A Gaussian of independent, equal coordinates.
     *
     * @param process the process
     * @param mean mean of every coordinate
     * @param scale its standard deviation
     * @return the model
     */
    public static ExactMixture gaussian(AffineProcess process, double mean, double scale) {
        double[] centre = new double[process.dim()];
        Arrays.fill(centre, mean);
        return new ExactMixture(process, new double[] {1}, new double[][] {centre}, new double[] {scale});
    }

    private static double[][][] round(int dim, double[] scales) {
        return Arrays.stream(scales)
                .mapToObj(s -> IntStream.range(0, dim)
                        .mapToObj(i -> IntStream.range(0, dim)
                                .mapToDouble(j -> i == j ? s * s : 0)
                                .toArray())
                        .toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    @Override
    public DiffusionProcess process() {
        return affine;
    }

    /** One component at a time: precision, mean, log of its factor. */
    private record Component(double[][] precision, double[] mean, double logFactor) {}

    private Component[] at(double t) {
        Component[] out = new Component[weights.length];
        double alpha = affine.alpha(t);
        double sigma = affine.sigma(t);
        int d = affine.dim();
        for (int k = 0; k < out.length; k++) {
            double[][] c = new double[d][d];
            double[] m = new double[d];
            for (int i = 0; i < d; i++) {
                m[i] = alpha * means[k][i];
                for (int j = 0; j < d; j++) {
                    c[i][j] = alpha * alpha * covariances[k][i][j] + (i == j ? sigma * sigma : 0);
                }
            }
            double[][] inverse = new double[d][d];
            double logDeterminant = invert(c, inverse);
            out[k] = new Component(
                    inverse, m, Math.log(weights[k]) - 0.5 * d * Math.log(2 * Math.PI) - 0.5 * logDeterminant);
        }
        return out;
    }

    /**
     * Inverts a positive definite matrix by Gauss-Jordan elimination.
     *
     * @param a the matrix; destroyed
     * @param inverse zeros; receives the inverse; modified
     * @return log of the determinant
     */
    public static double invert(double[][] a, double[][] inverse) {
        int d = a.length;
        double logDeterminant = 0;
        for (int i = 0; i < d; i++) {
            inverse[i][i] = 1;
        }
        for (int p = 0; p < d; p++) {
            double pivot = a[p][p];
            logDeterminant += Math.log(pivot);
            for (int j = 0; j < d; j++) {
                a[p][j] /= pivot;
                inverse[p][j] /= pivot;
            }
            for (int i = 0; i < d; i++) {
                double factor = a[i][p];
                for (int j = 0; j < d && i != p; j++) {
                    a[i][j] -= factor * a[p][j];
                    inverse[i][j] -= factor * inverse[p][j];
                }
            }
        }
        return logDeterminant;
    }

    @Override
    public Evaluator evaluator() {
        return new Evaluator() {
            private double time = Double.NaN;
            private Component[] parts;

            private Component[] parts(double t) {
                if (t != time) {
                    parts = at(t);
                    time = t;
                }
                return parts;
            }

            /** log p, score and Hessian times v of one point. */
            private double point(Component[] parts, double[] x, double[] score, double[] v, double[] product) {
                int d = x.length;
                double[][] slopes = new double[parts.length][d];
                double[] logs = new double[parts.length];
                for (int k = 0; k < parts.length; k++) {
                    double square = 0;
                    for (int i = 0; i < d; i++) {
                        for (int j = 0; j < d; j++) {
                            slopes[k][i] -= parts[k].precision()[i][j] * (x[j] - parts[k].mean()[j]);
                        }
                        square -= slopes[k][i] * (x[i] - parts[k].mean()[i]);
                    }
                    logs[k] = parts[k].logFactor() - 0.5 * square;
                }
                double top = Arrays.stream(logs).max().orElseThrow();
                double log = top
                        + Math.log(
                                Arrays.stream(logs).map(l -> Math.exp(l - top)).sum());
                for (int k = 0; k < parts.length; k++) {
                    for (int i = 0; i < d; i++) {
                        score[i] += Math.exp(logs[k] - log) * slopes[k][i];
                    }
                }
                for (int k = 0; k < parts.length && v != null; k++) {
                    double share = Math.exp(logs[k] - log);
                    double along = 0;
                    for (int i = 0; i < d; i++) {
                        along += (slopes[k][i] - score[i]) * v[i];
                    }
                    for (int i = 0; i < d; i++) {
                        product[i] += share * along * (slopes[k][i] - score[i]);
                        for (int j = 0; j < d; j++) {
                            product[i] -= share * parts[k].precision()[i][j] * v[j];
                        }
                    }
                }
                return log;
            }

            /** The trace of the Hessian, sum_k share_k (|slope_k|^2 - tr precision_k) - |score|^2. */
            private double trace(Component[] parts, double[] x, double[] score) {
                double trace = 0;
                double log = point(parts, x, new double[x.length], null, null);
                for (Component part : parts) {
                    double square = 0;
                    double length = 0;
                    double precisions = 0;
                    for (int i = 0; i < x.length; i++) {
                        double slope = 0;
                        for (int j = 0; j < x.length; j++) {
                            slope -= part.precision()[i][j] * (x[j] - part.mean()[j]);
                        }
                        square -= slope * (x[i] - part.mean()[i]);
                        length += slope * slope;
                        precisions += part.precision()[i][i];
                    }
                    trace += Math.exp(part.logFactor() - 0.5 * square - log) * (length - precisions);
                }
                for (double s : score) {
                    trace -= s * s;
                }
                return trace;
            }

            @Override
            public void score(double t, Points x, Points out) {
                Component[] now = parts(t);
                for (int n = 0; n < x.size(); n++) {
                    double[] score = new double[x.dim()];
                    point(now, x.row(n), score, null, null);
                    put(score, out, n);
                }
            }

            private void put(double[] row, Points out, int n) {
                for (int i = 0; i < row.length; i++) {
                    out.set(i, n, row[i]);
                }
            }

            @Override
            public void curvature(double t, Points x, List<Points> directions, List<Points> out) {
                Component[] now = parts(t);
                for (int j = 0; j < directions.size(); j++) {
                    for (int n = 0; n < x.size(); n++) {
                        double[] product = new double[x.dim()];
                        point(
                                now,
                                x.row(n),
                                new double[x.dim()],
                                directions.get(j).row(n),
                                product);
                        put(product, out.get(j), n);
                    }
                }
            }

            @Override
            public void velocity(double t, Points x, Points out) {
                Points drift = Points.zeros(x.dim(), x.size());
                Points half = Points.zeros(x.dim(), x.size());
                affine.drift(t, x, drift);
                affine.diffusion(t, x, half);
                score(t, x, out);
                for (int k = 0; k < out.values().length; k++) {
                    out.values()[k] = -drift.values()[k] + half.values()[k] * out.values()[k];
                }
            }

            @Override
            public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                velocity(t, x, out);
                // d/dt log p_t(x_t) = div v = -d c + A tr H, with drift c x.
                Points ones = Points.zeros(x.dim(), 1);
                Arrays.fill(ones.values(), 1);
                Points drift = Points.zeros(x.dim(), 1);
                Points half = Points.zeros(x.dim(), 1);
                affine.drift(t, ones, drift);
                affine.diffusion(t, ones, half);
                Arrays.fill(rate, 0, x.size(), -x.dim() * drift.get(0, 0));
                Component[] now = parts(t);
                for (int n = 0; n < x.size(); n++) {
                    double[] score = new double[x.dim()];
                    point(now, x.row(n), score, null, null);
                    rate[n] += half.get(0, 0) * trace(now, x.row(n), score);
                }
            }

            @Override
            public void logRatio(double t, Points x, double[] out) {
                Component[] now = parts(t);
                for (int n = 0; n < x.size(); n++) {
                    out[n] = point(now, x.row(n), new double[x.dim()], null, null);
                }
            }
        };
    }
}
