package org.eigendrift.samplers.wrap;

import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * The sampler of {@link TimeShift}.
 *
 * @param name name for messages
 * @param sampler the sampler that is wrapped
 * @param options options
 */
record TimeShiftSampler(String name, Sampler sampler, TimeShift.Options options) implements Sampler {
    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return process.affine().isEmpty() ? Optional.of(FilteredSampler.refusal(name)) : sampler.refusal(process);
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        AffineProcess process = FilteredSampler.affine(name, model);
        if (process.dim() < 2) {
            throw new InputException(name + " compares variances over the coordinates; it needs at least 2, found 1");
        }
        return sampler.prepare(new Shifted(model, process, options), run);
    }

    /** The model that the wrapped sampler sees. */
    private record Shifted(ScoreModel model, AffineProcess affine, TimeShift.Options options) implements ScoreModel {
        @Override
        public DiffusionProcess process() {
            return affine;
        }

        @Override
        public Evaluator evaluator() {
            Evaluator inner = model.evaluator();
            return new ScoreEvaluator(affine) {
                private boolean started;

                @Override
                public void score(double t, Points x, Points out) {
                    // The start is drawn, not stepped to: its time is right.
                    if (!started || t <= options.cutoff()) {
                        started = true;
                        inner.score(t, x, out);
                    } else {
                        shifted(inner, t, x, out);
                    }
                }

                @Override
                public void logRatio(double t, Points x, double[] out) {
                    inner.logRatio(t, x, out);
                }
            };
        }

        private double candidate(double t, int c) {
            double shifted = t + options.window() * c / options.candidates();
            return Math.min(affine.horizon(), Math.max(affine.earliest(), shifted));
        }

        /** Evaluates the points of each candidate together; epsilon is kept, so that the score is rescaled. */
        private void shifted(Evaluator inner, double t, Points x, Points out) {
            int[] chosen = new int[x.size()];
            for (int n = 0; n < chosen.length; n++) {
                chosen[n] = choose(t, variance(x, n));
            }
            for (int c = -options.candidates(); c <= options.candidates(); c++) {
                int count = 0;
                for (int choice : chosen) {
                    count += choice == c ? 1 : 0;
                }
                if (count > 0) {
                    evaluate(inner, t, candidate(t, c), c, chosen, count, x, out);
                }
            }
        }

        private void evaluate(
                Evaluator inner, double t, double at, int c, int[] chosen, int count, Points x, Points out) {
            Points group = Points.zeros(x.dim(), count);
            Points score = Points.zeros(x.dim(), count);
            for (int i = 0; i < x.dim(); i++) {
                for (int n = 0, k = 0; n < chosen.length; n++) {
                    if (chosen[n] == c) {
                        group.set(i, k++, x.get(i, n));
                    }
                }
            }
            inner.score(at, group, score);
            double factor = affine.sigma(at) / affine.sigma(t);
            for (int i = 0; i < x.dim(); i++) {
                for (int n = 0, k = 0; n < chosen.length; n++) {
                    if (chosen[n] == c) {
                        out.set(i, n, factor * score.get(i, k++));
                    }
                }
            }
        }

        private static double variance(Points x, int n) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < x.dim(); i++) {
                mean += x.get(i, n) / x.dim();
            }
            for (int i = 0; i < x.dim(); i++) {
                square += (x.get(i, n) - mean) * (x.get(i, n) - mean);
            }
            return square / x.dim();
        }

        private int choose(double t, double variance) {
            int best = 0;
            double nearest = Double.POSITIVE_INFINITY;
            for (int c = -options.candidates(); c <= options.candidates(); c++) {
                double at = candidate(t, c);
                double alpha = affine.alpha(at);
                double sigma = affine.sigma(at);
                double distance = Math.abs(variance - (options.dataVariance() * alpha * alpha + sigma * sigma));
                if (distance < nearest) {
                    nearest = distance;
                    best = c;
                }
            }
            return best;
        }
    }
}
