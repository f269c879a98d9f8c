package org.eigendrift.samplers.affine;

import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.InvertibleSampler;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;
import org.eigendrift.samplers.program.Level;

/**
 * The sampler of {@link Bdia}. With D(t_i to t_j) the increment of a DDIM step from the state z_i,
 *
 * <pre>z_{i+1} = gamma z_{i-1} + (1 - gamma) z_i - gamma D(t_i to t_{i-1}) + D(t_i to t_{i+1})</pre>
 *
 * <p>in order of the steps, and solved for z_{i-1} the same equation steps back. The state is therefore a pair. Points of
 * {@code dim} coordinates begin with a plain DDIM step and end as the last state alone; points of {@code 2 dim}
 * coordinates carry a pair in, the state at the first level and at the second, and a pair out, the state at the last level
 * and at the last but one: encoding the pair that was sampled returns to the pair of the start, to rounding.
 *
 * @param name name for messages
 * @param options options
 */
record BdiaSampler(String name, Bdia.Options options) implements InvertibleSampler {
    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return AffineSampler.refuse(name, process);
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        return bound(model, run, true);
    }

    @Override
    public BatchSampler inverse(ScoreModel model, RunContext run) {
        return bound(model, run, false);
    }

    private BatchSampler bound(ScoreModel model, RunContext run, boolean sampling) {
        AffineProcess process = AffineSampler.affine(name, model.process());
        TimeGrid grid = options.grid().create(new GridContext(process, options.steps()));
        if (grid.last() == 0) {
            throw new InputException(name + " cannot be inverted from t = 0; use a grid with end: stop");
        }
        if (grid.steps() < 2) {
            throw new InputException("steps: 1 are fewer than the 2 that " + name + " needs");
        }
        Level[] levels = new Level[grid.steps() + 1];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Level.at(process, grid.time(sampling ? i : grid.steps() - i));
        }
        double gamma = options.gamma();
        return (x, noise, observer) -> new Walk(model, run, levels, sampling ? gamma : 1 / gamma).run(x, observer);
    }

    /** One batch on its way. Backwards the equation has the same form with 1 / gamma for gamma. */
    private static final class Walk {
        private final ScoreModel.Evaluator evaluator;
        private final RunContext run;
        private final int dim;
        private final Level[] levels;
        private final double gamma;
        private int evaluations;

        Walk(ScoreModel model, RunContext run, Level[] levels, double gamma) {
            this.evaluator = model.evaluator();
            this.run = run;
            this.dim = model.process().dim();
            this.levels = levels;
            this.gamma = gamma;
        }

        Outcome run(Points x, StepObserver observer) {
            boolean pair = x.dim() == 2 * dim;
            if (!pair && x.dim() != dim) {
                throw new InputException("bdia takes points of " + dim + " coordinates, or of " + 2 * dim
                        + " that carry two states; found " + x.dim());
            }
            Points before = part(x, 0);
            Points here = pair ? part(x, 1) : Points.zeros(dim, x.size());
            Points next = Points.zeros(dim, x.size());
            Points score = Points.zeros(dim, x.size());
            observer.state(0, levels[0].t(), before);
            if (!pair) {
                evaluate(0, before, score);
                increment(levels[0], levels[1], before, score, here);
                add(before, here);
            }
            observer.state(1, levels[1].t(), here);
            for (int i = 1; i < levels.length - 1; i++) {
                run.checkCancelled();
                evaluate(i, here, score);
                step(i, before, here, score, next);
                Points free = before;
                before = here;
                here = next;
                next = free;
                Finite.state(here, i + 1, levels[i + 1].t());
                observer.state(i + 1, levels[i + 1].t(), here);
            }
            store(x, 0, here);
            if (pair) {
                store(x, 1, before);
            }
            return new Outcome(evaluations, levels.length - 1, 0);
        }

        private void evaluate(int i, Points at, Points score) {
            evaluator.score(levels[i].t(), at, score);
            Finite.field("score", score, levels[i].t());
            evaluations++;
        }

        private static double state(Level from, Level to) {
            return to.alpha() / from.alpha();
        }

        /** The factor of the score in a DDIM step: sigma_s sigma_t (e^{lambda_t - lambda_s} - 1). */
        private static double slope(Level from, Level to) {
            return from.sigma() * to.sigma() * Math.expm1(to.lambda() - from.lambda());
        }

        private static void increment(Level from, Level to, Points x, Points score, Points out) {
            double a = state(from, to) - 1;
            double b = slope(from, to);
            for (int k = 0; k < out.values().length; k++) {
                out.values()[k] = a * x.values()[k] + b * score.values()[k];
            }
        }

        private static void add(Points x, Points out) {
            for (int k = 0; k < out.values().length; k++) {
                out.values()[k] += x.values()[k];
            }
        }

        private void step(int i, Points before, Points here, Points score, Points next) {
            double back = state(levels[i], levels[i - 1]) - 1;
            double forth = state(levels[i], levels[i + 1]) - 1;
            double slopeBack = slope(levels[i], levels[i - 1]);
            double slopeForth = slope(levels[i], levels[i + 1]);
            // Solved for z_{i-1}: z_{i+1} / g + (1 - 1 / g) z_i - D_{i+1} / g + D_{i-1}, the same with 1 / g for g.
            double[] z = here.values();
            double[] s = score.values();
            double[] out = next.values();
            double[] from = before.values();
            for (int k = 0; k < out.length; k++) {
                double behind = back * z[k] + slopeBack * s[k];
                double ahead = forth * z[k] + slopeForth * s[k];
                out[k] = gamma * from[k] + (1 - gamma) * z[k] - gamma * behind + ahead;
            }
        }

        private Points part(Points x, int number) {
            Points out = Points.zeros(dim, x.size());
            System.arraycopy(x.values(), number * out.values().length, out.values(), 0, out.values().length);
            return out;
        }

        private static void store(Points x, int number, Points from) {
            System.arraycopy(from.values(), 0, x.values(), number * from.values().length, from.values().length);
        }
    }
}
