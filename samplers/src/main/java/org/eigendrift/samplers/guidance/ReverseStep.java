package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;

/**
 * A step from t to u of a batch of particles by K(x' | x) = N(x / a + (v / a) s, (v / a^2) (I + v H)): mean and covariance of x_u given
 * x_t where data given x_t has the mean and covariance that score and Hessian say. Belongs to one thread.
 */
final class ReverseStep {
    private final AffineProcess process;
    private final GuidedScoreModel.Evaluator guided;
    private final ScoreModel.Evaluator base;
    private final boolean transition;
    /** Null if steps are the same in all directions. */
    private final StepCovariance covariance;

    /** What a step may cost, nats. */
    private final double trust;

    private Points score = Points.zeros(1, 0);
    private Points unguided;
    private Points twisted;

    /** Variance of the steps' noise over that of the process. */
    private final double noise;

    /** Of the step that was prepared last: alpha_t / alpha_u, noise (sigma_t^2 - a^2 sigma_u^2) and its root. */
    private double a;

    private double v;
    private double root;

    ReverseStep(GuidedScoreModel model, AffineProcess process, TwistedSmc.Options options) {
        this.process = process;
        this.guided = model.evaluator();
        this.base = model.base().evaluator();
        this.transition = options.weights() == TwistedSmc.Weights.TRANSITION;
        this.noise = transition ? 1 : guided.noise();
        this.trust = transition ? Double.POSITIVE_INFINITY : options.trust() / options.steps();
        this.covariance = transition || options.directions() == 0
                ? null
                : new StepCovariance(guided, process.dim(), options.directions());
    }

    GuidedScoreModel.Evaluator guided() {
        return guided;
    }

    /** log p of the unguided model, up to a function of t; 0 where steps are weighed by the unguided ones. */
    double[] logDensity(double t, Points x) {
        double[] out = new double[x.size()];
        if (!transition) {
            double[] reference = new double[out.length];
            base.logRatio(t, x, out);
            process.logReference(x, reference);
            for (int n = 0; n < out.length; n++) {
                out[n] += reference[n];
            }
        }
        return out;
    }

    double[] logTwist(double t, Points x) {
        double[] out = new double[x.size()];
        guided.logTwist(t, x, out);
        return out;
    }

    /**
     * Moves a batch.
     *
     * @param i number of the step
     * @param from t
     * @param to u
     * @param x particles at t; receives them at u; modified
     * @param normal standard normal numbers of the same shape; not modified
     * @return for each particle log of F(x | x') / K(x' | x), or P(x' | x) / K(x' | x)
     */
    double[] move(int i, double from, double to, Points x, Points normal) {
        at(from, to, x);
        double[] change = draw(x, normal);
        Finite.state(x, i, to);
        return change;
    }

    /**
     * Forgets part of where particles stand: forward to t, and back by a step K. Accepted with the ratio of {@code change} and the density
     * that particles follow at u, that density stays theirs.
     *
     * @param i number of the step
     * @param from t
     * @param to u, earlier
     * @param x particles at u; receives where they came to; modified
     * @param up standard normal numbers of the way forward; not modified
     * @param down those of the way back; not modified
     * @return for each particle log of K(x | y) F(y | x') / (F(y | x) K(x' | y)), y the point at t
     */
    double[] jump(int i, double from, double to, Points x, Points up, Points down) {
        between(from, to);
        Points y = x.copy();
        for (int k = 0; k < y.values().length; k++) {
            y.values()[k] = a * x.values()[k] + root * up.values()[k];
        }
        at(from, to, y);
        double[] before = known(y, x);
        double[] change = draw(y, down);
        for (int n = 0; n < change.length; n++) {
            change[n] -= before[n];
        }
        x.copyFrom(y);
        Finite.state(x, i, to);
        return change;
    }

