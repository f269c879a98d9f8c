package org.eigendrift.contract;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;

/** dX = -X dt + sqrt(2) dW: alpha = exp(-t), sigma^2 = 1 - exp(-2 t), stationary law N(0, I). */
public final class OrnsteinUhlenbeck implements AffineProcess {
    private final int dim;
    private final double earliest;

    /**
     * The process from time 0 on.
     *
     * @param dim coordinates, at least 1
     */
    public OrnsteinUhlenbeck(int dim) {
        this(dim, 0);
    }

    /**
     * The process from a time on, as samplers with grids that are geometric in time need it.
     *
     * @param dim coordinates, at least 1
     * @param earliest where sampling ends, at least 0 and below 5
     */
    public OrnsteinUhlenbeck(int dim, double earliest) {
        this.dim = dim;
        this.earliest = earliest;
    }

    @Override
    public int dim() {
        return dim;
    }

    @Override
    public double horizon() {
        return 5;
    }

    @Override
    public double earliest() {
        return earliest;
    }

    @Override
    public Domain domain(int coordinate) {
        return new Domain.Line();
    }

    @Override
    public void drift(double t, Points x, Points out) {
        for (int j = 0; j < x.values().length; j++) {
            out.values()[j] = -x.values()[j];
        }
    }

    @Override
    public void diffusion(double t, Points x, Points out) {
        Arrays.fill(out.values(), 1);
    }

    @Override
    public void prior(CounterRandom random, long first, Points out) {
        for (int n = 0; n < out.size(); n++) {
            for (int i = 0; i < dim; i++) {
                out.set(i, n, random.normal(first + n, i));
            }
        }
    }

    @Override
    public void logPrior(Points x, double[] out) {
        for (int n = 0; n < x.size(); n++) {
            out[n] = -0.5 * dim * Math.log(2 * Math.PI);
            for (int i = 0; i < dim; i++) {
                out[n] -= 0.5 * x.get(i, n) * x.get(i, n);
            }
        }
    }

    @Override
    public void logReference(Points x, double[] out) {
        Arrays.fill(out, 0, x.size(), 0);
    }

    @Override
    public Optional<AffineProcess> affine() {
        return Optional.of(this);
    }

    @Override
    public double logAlpha(double t) {
        return -t;
    }

    @Override
    public double sigma(double t) {
        return Math.sqrt(-Math.expm1(-2 * t));
    }

    @Override
    public double time(double lambda) {
        // lambda = log(alpha / sigma), so exp(2 t) = 1 + exp(-2 lambda).
        return 0.5 * Math.log1p(Math.exp(-2 * lambda));
    }
}
