package org.eigendrift.engine.check;

import java.util.Locale;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * Whether what guides a model is a model itself, looked up at draws of the prior: scores are finite, the velocity is that of the
 * score, and the twist is what the log-density has more than that of the innermost model, up to a constant.
 */
public final class GuidanceCheck {
    private static final int SIZE = 3;

    /** Of the sizes of what is compared: both are the same formula, in other orders of sums. */
    private static final double SAME = 1e-6;

    private final Guidance guidance;
    private final GuidedScoreModel guided;
    private final Points x;

    private GuidanceCheck(Guidance guidance, GuidedScoreModel guided) {
        this.guidance = guidance;
        this.guided = guided;
        this.x = Points.zeros(guided.process().dim(), SIZE);
        guided.process().prior(new CounterRandom(19), 0, x);
    }

    /**
     * Guides a model.
     *
     * @param guidance what guides
     * @param model the model, which is not refused
     * @return the guided model
     * @throws PluginException if it is none
     */
    public static GuidedScoreModel guide(Guidance guidance, ScoreModel model) {
        GuidedScoreModel guided = guidance.guide(model);
        if (guided == null || guided.process() != model.process() || guided.evaluator() == null) {
            throw new PluginException(
                    guidance,
                    "returned "
                            + (guided == null
                                    ? "null for a guided model"
                                    : "a guided model without evaluator, or of another process")
                            + "; expected one on the model's process");
        }
        if (guided.base() != (model instanceof GuidedScoreModel inner ? inner.base() : model)) {
            throw new PluginException(guidance, "is wrong: the base of its guided model is not the innermost model");
        }
        GuidanceCheck check = new GuidanceCheck(guidance, guided);
        double horizon = model.process().horizon();
        double earliest = model.process().earliest();
        for (double t : new double[] {horizon, earliest > 0 ? Math.sqrt(horizon * earliest) : 0.5 * horizon}) {
            check.velocity(t);
            check.twist(t);
        }
        return guided;
    }

    private void velocity(double t) {
        DiffusionProcess process = guided.process();
        ScoreModel.Evaluator steered = guided.evaluator();
        ScoreModel.Evaluator free = guided.base().evaluator();
        Points score = Points.zeros(x.dim(), SIZE);
        Points velocity = score.copy();
        Points score0 = score.copy();
        Points velocity0 = score.copy();
        Points half = score.copy();
        steered.score(t, x, score);
        steered.velocity(t, x, velocity);
        free.score(t, x, score0);
        free.velocity(t, x, velocity0);
        process.diffusion(t, x, half);
        for (int i = 0; i < x.dim(); i++) {
            for (int n = 0; n < SIZE; n++) {
                double found = velocity.get(i, n);
                double s = score.get(i, n);
                if (!Double.isFinite(s) || !Double.isFinite(found)) {
                    throw wrong(
                            "at t = %.4g, coordinate %d of its score is %g and of its velocity %g; expected finite numbers",
                            t, i + 1, s, found);
                }
                double expected = velocity0.get(i, n) + half.get(i, n) * (s - score0.get(i, n));
                double size =
                        Math.abs(velocity0.get(i, n)) + half.get(i, n) * (Math.abs(s) + Math.abs(score0.get(i, n)));
                if (Math.abs(found - expected) > SAME * (1 + size)) {
                    throw wrong(
                            "at t = %.4g, coordinate %d of its velocity is %.6g; its score makes it %.6g",
                            t, i + 1, found, expected);
                }
            }
        }
    }

    private void twist(double t) {
        double[] both = new double[SIZE];
        double[] alone = new double[SIZE];
        double[] twist = new double[SIZE];
        GuidedScoreModel.Evaluator steered = guided.evaluator();
        steered.logRatio(t, x, both);
        steered.logTwist(t, x, twist);
        guided.base().evaluator().logRatio(t, x, alone);
        for (int n = 0; n < SIZE; n++) {
            if (Double.isNaN(twist[n]) || Double.isNaN(both[n])) {
                throw wrong(
                        "at t = %.4g, the twist of point %d is %g and its log-density %g; expected numbers",
                        t, n + 1, twist[n], both[n]);
            }
            double found = both[n] - both[0];
            double expected = alone[n] + twist[n] - alone[0] - twist[0];
            double size = Math.abs(alone[n]) + Math.abs(twist[n]) + Math.abs(alone[0]) + Math.abs(twist[0]);
            if (Double.isFinite(size) && !(Math.abs(found - expected) <= SAME * (1 + size))) {
                throw wrong(
                        "at t = %.4g, between points 1 and %d the log-density changes by %.6g, and those of the model and of its twist by %.6g",
                        t, n + 1, found, expected);
            }
        }
    }

    private PluginException wrong(String format, Object... values) {
        return new PluginException(guidance, "is wrong: " + String.format(Locale.ROOT, format, values));
    }
}
