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

    private Points score = Points.zeros(1, 0);
    private Points unguided;

    ReverseStep(GuidedScoreModel model, AffineProcess process, TwistedSmc.Options options) {
        this.process = process;
        this.guided = model.evaluator();
        this.base = model.base().evaluator();
        this.transition = options.weights() == TwistedSmc.Weights.TRANSITION;
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
        prepare(x);
        guided.proposal(from, x, score);
        Finite.field("score", score, from);
        if (transition) {
            base.score(from, x, unguided);
        }
        // a, and v = sigma_from^2 - a^2 sigma_to^2 without cancellation.
        double a = Math.exp(process.logAlpha(from) - process.logAlpha(to));
        double sigma = process.sigma(from);
        double v = process.sigma(to) == 0
                ? sigma * sigma
                : -sigma * sigma * Math.expm1(2 * (process.lambda(from) - process.lambda(to)));
        double[] change = new double[x.size()];
        Arrays.fill(change, transition ? 0 : -x.dim() * Math.log(a));
        Points shaped = normal;
        if (covariance != null) {
            shaped = normal.copy();
            covariance.shape(from, v, x, score, shaped, change);
        }
        double root = Math.sqrt(v);
        for (int d = 0; d < x.dim(); d++) {
            for (int n = 0; n < x.size(); n++) {
                int at = x.offset(d) + n;
                double old = x.values()[at];
                double z = normal.values()[at];
                double s = score.values()[at];
                double moved = old / a + v / a * s + root / a * shaped.values()[at];
                double back = transition ? z + root * (s - unguided.values()[at]) : (old - a * moved) / root;
                change[n] += 0.5 * (z * z - back * back);
                x.values()[at] = moved;
            }
        }
        Finite.state(x, i, to);
        return change;
    }

    private void prepare(Points x) {
        if (score.size() != x.size()) {
            score = Points.zeros(x.dim(), x.size());
            unguided = Points.zeros(x.dim(), x.size());
        }
    }
}
