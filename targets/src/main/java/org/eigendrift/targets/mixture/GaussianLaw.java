package org.eigendrift.targets.mixture;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.numeric.JacobiEigen;

/**
 * N(m, C). With C = Q diag(v) Q^T the coordinates of y = Q^T x are independent, so everything is that of a diagonal
 * Gaussian, turned; affine processes add the same noise in every direction and are turned by nothing.
 */
final class GaussianLaw implements KnownLaw {
    private final GaussianMixture turned;
    private final double[][] axes;
    private final int dim;

    /**
     * Decomposes the covariance.
     *
     * @param mean m
     * @param covariance C, symmetric
     * @throws InputException if C is not positive definite
     */
    GaussianLaw(double[] mean, double[][] covariance) {
        this.dim = mean.length;
        JacobiEigen eigen = JacobiEigen.of(covariance);
        double largest = Arrays.stream(eigen.values()).max().orElseThrow();
        double[] scales = new double[dim];
        for (int k = 0; k < dim; k++) {
            // Below this an eigenvalue's sign is rounding.
            if (!(eigen.values()[k] > dim * Math.ulp(1.0) * largest)) {
                throw new InputException("gaussian: the covariance has an eigenvalue of " + eigen.values()[k]
                        + "; expected a positive definite matrix");
            }
            scales[k] = Math.sqrt(eigen.values()[k]);
        }
        this.axes = eigen.vectors();
        double[] centre = new double[dim];
        for (int k = 0; k < dim; k++) {
            for (int i = 0; i < dim; i++) {
                centre[k] += axes[i][k] * mean[i];
            }
        }
        this.turned = new GaussianMixture(new double[] {1}, new double[][] {centre}, new double[][] {scales});
    }

    /** y = Q^T x. */
    private void turn(Points x, Points out) {
        Arrays.fill(out.values(), 0);
        for (int k = 0; k < dim; k++) {
            for (int i = 0; i < dim; i++) {
                add(axes[i][k], x, i, out, k);
            }
        }
    }

    /** x = Q y. */
    private void turnBack(Points y, Points out) {
        Arrays.fill(out.values(), 0);
        for (int i = 0; i < dim; i++) {
            for (int k = 0; k < dim; k++) {
                add(axes[i][k], y, k, out, i);
            }
        }
    }

    private static void add(double factor, Points from, int source, Points to, int goal) {
        int at = from.offset(source);
        int into = to.offset(goal);
        for (int n = 0; n < from.size(); n++) {
            to.values()[into + n] += factor * from.values()[at + n];
        }
    }

    private Points turned(Points x) {
        Points y = Points.zeros(dim, x.size());
        turn(x, y);
        return y;
    }

    @Override
    public List<Column> columns() {
        return turned.columns();
    }

    @Override
    public void draw(CounterRandom random, long first, int count, Points out) {
        Points y = Points.zeros(dim, count);
        turned.draw(random, first, count, y);
        Points x = Points.zeros(dim, count);
        turnBack(y, x);
        out.paste(0, x);
    }

    @Override
    public void logDensity(Points x, double[] out) {
        turned.logDensity(turned(x), out);
    }

    @Override
    public Optional<Potential> potential() {
        Potential inner = turned.potential().orElseThrow();
        return Optional.of(new Potential() {
            @Override
            public void energy(Points x, double[] out) {
                inner.energy(turned(x), out);
            }

            @Override
            public void gradient(Points x, Points out) {
                Points slope = Points.zeros(dim, x.size());
                inner.gradient(turned(x), slope);
                turnBack(slope, out);
            }
        });
    }

    @Override
    public Optional<ScoreModel> exact(AffineProcess process) {
        CurvedScoreModel inner = new MixtureScore(turned, process);
        return Optional.of(new CurvedScoreModel() {
            @Override
            public DiffusionProcess process() {
                return process;
            }

            @Override
            public Evaluator evaluator() {
                return new Turned(inner.evaluator());
            }
        });
    }

    /** The score model of the independent coordinates, turned. */
    private final class Turned implements CurvedScoreModel.Evaluator {
        private final CurvedScoreModel.Evaluator inner;
        private Points y = Points.zeros(dim, 0);
        private Points field = Points.zeros(dim, 0);

        Turned(CurvedScoreModel.Evaluator inner) {
            this.inner = inner;
        }

        private void prepare(Points x) {
            if (y.size() != x.size()) {
                y = Points.zeros(dim, x.size());
                field = Points.zeros(dim, x.size());
            }
            turn(x, y);
        }

        @Override
        public void score(double t, Points x, Points out) {
            prepare(x);
            inner.score(t, y, field);
            turnBack(field, out);
        }

        @Override
        public void velocity(double t, Points x, Points out) {
            prepare(x);
            inner.velocity(t, y, field);
            turnBack(field, out);
        }

        @Override
        public void velocityAndRate(double t, Points x, Points out, double[] rate) {
            prepare(x);
            inner.velocityAndRate(t, y, field, rate);
            turnBack(field, out);
        }

        @Override
        public void curvature(double t, Points x, List<Points> directions, List<Points> out) {
            List<Points> products =
                    out.stream().map(p -> Points.zeros(dim, p.size())).toList();
            // The Hessian is the same everywhere, so that it does not matter where x is.
            inner.curvature(
                    t, x, directions.stream().map(GaussianLaw.this::turned).toList(), products);
            for (int j = 0; j < out.size(); j++) {
                turnBack(products.get(j), out.get(j));
            }
        }

        @Override
        public boolean uniform() {
            return true;
        }

        @Override
        public void logRatio(double t, Points x, double[] out) {
            prepare(x);
            inner.logRatio(t, y, out);
        }
    }
}
