package org.eigendrift.targets.mixture;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;

/**
 * The exact score model of a Gaussian mixture under an affine process: p_t is the mixture with means alpha m_k and
 * variances alpha^2 s_k^2 + sigma^2, so the reference is 1 and log f_t = log p_t.
 *
 * <p>With forward drift mu = c(t) x and half the squared noise A(t): velocity v = -mu + A score, and along the flow
 * d/dt log p_t(x_t) = div v = -d c + A div score.
 */
final class MixtureScore implements CurvedScoreModel {
    private final GaussianMixture mixture;
    private final AffineProcess process;

    MixtureScore(GaussianMixture mixture, AffineProcess process) {
        if (process.dim() != mixture.dim()) {
            throw new IllegalArgumentException(
                    "a process of " + process.dim() + " coordinates for a mixture of " + mixture.dim());
        }
        this.mixture = mixture;
        this.process = process;
    }

    @Override
    public DiffusionProcess process() {
        return process;
    }

    @Override
    public Evaluator evaluator() {
        return new AtTime();
    }

    /** Evaluates the mixture of the time last asked for. */
    private final class AtTime implements Evaluator {
        private double time = Double.NaN;
        private GaussianMixture diffused;
        private double[] shares = new double[0];
        private double[] logDensity = new double[0];
        /** What x held when shares and score were computed: products with the Hessian are asked for one after the other. */
        private double[] seen = {};

        private double seenTime = Double.NaN;

        private Points score;
        private Points field;

        private void setTime(double t) {
            if (t != time) {
                diffused = mixture.diffused(process.alpha(t), process.sigma(t));
                time = t;
            }
        }

        private void prepare(double t, Points x) {
            if (t == seenTime && Arrays.equals(seen, x.values())) {
                return;
            }
            setTime(t);
            if (score == null || score.size() != x.size()) {
                shares = new double[mixture.components() * x.size()];
                logDensity = new double[x.size()];
                score = Points.zeros(x.dim(), x.size());
                field = Points.zeros(x.dim(), x.size());
            }
            diffused.responsibilities(x, shares, logDensity);
            diffused.score(x, shares, score);
            if (seen.length != x.values().length) {
                seen = new double[x.values().length];
            }
            System.arraycopy(x.values(), 0, seen, 0, seen.length);
            seenTime = t;
        }

        @Override
        public void score(double t, Points x, Points out) {
            prepare(t, x);
            out.copyFrom(score);
        }

        @Override
        public void velocity(double t, Points x, Points out) {
            prepare(t, x);
            combine(t, x, out);
        }

        /** v = -mu + A score. */
        private void combine(double t, Points x, Points out) {
            process.drift(t, x, field);
            double[] velocity = out.values();
            double[] drift = field.values();
            for (int j = 0; j < velocity.length; j++) {
                velocity[j] = -drift[j];
            }
            process.diffusion(t, x, field);
            double[] diffusion = field.values();
            for (int j = 0; j < velocity.length; j++) {
                velocity[j] += diffusion[j] * score.values()[j];
            }
        }

        @Override
        public void velocityAndRate(double t, Points x, Points out, double[] rate) {
            velocity(t, x, out);
            diffused.divergence(x, shares, score, rate);
            // A is the same everywhere and c is the drift at x = 1, as the process is affine.
            Points one = Points.ofRows(new double[x.dim()]);
            Points value = Points.zeros(x.dim(), 1);
            Arrays.fill(one.values(), 1);
            process.drift(t, one, value);
            double contraction = 0;
            for (double c : value.values()) {
                contraction += c;
            }
            process.diffusion(t, one, value);
            double diffusion = value.values()[0];
            for (int n = 0; n < x.size(); n++) {
                rate[n] = diffusion * rate[n] - contraction;
            }
        }

        @Override
        public void curvature(double t, Points x, List<Points> directions, List<Points> out) {
            if (uniform()) {
                setTime(t);
                diffused.flatten(directions, out);
            } else {
                prepare(t, x);
                diffused.curvature(x, shares, score, directions, out);
            }
        }

        @Override
        public boolean uniform() {
            return mixture.components() == 1;
        }

        @Override
        public void logRatio(double t, Points x, double[] out) {
            prepare(t, x);
            System.arraycopy(logDensity, 0, out, 0, x.size());
        }
    }
}
