package org.eigendrift.engine.model;

import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.EvenPoints;

/**
 * The reversible product diffusion (docs/method.md, 1), every coordinate rescaled to mix at rate 1. The prior is its
 * stationary law, drawn exactly. Immutable, thread-safe.
 */
public class ProductProcess implements DiffusionProcess {
    private final ProductBasis basis;
    private final double horizon;
    private final double earliest;

    private ProductProcess(ProductBasis basis, double horizon, double earliest) {
        this.basis = basis;
        this.horizon = horizon;
        this.earliest = earliest;
    }

    /**
     * Creates the process.
     *
     * @param basis one eigenbasis a coordinate
     * @param horizon T
     * @param earliest t_min, above 0 and below T
     * @return the process; a variance-preserving one if every coordinate is an Ornstein-Uhlenbeck process
     */
    public static ProductProcess of(ProductBasis basis, double horizon, double earliest) {
        if (!(earliest > 0) || !(horizon > earliest) || !Double.isFinite(horizon)) {
            throw new IllegalArgumentException("times from " + earliest + " to " + horizon);
        }
        boolean affine = basis.coordinates().stream().allMatch(c -> c.basis().ornsteinUhlenbeck());
        return affine ? new VariancePreserving(basis, horizon, earliest) : new ProductProcess(basis, horizon, earliest);
    }

    /**
     * The functions whose coordinates the process has.
     *
     * @return the basis
     */
    public ProductBasis basis() {
        return basis;
    }

    @Override
    public int dim() {
        return basis.dim();
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
        return basis.coordinate(coordinate).basis().domain();
    }

    @Override
    public void drift(double t, Points x, Points out) {
        for (int i = 0; i < dim(); i++) {
            CoordinateBasis coordinate = basis.coordinate(i);
            int offset = x.offset(i);
            for (int n = offset; n < offset + x.size(); n++) {
                out.values()[n] = coordinate.timeScale() * coordinate.basis().drift(x.values()[n]);
            }
        }
    }

    @Override
    public void diffusion(double t, Points x, Points out) {
        for (int i = 0; i < dim(); i++) {
            CoordinateBasis coordinate = basis.coordinate(i);
            int offset = x.offset(i);
            for (int n = offset; n < offset + x.size(); n++) {
                out.values()[n] = coordinate.timeScale() * coordinate.basis().diffusion(x.values()[n]);
            }
        }
    }

    @Override
    public void prior(CounterRandom random, long first, Points out) {
        for (int i = 0; i < dim(); i++) {
            for (int n = 0; n < out.size(); n++) {
                out.set(i, n, random.uniform(first + n, i));
            }
        }
        quantiles(out);
    }

    /**
     * Draws from the prior that are spread evenly, so that means over them scatter less than those of independent ones: see
     * {@link EvenPoints}. Each alone is a draw.
     *
     * @param random random numbers
     * @param first number of the batch's first point
     * @param out receives the draws; modified
     */
    public void evenPrior(CounterRandom random, long first, Points out) {
        new EvenPoints(random, dim()).fill(first, out);
        quantiles(out);
    }

    private void quantiles(Points shares) {
        for (int i = 0; i < dim(); i++) {
            Eigenbasis eigenbasis = basis.coordinate(i).basis();
            for (int n = 0; n < shares.size(); n++) {
                shares.set(i, n, eigenbasis.quantile(shares.get(i, n)));
            }
        }
    }

    @Override
    public void logPrior(Points x, double[] out) {
        logReference(x, out);
    }

    @Override
    public void logReference(Points x, double[] out) {
        for (int n = 0; n < x.size(); n++) {
            double sum = 0;
            for (int i = 0; i < dim(); i++) {
                sum += basis.coordinate(i).basis().logDensity(x.get(i, n));
            }
            out[n] = sum;
        }
    }

    @Override
    public Optional<AffineProcess> affine() {
        return Optional.empty();
    }

    /** The hermite family with D = 1 in every coordinate: alpha = exp(-t), sigma^2 = 1 - exp(-2t). */
    private static final class VariancePreserving extends ProductProcess implements AffineProcess {
        VariancePreserving(ProductBasis basis, double horizon, double earliest) {
            super(basis, horizon, earliest);
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
            // exp(-2 lambda) = sigma^2 / alpha^2 = exp(2t) - 1
            return 0.5 * Math.log1p(Math.exp(-2 * lambda));
        }

        @Override
        public Optional<AffineProcess> affine() {
            return Optional.of(this);
        }
    }
}
