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
    /**
     * The logarithm of a share r that counts as none: what it adds to scores and Hessians, of the orders r log^1/2 1 / r and r log 1 / r,
     * is far below rounding, and numbers so small that processors are slow with them do not come up.
     */
    private static final double NEGLIGIBLE = -100;

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
                double exponent = shares[j] - largest;
                shares[j] = exponent < NEGLIGIBLE ? 0 : Math.exp(exponent);
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
            boolean shared = shared(shares, k, size);
            for (int i = 0; i < dim && shared; i++) {
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
     * Products of a single Gaussian's Hessian, which is the same everywhere, with directions.
     *
     * @param directions a direction for each point; not modified
     * @param out receives -v / s^2; modified
     */
    void flatten(List<Points> directions, List<Points> out) {
        for (int j = 0; j < out.size(); j++) {
            double[] v = directions.get(j).values();
            for (int i = 0; i < dim; i++) {
                double precision = 1 / (scales[0][i] * scales[0][i]);
                int from = out.get(j).offset(i);
                for (int n = from; n < from + out.get(j).size(); n++) {
                    out.get(j).values()[n] = -precision * v[n];
                }
            }
        }
    }

    /**
     * Products of the Hessian of log p with directions: sum_k r_k (u_k . v) u_k - sum_k r_k v / s_k^2, u_k the deviation of
     * component k's score from the mixture's, in one pass over the components, each at the points that share it.
     *
     * @param x points; not modified
     * @param shares responsibilities; not modified
     * @param score the score; not modified
     * @param directions a direction for each point; not modified
     * @param out receives H v; modified
     */
    void curvature(Points x, double[] shares, Points score, List<Points> directions, List<Points> out) {
        int size = x.size();
        out.forEach(p -> Arrays.fill(p.values(), 0));
        for (int k = 0; k < components(); k++) {
            int[] some = sharing(shares, k, size);
            double[] share = Arrays.copyOfRange(shares, k * size, (k + 1) * size);
            if (4 * some.length > size) {
                curvature(k, x, share, score, directions, out);
            } else if (some.length > 0) {
                List<Points> sums = out.stream().map(p -> p.select(some)).toList();
                curvature(
                        k,
                        x.select(some),
                        Points.wrap(1, size, share).select(some).values(),
                        score.select(some),
                        directions.stream().map(v -> v.select(some)).toList(),
                        sums);
                for (int j = 0; j < sums.size(); j++) {
                    scatter(sums.get(j), some, out.get(j));
                }
            }
        }
    }

    /** Adds what one component contributes. */
    private void curvature(int k, Points x, double[] share, Points score, List<Points> directions, List<Points> out) {
        int size = x.size();
        double[] deviation = new double[dim * size];
        double[] precision = new double[dim];
        for (int i = 0; i < dim; i++) {
            double mean = means[k][i];
            double p = 1 / (scales[k][i] * scales[k][i]);
            precision[i] = p;
            for (int n = i * size; n < (i + 1) * size; n++) {
                deviation[n] = (x.values()[n] - mean) * p + score.values()[n];
            }
        }
        double[] along = new double[size];
        for (int j = 0; j < out.size(); j++) {
            double[] v = directions.get(j).values();
            double[] product = out.get(j).values();
            Arrays.fill(along, 0);
            for (int i = 0; i < dim; i++) {
                int from = i * size;
                for (int n = 0; n < size; n++) {
                    along[n] += deviation[from + n] * v[from + n];
                }
            }
            for (int i = 0; i < dim; i++) {
                int from = i * size;
                double p = precision[i];
                for (int n = 0; n < size; n++) {
                    product[from + n] += share[n] * (along[n] * deviation[from + n] - p * v[from + n]);
                }
            }
        }
    }

    private static void scatter(Points from, int[] points, Points to) {
        for (int i = 0; i < to.dim(); i++) {
            for (int n = 0; n < points.length; n++) {
                to.set(i, points[n], from.get(i, n));
            }
        }
    }

    /** The points of which a component has a share. */
    private static int[] sharing(double[] shares, int k, int size) {
        int[] some = new int[size];
        int count = 0;
        for (int n = 0; n < size; n++) {
            if (shares[k * size + n] != 0) {
                some[count++] = n;
            }
        }
        return Arrays.copyOf(some, count);
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