    private void between(double from, double to) {
        // a, and v = sigma_from^2 - a^2 sigma_to^2 without cancellation.
        a = Math.exp(process.logAlpha(from) - process.logAlpha(to));
        double sigma = process.sigma(from);
        v = process.sigma(to) == 0
                ? sigma * sigma
                : -sigma * sigma * Math.expm1(2 * (process.lambda(from) - process.lambda(to)));
        v *= noise;
        root = Math.sqrt(v);
    }

    /** Score and covariance of the step from points. */
    private void at(double from, double to, Points x) {
        between(from, to);
        if (score.size() != x.size()) {
            score = Points.zeros(x.dim(), x.size());
            unguided = Points.zeros(x.dim(), x.size());
            twisted = Points.zeros(x.dim(), x.size());
        }
        guided.score(from, x, score);
        Finite.field("score", score, from);
        if (transition) {
            base.score(from, x, unguided);
        }
        if (!transition) {
            guided.twistedScore(from, x, twisted);
        }
        if (covariance != null) {
            covariance.at(from, v, x, twisted);
        }
        if (!transition) {
            rein();
        }
    }

    /**
     * A step by another score than that of the law which particles follow costs (v / 2) D' (I + v H)^-1 D nats, the divergence of the
     * two steps, D the difference: it is shortened to what a step may cost.
     */
    private void rein() {
        if (Arrays.equals(score.values(), twisted.values())) {
            return;
        }
        Points away = score.copy();
        for (int k = 0; k < away.values().length; k++) {
            away.values()[k] = root * (score.values()[k] - twisted.values()[k]);
        }
        if (covariance != null) {
            covariance.shape(away, true, new double[away.size()]);
        }
        for (int n = 0; n < away.size(); n++) {
            double cost = 0;
            for (int d = 0; d < away.dim(); d++) {
                cost += 0.5 * away.get(d, n) * away.get(d, n);
            }
            double kept = cost > trust ? Math.sqrt(trust / cost) : 1;
            for (int d = 0; d < away.dim() && kept < 1; d++) {
                double to = twisted.get(d, n);
                score.set(d, n, to + kept * (score.get(d, n) - to));
            }
        }
    }

    /** Draws x' from K(. | x) in place; log of F(x | x') / K(x' | x), or of P(x' | x) / K(x' | x). */
    private double[] draw(Points x, Points normal) {
        double[] change = new double[x.size()];
        Points shaped = normal.copy();
        if (covariance != null) {
            covariance.shape(shaped, false, change);
        }
        Points moved = x.copy();
        for (int k = 0; k < moved.values().length; k++) {
            moved.values()[k] = x.values()[k] / a + v / a * score.values()[k] + root / a * shaped.values()[k];
        }
        ratio(x, moved, normal, change);
        x.copyFrom(moved);
        return change;
    }

    /** The same of an x' that is known. */
    private double[] known(Points x, Points moved) {
        double[] change = new double[x.size()];
        Points normal = moved.copy();
        for (int k = 0; k < normal.values().length; k++) {
            normal.values()[k] = (a * moved.values()[k] - x.values()[k] - v * score.values()[k]) / root;
        }
        if (covariance != null) {
            covariance.shape(normal, true, change);
        }
        ratio(x, moved, normal, change);
        return change;
    }

    /** Adds log of F(x | x') / K(x' | x) without the determinant of K's covariance. */
    private void ratio(Points x, Points moved, Points normal, double[] change) {
        for (int n = 0; n < x.size() && !transition; n++) {
            change[n] -= x.dim() * Math.log(a);
        }
        for (int d = 0; d < x.dim(); d++) {
            for (int n = 0; n < x.size(); n++) {
                int at = x.offset(d) + n;
                double z = normal.values()[at];
                double back = transition
                        ? z + root * (score.values()[at] - unguided.values()[at])
                        : (x.values()[at] - a * moved.values()[at]) / root;
                change[n] += 0.5 * (z * z - back * back);
            }
        }
    }
}
