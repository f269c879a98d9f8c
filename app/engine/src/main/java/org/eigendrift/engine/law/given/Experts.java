package org.eigendrift.engine.law.given;

import java.util.Optional;
import org.eigendrift.engine.kernel.LogSum;

/**
 * A mixture of linear regressions whose shares depend on what is given (Jacobs, Jordan, Nowlan, Hinton, Neural Comput. 3, 1991): a given b
 * is normal about W_k (1, b) with covariance L_k L_k', with shares w_k, or with shares proportional to w_k N(b; m_k, G_k G_k'). All in units of
 * the columns' deviations. Immutable, thread-safe.
 */
final class Experts implements Mixture {
    private final int dim;
    private final double[] logWeights;
    private final Optional<Normals> places;
    private final double[][] maps;
    private final Normals noise;

    /**
     * A mixture.
     *
     * @param logWeights logarithms of w_k; shared
     * @param places the laws N(m_k, G_k G_k') of what is given; empty if shares do not depend on it
     * @param maps W_k, row-major, a row for each column of a; shared
     * @param factors L_k, row-major; shared
     */
    Experts(double[] logWeights, Optional<Normals> places, double[][] maps, double[][] factors) {
        this.logWeights = logWeights;
        this.places = places;
        this.maps = maps;
        this.noise = new Normals(null, factors);
        this.dim = noise.dim();
    }

    @Override
    public int size() {
        return maps.length;
    }

    double[] logWeights() {
        return logWeights;
    }

    Optional<Normals> places() {
        return places;
    }

    double[][] maps() {
        return maps;
    }

    double[][] factors() {
        return noise.factors();
    }

    @Override
    public Gaussians at(double[] b) {
        double[][] means = new double[size()][];
        for (int k = 0; k < means.length; k++) {
            means[k] = mean(k, b);
        }
        return new Gaussians(logShares(b), means, factors());
    }

    private double[] mean(int k, double[] b) {
        double[] mean = new double[dim];
        for (int i = 0; i < dim; i++) {
            mean[i] = mean(k, i, b);
        }
        return mean;
    }

    private double mean(int k, int i, double[] b) {
        int at = i * (b.length + 1);
        double sum = maps[k][at];
        for (int j = 0; j < b.length; j++) {
            sum += maps[k][at + 1 + j] * b[j];
        }
        return sum;
    }

    private double[] logShares(double[] b) {
        double[] logs = logWeights.clone();
        places.ifPresent(laws -> {
            for (int k = 0; k < logs.length; k++) {
                logs[k] += laws.logDensity(k, b, new double[b.length]);
            }
        });
        double sum = LogSum.of(logs);
        for (int k = 0; k < logs.length; k++) {
            logs[k] -= sum;
        }
        return logs;
    }

    /** Of a and each regression together, given b. */
    double[] logJoint(double[] a, double[] b) {
        double[] logs = logShares(b);
        double[] left = new double[dim];
        for (int k = 0; k < logs.length; k++) {
            for (int i = 0; i < dim; i++) {
                left[i] = a[i] - mean(k, i, b);
            }
            logs[k] += noise.ofDifference(k, left);
        }
        return logs;
    }

    @Override
    public double logDensity(double[] a, double[] b) {
        return LogSum.of(logJoint(a, b));
    }
}
