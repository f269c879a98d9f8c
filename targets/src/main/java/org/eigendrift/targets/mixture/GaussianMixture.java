package org.eigendrift.targets.mixture;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.KnownLaw;

/**
 * A mixture of Gaussians with diagonal covariances, p(x) = sum_k w_k prod_i N(x_i; m_ki, s_ki^2). Immutable.
 *
 * <p>With responsibilities r_k = softmax_k(log w_k + log N_k(x)) and z_ki = (x_i - m_ki) / s_ki^2:
 *
 * <pre>
 * d log p / dx_i     = -sum_k r_k z_ki
 * d^2 log p / dx_i^2 = sum_k r_k (z_ki - mean z_i)^2 - sum_k r_k / s_ki^2
 * </pre>
 *
 * <p>Exponents are shifted by their largest before they are exponentiated, so points far from every component keep
 * finite log-densities and scores.
 */
public final class GaussianMixture implements KnownLaw {
    private final int dim;
    private final double[] weights;
    private final double[][] means;
    private final double[][] scales;
    private final double[] logNorm;

    /**
     * Creates a mixture.
     *
     * @param weights positive, normalised here; copied
     * @param means one array a component; copied
     * @param scales standard deviations, one array a component, positive; copied
     */
    public GaussianMixture(double[] weights, double[][] means, double[][] scales) {
        double total = Arrays.stream(weights).sum();
        this.dim = means[0].length;
        this.weights = Arrays.stream(weights).map(w -> w / total).toArray();
        this.means = Arrays.stream(means).map(double[]::clone).toArray(double[][]::new);
        this.scales = Arrays.stream(scales).map(double[]::clone).toArray(double[][]::new);
        this.logNorm = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            logNorm[k] = Math.log(this.weights[k]) - 0.5 * dim * Math.log(2 * Math.PI);
            for (double scale : this.scales[k]) {
                logNorm[k] -= Math.log(scale);
            }
        }
    }

    /**
     * The law of alpha X + sigma epsilon, epsilon standard normal: again such a mixture.
     *
     * @param alpha factor of the signal
     * @param sigma standard deviation of the noise
     * @return the mixture with means alpha m and variances alpha^2 s^2 + sigma^2
     */
    GaussianMixture diffused(double alpha, double sigma) {
        double[][] moved = new double[weights.length][dim];
        double[][] widened = new double[weights.length][dim];
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < dim; i++) {
                moved[k][i] = alpha * means[k][i];
                widened[k][i] = Math.hypot(alpha * scales[k][i], sigma);
            }
        }
        return new GaussianMixture(weights, moved, widened);
    }

    /**
     * The number of components.
     *
     * @return at least 1
     */
    int components() {
        return weights.length;
    }

    /** The number of coordinates. */
    int dim() {
        return dim;
    }

    @Override
    public List<Column> columns() {
        return IntStream.rangeClosed(1, dim).mapToObj(i -> Column.real("x" + i)).toList();
    }

    @Override
    public void draw(CounterRandom random, long first, int count, Points out) {
        for (int n = 0; n < count; n++) {
            double u = random.uniform(first + n, 0);
            int k = 0;
            for (double mass = weights[0]; u > mass && k < weights.length - 1; mass += weights[k]) {
                k++;
            }
            for (int i = 0; i < dim; i++) {
                out.set(i, n, means[k][i] + scales[k][i] * random.normal(first + n, i));
            }
        }
    }

    @Override
    public void logDensity(Points x, double[] out) {
        responsibilities(x, new double[components() * x.size()], out);
    }

    /**
     * Responsibilities and log-densities.
     *
     * @param x points; not modified
     * @param shares receives r_k(x_n) at k * size + n; modified
     * @param logDensity receives log p; modified
     */
    void responsibilities(Points x, double[] shares, double[] logDensity) {
        int size = x.size();
        double[] values = x.values();
        Arrays.fill(logDensity, 0, size, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < components(); k++) {
            int at = k * size;
            Arrays.fill(shares, at, at + size, logNorm[k]);
            for (int i = 0; i < dim; i++) {
                double mean = means[k][i];
                double precision = 1 / scales[k][i];
                int from = x.offset(i);
                for (int n = 0; n < size; n++) {
                    double z = precision * (values[from + n] - mean);
                    shares[at + n] -= 0.5 * z * z;
                }
            }
            for (int n = 0; n < size; n++) {
                logDensity[n] = Math.max(logDensity[n], shares[at + n]);
            }
        }
        for (int n = 0; n < size; n++) {
            double largest = logDensity[n];
            double sum = 0;
            for (int j = n; j < components() * size; j += size) {
                shares[j] = Math.exp(shares[j] - largest);
                sum += shares[j];
            }
            for (int j = n; j < components() * size; j += size) {
                shares[j] /= sum;
            }
            logDensity[n] = largest + Math.log(sum);
        }
    }

    /**
     * The score from responsibilities.
     *
     * @param x points; not modified
     * @param shares responsibilities as {@link #responsibilities} left them; not modified
     * @param out receives grad log p; modified
     */
    void score(Points x, double[] shares, Points out) {
        int size = x.size();
        double[] values = x.values();
        double[] score = out.values();
        Arrays.fill(score, 0);
        for (int k = 0; k < components(); k++) {
            for (int i = 0; i < dim && shared(shares, k, size); i++) {
                double mean = means[k][i];
                double precision = 1 / (scales[k][i] * scales[k][i]);
                int from = x.offset(i);
                for (int n = 0; n < size; n++) {
                    score[from + n] -= shares[k * size + n] * precision * (values[from + n] - mean);
                }
            }
        }
    }

    /**
     * The divergence of the score, which is the Laplacian of log p, as a sum of variances and not as a difference of
     * squares.
     *
     * @param x points; not modified
     * @param shares responsibilities; not modified
     * @param score the score; not modified
     * @param out receives the divergence; modified
     */
    void divergence(Points x, double[] shares, Points score, double[] out) {
        int size = x.size();
        double[] values = x.values();
        Arrays.fill(out, 0, size, 0);
        for (int k = 0; k < components(); k++) {
            for (int i = 0; i < dim; i++) {
                double mean = means[k][i];
                double precision = 1 / (scales[k][i] * scales[k][i]);
                int from = x.offset(i);
                for (int n = 0; n < size; n++) {
                    double deviation = precision * (values[from + n] - mean) + score.values()[from + n];
                    out[n] += shares[k * size + n] * (deviation * deviation - precision);
                }
            }
        }
    }

    /**
     * Products of the Hessian of log p with directions: sum_k r_k (u_k . v) u_k - sum_k r_k v / s_k^2, u_k the deviation of
     * component k's score from the mixture's.
     *
     * @param x points; not modified
     * @param shares responsibilities; not modified
     * @param score the score; not modified
     * @param v a direction for each point; not modified
     * @param out receives H v; modified
     */
    void curvature(Points x, double[] shares, Points score, Points v, Points out) {
        int size = x.size();
        double[] product = out.values();
        double[] along = new double[size];
        Arrays.fill(product, 0);
        for (int k = 0; k < components(); k++) {
            if (!shared(shares, k, size)) {
                continue;
            }
            Arrays.fill(along, 0);
            for (int i = 0; i < dim; i++) {
                int from = x.offset(i);
                double mean = means[k][i];
                double precision = 1 / (scales[k][i] * scales[k][i]);
                for (int n = from; n < from + size; n++) {
                    double deviation = (x.values()[n] - mean) * precision + score.values()[n];
                    along[n - from] += deviation * v.values()[n];
                }
            }
            for (int i = 0; i < dim; i++) {
                int from = x.offset(i);
                double mean = means[k][i];
                double precision = 1 / (scales[k][i] * scales[k][i]);
                for (int n = from; n < from + size; n++) {
                    double deviation = (x.values()[n] - mean) * precision + score.values()[n];
                    product[n] +=
                            shares[k * size + n - from] * (along[n - from] * deviation - precision * v.values()[n]);
                }
            }
        }
    }

    /** Whether any point has a share of a component that is not 0: of far components none has. */
    private static boolean shared(double[] shares, int k, int size) {
        for (int n = k * size; n < (k + 1) * size; n++) {
            if (shares[n] != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<Potential> potential() {
        return Optional.of(new Potential() {
            @Override
            public void energy(Points x, double[] out) {
                logDensity(x, out);
                for (int n = 0; n < x.size(); n++) {
                    out[n] = -out[n];
                }
            }

            @Override
            public void gradient(Points x, Points out) {
                double[] shares = new double[components() * x.size()];
                responsibilities(x, shares, new double[x.size()]);
                score(x, shares, out);
                double[] values = out.values();
                for (int n = 0; n < values.length; n++) {
                    values[n] = -values[n];
                }
            }
        });
    }

    @Override
    public Optional<ScoreModel> exact(AffineProcess process) {
        return Optional.of(new MixtureScore(this, process));
    }
}
