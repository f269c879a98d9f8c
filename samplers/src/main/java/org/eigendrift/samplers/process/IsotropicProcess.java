package org.eigendrift.samplers.process;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;

/** What affine processes with one (alpha, sigma) for all coordinates have in common. */
abstract class IsotropicProcess implements AffineProcess {
    private static final Domain LINE = new Domain.Line();

    private final int dim;
    private final double horizon;
    private final double earliest;

    IsotropicProcess(int dim, double horizon, double earliest) {
        if (!(earliest < horizon)) {
            throw new InputException(
                    "the earliest time " + earliest + " must lie below the horizon " + horizon + " of the process");
        }
        this.dim = dim;
        this.horizon = horizon;
        this.earliest = earliest;
    }

    /** d log alpha / dt. */
    abstract double logAlphaRate(double t);

    /** Half the squared noise, sigma^2 d log(sigma / alpha) / dt. */
    abstract double halfSquaredNoise(double t);

    /** The prior's standard deviation. */
    abstract double priorScale();

    @Override
    public int dim() {
        return dim;
    }

    @Override
    public double horizon() {
        return horizon;
    }

    @Override
    public double earliest() {
        return earliest;
    }

    @Override
    public Domain domain(int coordinate) {
        return LINE;
    }

    @Override
    public void drift(double t, Points x, Points out) {
        double rate = logAlphaRate(t);
        double[] in = x.values();
        double[] to = out.values();
        for (int k = 0; k < in.length; k++) {
            to[k] = rate * in[k];
        }
    }

    @Override
    public void diffusion(double t, Points x, Points out) {
        Arrays.fill(out.values(), halfSquaredNoise(t));
    }

    @Override
    public void prior(CounterRandom random, long first, Points out) {
        double scale = priorScale();
        double[] values = out.values();
        for (int i = 0; i < out.dim(); i++) {
            for (int n = 0; n < out.size(); n++) {
                values[out.offset(i) + n] = scale * random.normal(first + n, i);
            }
        }
    }

    @Override
    public void logPrior(Points x, double[] out) {
        double scale = priorScale();
        Arrays.fill(out, 0, x.size(), -x.dim() * (Math.log(scale) + 0.5 * Math.log(2 * Math.PI)));
        double[] values = x.values();
        for (int i = 0; i < x.dim(); i++) {
            int offset = x.offset(i);
            for (int n = 0; n < x.size(); n++) {
                double z = values[offset + n] / scale;
                out[n] -= 0.5 * z * z;
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

    /** log alpha of a variance-preserving process at a value of lambda: -log(1 + exp(-2 lambda)) / 2, stably. */
    static double preservingLogAlpha(double lambda) {
        return lambda > 0 ? -0.5 * Math.log1p(Math.exp(-2 * lambda)) : lambda - 0.5 * Math.log1p(Math.exp(2 * lambda));
    }

    /** sigma of a variance-preserving process, without cancellation near alpha = 1. */
    static double preservingSigma(double logAlpha) {
        return Math.sqrt(-Math.expm1(2 * logAlpha));
    }
}
