package org.eigendrift.engine.gibbs;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * A normal law in closed form, to propose and to compare with.
 *
 * @param mean its mean
 * @param root lower triangle L of its covariance L L', row-major
 */
public record NormalLaw(double[] mean, double[] root) implements Proposal {

    /**
     * That of rows.
     *
     * @param x the rows
     * @param wider factor of all deviations
     * @return the normal law of their mean and, divided by their number, covariance
     */
    public static NormalLaw of(Points x, double wider) {
        int dim = x.dim();
        double[] mean = new double[dim];
        double[] covariance = new double[dim * dim];
        for (int i = 0; i < dim; i++) {
            for (int n = 0; n < x.size(); n++) {
                mean[i] += x.get(i, n) / x.size();
            }
        }
        for (int i = 0; i < dim; i++) {
            for (int j = 0; j < dim; j++) {
                for (int n = 0; n < x.size(); n++) {
                    covariance[i * dim + j] +=
                            wider * wider * (x.get(i, n) - mean[i]) * (x.get(j, n) - mean[j]) / x.size();
                }
            }
        }
        LowerTriangle.factor(covariance, dim);
        return new NormalLaw(mean, covariance);
    }

    @Override
    public Points draw(CounterRandom random, int count) {
        int dim = mean.length;
        Points x = Points.zeros(dim, count);
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < dim; i++) {
                double value = mean[i];
                for (int j = 0; j <= i; j++) {
                    value += root[i * dim + j] * random.normal(n, j);
                }
                x.set(i, n, value);
            }
        }
        return x;
    }

    @Override
    public double[] logDensity(Points x) {
        int dim = mean.length;
        double[] nats = new double[x.size()];
        double[] z = new double[dim];
        for (int n = 0; n < nats.length; n++) {
            for (int i = 0; i < dim; i++) {
                double left = x.get(i, n) - mean[i];
                for (int j = 0; j < i; j++) {
                    left -= root[i * dim + j] * z[j];
                }
                z[i] = left / root[i * dim + i];
                nats[n] -= 0.5 * z[i] * z[i] + 0.5 * Math.log(2 * Math.PI) + Math.log(root[i * dim + i]);
            }
        }
        return nats;
    }
}
