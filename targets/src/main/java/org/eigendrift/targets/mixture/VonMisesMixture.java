package org.eigendrift.targets.mixture;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.numeric.Bessel;

/**
 * p(x) = sum_k w_k prod_i exp(kappa_ki cos(x_i - mu_ki)) / (2 pi I0(kappa_ki)) on [0, 2 pi)^d.
 *
 * <p>Draws: Best and Fisher, "Efficient simulation of the von Mises distribution", Applied Statistics 28 (1979), rejection
 * from a wrapped Cauchy law.
 */
final class VonMisesMixture implements KnownLaw {
    private static final double TURN = 2 * Math.PI;
    private static final Domain CIRCLE = new Domain.Circle(TURN);

    private final int dim;
    private final double[] weights;
    private final double[][] means;
    private final double[][] concentrations;
    private final double[] logNorm;

    VonMisesMixture(double[] weights, double[][] means, double[][] concentrations) {
        double total = Arrays.stream(weights).sum();
        this.dim = means[0].length;
        this.weights = Arrays.stream(weights).map(w -> w / total).toArray();
        this.means = means;
        this.concentrations = concentrations;
        this.logNorm = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            logNorm[k] = Math.log(this.weights[k]);
            for (double kappa : concentrations[k]) {
                logNorm[k] -= Math.log(TURN * Bessel.i0Scaled(kappa));
            }
        }
    }

    @Override
    public List<Column> columns() {
        return IntStream.rangeClosed(1, dim)
                .mapToObj(i -> Column.angle("x" + i, 0, TURN))
                .toList();
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
                double angle = angle(random, first + n, i + 1, concentrations[k][i]);
                out.set(i, n, CIRCLE.confine(means[k][i] + angle));
            }
        }
    }

    /**
     * An angle from the von Mises law with mean 0.
     *
     * @param place number of the draw within the row; trial j uses the indices from 4 (place + 2^32 j) on
     */
    private static double angle(CounterRandom random, long row, long place, double kappa) {
        double r = envelope(kappa);
        for (long trial = 0; ; trial++) {
            long index = 4 * (place + (trial << 32));
            double z = Math.cos(Math.PI * random.uniform(row, index));
            double f = (1 + r * z) / (r + z);
            double c = kappa * (r - f);
            double u = random.uniform(row, index + 1);
            if (c * (2 - c) > u || Math.log(c / u) + 1 - c >= 0) {
                double angle = Math.acos(Math.max(-1, Math.min(1, f)));
                return random.uniform(row, index + 2) < 0.5 ? -angle : angle;
            }
        }
    }

    /** Best and Fisher's r = (1 + rho^2) / (2 rho), by its series 1 / kappa + kappa where the formula cancels. */
    private static double envelope(double kappa) {
        if (kappa < 1e-5) {
            return 1 / Math.max(kappa, 1e-300) + kappa;
        }
        double tau = 1 + Math.sqrt(1 + 4 * kappa * kappa);
        double rho = (tau - Math.sqrt(2 * tau)) / (2 * kappa);
        return (1 + rho * rho) / (2 * rho);
    }

    @Override
    public void logDensity(Points x, double[] out) {
        shares(x, new double[weights.length * x.size()], out);
    }

    /** Responsibilities r_k(x_n) at k * size + n, and log-densities. */
    private void shares(Points x, double[] shares, double[] logDensity) {
        int size = x.size();
        Arrays.fill(logDensity, 0, size, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < weights.length; k++) {
            int at = k * size;
            Arrays.fill(shares, at, at + size, logNorm[k]);
            for (int i = 0; i < dim; i++) {
                for (int n = 0; n < size; n++) {
                    // kappa (cos(d) - 1) without cancellation; the scaled Bessel function carries exp(-kappa).
                    double s = Math.sin(0.5 * (x.get(i, n) - means[k][i]));
                    shares[at + n] -= 2 * concentrations[k][i] * s * s;
                }
            }
            for (int n = 0; n < size; n++) {
                logDensity[n] = Math.max(logDensity[n], shares[at + n]);
            }
        }
        for (int n = 0; n < size; n++) {
            double largest = logDensity[n];
            double sum = 0;
            for (int j = n; j < shares.length; j += size) {
                shares[j] = Math.exp(shares[j] - largest);
                sum += shares[j];
            }
            for (int j = n; j < shares.length; j += size) {
                shares[j] /= sum;
            }
            logDensity[n] = largest + Math.log(sum);
        }
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
                int size = x.size();
                double[] shares = new double[weights.length * size];
                shares(x, shares, new double[size]);
                for (int i = 0; i < dim; i++) {
                    for (int n = 0; n < size; n++) {
                        double slope = 0;
                        for (int k = 0; k < weights.length; k++) {
                            double sine = Math.sin(x.get(i, n) - means[k][i]);
                            slope += shares[k * size + n] * concentrations[k][i] * sine;
                        }
                        out.set(i, n, slope);
                    }
                }
            }
        });
    }
}
