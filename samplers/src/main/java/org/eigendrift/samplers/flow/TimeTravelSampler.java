package org.eigendrift.samplers.flow;

import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;

/** The sampler of {@link TimeTravel}. */
record TimeTravelSampler(TimeTravel.Options options) implements Sampler {
    private static final String REFUSAL =
            "time-travel needs an affine process (vp, ve, ou, or a fit in the hermite family), this one"
                    + " is not; samplers that fit: pf-ode, reverse-sde, predictor-corrector";

    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return process.affine().isEmpty() ? Optional.of(REFUSAL) : Optional.empty();
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        AffineProcess process = model.process().affine().orElseThrow(() -> new InputException(REFUSAL));
        double[] times = Grids.within("time-travel", options.grid(), options.steps(), process)
                .times();
        return (x, noise, observer) -> {
            Journey journey = new Journey(model, process, x, noise);
            observer.state(0, times[0], x);
            int steps = times.length - 1;
            for (int end = blockEnd(0, steps); ; end = blockEnd(end, steps)) {
                int begin = Math.max(0, end - options.jump());
                int passes = begin == 0 ? 1 : options.resamplings();
                for (int pass = 1; pass <= passes; pass++) {
                    run.checkCancelled();
                    journey.block(times, begin, end, pass == passes ? observer : StepObserver.NONE);
                    if (pass < passes) {
                        journey.back(times[end], times[begin]);
                    }
                }
                if (end == steps) {
                    return new Outcome(journey.moves - journey.jumps, steps, 0);
                }
            }
        };
    }

    /** Blocks are counted from the grid's end, so that the first one is the shorter. */
    private int blockEnd(int from, int steps) {
        int rest = (steps - from - 1) / options.jump() * options.jump();
        return steps - rest;
    }

    /** One batch on its way. */
    private static final class Journey {
        private final ScoreModel.Evaluator evaluator;
        private final AffineProcess process;
        private final Points x;
        private final Noise noise;
        private final Points normal;
        private final Points score;
        private int moves;
        private int jumps;

        Journey(ScoreModel model, AffineProcess process, Points x, Noise noise) {
            this.evaluator = model.evaluator();
            this.process = process;
            this.x = x;
            this.noise = noise;
            this.normal = Points.zeros(x.dim(), x.size());
            this.score = Points.zeros(x.dim(), x.size());
        }

        void block(double[] times, int begin, int end, StepObserver observer) {
            for (int i = begin + 1; i <= end; i++) {
                down(times[i - 1], times[i]);
                Finite.state(x, i, times[i]);
                observer.state(i, times[i], x);
            }
        }

        /** The posterior of x_u given x_t and the estimate: mean x / a + (v / a) s, variance v sigma_u^2 / sigma_t^2. */
        private void down(double from, double to) {
            double a = Math.exp(process.logAlpha(from) - process.logAlpha(to));
            double v = variance(from, to);
            double deviation = Math.sqrt(v) * process.sigma(to) / process.sigma(from);
            evaluator.score(from, x, score);
            Finite.field("score", score, from);
            noise.normal(moves++, 0, normal);
            for (int k = 0; k < x.values().length; k++) {
                x.values()[k] = (x.values()[k] + v * score.values()[k]) / a + deviation * normal.values()[k];
            }
        }

        void back(double from, double to) {
            double a = Math.exp(process.logAlpha(to) - process.logAlpha(from));
            double deviation = Math.sqrt(variance(to, from));
            noise.normal(moves++, 0, normal);
            jumps++;
            for (int k = 0; k < x.values().length; k++) {
                x.values()[k] = a * x.values()[k] + deviation * normal.values()[k];
            }
        }

        /** sigma_t^2 - (alpha_t / alpha_u)^2 sigma_u^2 without cancellation. */
        private double variance(double later, double earlier) {
            double sigma = process.sigma(later);
            return process.sigma(earlier) == 0
                    ? sigma * sigma
                    : -sigma * sigma * Math.expm1(2 * (process.lambda(later) - process.lambda(earlier)));
        }
    }
}
