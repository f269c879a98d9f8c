package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.score.AffineProcess;

/** The corrector of {@link TwistedSmc}. */
final class TwistedParticles implements Corrector {
    private final TwistedSmc.Options options;

    TwistedParticles(TwistedSmc.Options options) {
        this.options = options;
    }

    @Override
    public Optional<String> refusal(GuidedScoreModel model) {
        return model.process().affine().isPresent()
                ? model.weightless()
                : Optional.of(
                        "smc needs an affine process, whose forward steps are Gaussian: an exact law under vp, ve or ou, or a"
                                + " fit in the hermite family (basis: hermite)");
    }

    @Override
    public Particles run(GuidedScoreModel model, int count, RunContext run) {
        refusal(model).ifPresent(reason -> {
            throw InputException.at("corrector", reason);
        });
        if (count < 2) {
            throw InputException.at("corrector", "expected at least 2 samples, found " + count);
        }
        AffineProcess process = model.process().affine().orElseThrow();
        double[] times =
                options.grid().create(new GridContext(process, options.steps())).times();
        int moved = Math.max(count, options.particles());
        try (Progress.Task task = run.progress().begin("particles", times.length - 1)) {
            Cloud cloud = new Cloud(model, process, moved, run);
            int first = cloud.begin(times);
            for (int i = first + 1; i < times.length; i++) {
                run.checkCancelled();
                cloud.step(i, times);
                cloud.resample(i, first, times);
                task.advance(1);
            }
            return cloud.finish(count, first, times);
        }
    }

    /** All particles on their way, moved batch by batch: what becomes of one does not depend on threads. */
    private final class Cloud {
        private static final int BATCH = 128;

        private final GuidedScoreModel model;
        private final AffineProcess process;
        private final int count;
        private final Parallel parallel;
        /** Those that no thread uses. */
        private final Queue<ReverseStep> idle = new ConcurrentLinkedQueue<>();

        private final RunContext run;
        private final CounterRandom noise;
        private final CounterRandom uniform;
        private final CounterRandom prior;

        private Points x;
        /** log of what particles follow, of the last time. */
        private double[] followed;

        private double[] twist;
        private final double[] logWeight;
        private int[] ancestor;
        private double logNormaliser;
        /** How far back moves go, as a share of what forgets half of where particles stand. */
        private double reach = 1;

        private final double[] effective;

        Cloud(GuidedScoreModel model, AffineProcess process, int count, RunContext run) {
            this.model = model;
            this.process = process;
            this.count = count;
            this.parallel = run.parallel();
            this.run = run;
            this.prior = run.random(Purpose.PRIOR);
            this.noise = run.random(Purpose.NOISE);
            this.uniform = run.random(Purpose.PARTICLES);
            this.x = Points.zeros(process.dim(), count);
            this.effective = new double[options.steps() + 1];
            this.logWeight = new double[count];
            this.twist = new double[count];
            this.followed = new double[count];
            this.ancestor = new int[count];
            Arrays.setAll(ancestor, n -> n);
        }

        /** Does something with every batch: its first particle and the batch. */
        private void batches(Batch batch) {
            parallel.forEach((count + BATCH - 1) / BATCH, b -> {
                int first = b * BATCH;
                ReverseStep step = idle.poll();
                step = step == null ? new ReverseStep(model, process, options) : step;
                batch.of(step, first, x.slice(first, Math.min(count, first + BATCH)));
                idle.add(step);
            });
        }

        /** Begins among a pool's points where it has enough good ones, else at draws of the prior; the number of the time. */
        int begin(double[] times) {
            Optional<Pool.Start> start = options.pool() == 1 || options.weights() == TwistedSmc.Weights.TRANSITION
                    ? Optional.empty()
                    : new Pool(model, process, Math.multiplyExact(options.pool(), count), prior, run)
                            .start(times, count);
            if (start.isEmpty()) {
                beginAtPrior(times);
                return 0;
            }
            int[] chosen = systematic(start.get().weight(), count, uniform.uniform(0, 0));
            x = start.get().x().select(chosen);
            ancestor = chosen;
            logNormaliser = start.get().logMean();
            int index = start.get().index();
            effective[index] = Math.min(count, start.get().effective());
            batches((step, first, part) -> weigh(step, first, part, times, index));
            return index;
        }

        private void beginAtPrior(double[] times) {
            process.prior(prior, 0, x);
            double[] logPrior = new double[count];
            process.logPrior(x, logPrior);
            spread(logPrior);
            batches((step, first, part) -> {
                weigh(step, first, part, times, 0);
                for (int n = first; n < first + part.size(); n++) {
                    logWeight[n] = options.weights() == TwistedSmc.Weights.DENSITY
                            ? followed[n] + twist[n] - logPrior[n]
                            : twist[n];
                }
            });
            effective[0] = count;
        }

        /** Draws of the prior become as wide as the noise of steps. */
        private void spread(double[] logPrior) {
            double noise = model.evaluator().noise();
            if (options.weights() == TwistedSmc.Weights.DENSITY && noise != 1) {
                double root = Math.sqrt(noise);
                for (int k = 0; k < x.values().length; k++) {
                    x.values()[k] *= root;
                }
                for (int n = 0; n < count; n++) {
                    logPrior[n] -= x.dim() * Math.log(root);
                }
            }
        }

        private void weigh(ReverseStep step, int first, Points part, double[] times, int i) {
            double t = times[i];
            System.arraycopy(step.logTwist(t, part), 0, twist, first, part.size());
            System.arraycopy(step.logDensity(t, part), 0, followed, first, part.size());
        }

        void step(int i, double[] times) {
            double from = times[i - 1];
            double to = times[i];
            batches((step, first, part) -> {
                Points normal = Points.zeros(part.dim(), part.size());
                Noise.of(noise, first).normal(i, 0, normal);
                double[] change = step.move(i, from, to, part, normal);
                for (int n = 0; n < part.size(); n++) {
                    double before = twist[first + n] + followed[first + n];
                    // One where there is no density has no weight, and keeps none.
                    logWeight[first + n] += before == Double.NEGATIVE_INFINITY ? before : change[n] - before;
                }
                x.paste(first, part);
                weigh(step, first, part, times, i);
                for (int n = first; n < first + part.size(); n++) {
                    logWeight[n] += twist[n] + followed[n];
                }
            });
        }

        /** Draws again if need be, and moves those that were drawn twice apart; in the end for {@link #finish}. */
        void resample(int i, int first, double[] times) {
            boolean last = i == options.steps();
            if (last) {
                // From here on the likelihood itself is followed.
                double[] before = twist.clone();
                batches((step, from, part) -> target(step, from, part));
                for (int n = 0; n < count; n++) {
                    logWeight[n] += twist[n] - before[n];
                }
            }
            Weights weights = Weights.of(logWeight, times[i]);
            effective[i] = weights.effective();
            if (last || effective[i] < options.resample() * count) {
                logNormaliser += weights.logMean();
                select(systematic(weights.normalised(), count, uniform.uniform(i, 0)));
                int moves = options.weights() == TwistedSmc.Weights.TRANSITION ? 0 : options.moves();
                for (int m = 0; m < moves; m++) {
                    moveApart(i, first, times, m);
                }
            }
        }

        private void target(ReverseStep step, int first, Points part) {
            double[] target = new double[part.size()];
            step.guided().logTarget(part, target);
            System.arraycopy(target, 0, twist, first, target.length);
        }

        /** A Metropolis move of each particle, forward to an earlier time of the grid and back. */
        private void moveApart(int i, int first, double[] times, int m) {
            int back = back(i, first, times);
            if (back == i) {
                return;
            }
            boolean[] accepted = new boolean[count];
            batches((step, from, part) -> {
                Points old = part.copy();
                Points up = Points.zeros(part.dim(), part.size());
                Points down = up.copy();
                Noise.of(noise, from).normal(i, 2 * m + 1, up);
                Noise.of(noise, from).normal(i, 2 * m + 2, down);
                double[] change = step.jump(i, times[back], times[i], part, up, down);
                double[] oldTwist = Arrays.copyOfRange(twist, from, from + part.size());
                double[] oldFollowed = Arrays.copyOfRange(followed, from, from + part.size());
                weigh(step, from, part, times, i);
                if (i == options.steps()) {
                    target(step, from, part);
                }
                for (int n = 0; n < part.size(); n++) {
                    int k = from + n;
                    double log = change[n] + twist[k] + followed[k] - oldTwist[n] - oldFollowed[n];
                    accepted[k] = Math.log(uniform.uniform(k, ((long) i << 32) | (m + 1))) < log;
                    if (!accepted[k]) {
                        twist[k] = oldTwist[n];
                        followed[k] = oldFollowed[n];
                        for (int d = 0; d < part.dim(); d++) {
                            part.set(d, n, old.get(d, n));
                        }
                    }
                }
                x.paste(from, part);
            });
            adapt(accepted);
        }

        /** The earlier time at which a share of half is forgotten, or as much less as moves are accepted from. */
        private int back(int i, int first, double[] times) {
            double alpha = process.alpha(times[i]);
            double sigma = process.sigma(times[i]);
            int back = i;
            while (back > first && forgotten(times[back - 1], times[i], alpha * alpha + sigma * sigma) <= 0.5) {
                back--;
            }
            // Nearer by the share, but a step at least.
            int far = Math.max(1, (int) Math.round(reach * (i - back)));
            return Math.max(first, i - far);
        }

        /** 1 - the correlation of a coordinate of this variance before and after a move by exact steps. */
        private double forgotten(double from, double to, double variance) {
            double a = Math.exp(process.logAlpha(from) - process.logAlpha(to));
            double sigma = process.sigma(from);
            double kept = a * a * variance;
            double v = sigma * sigma - a * a * process.sigma(to) * process.sigma(to);
            return v / (kept + v);
        }

        private void adapt(boolean[] accepted) {
            int yes = 0;
            for (boolean one : accepted) {
                yes += one ? 1 : 0;
            }
            if (yes < 0.3 * count) {
                reach *= 0.5;
            } else if (yes > 0.6 * count) {
                reach = Math.min(1, 2 * reach);
            }
        }

        private void select(int[] chosen) {
            x = x.select(chosen);
            int[] old = ancestor;
            double[] oldTwist = twist;
            double[] oldFollowed = followed;
            ancestor = new int[count];
            twist = new double[count];
            followed = new double[count];
            for (int n = 0; n < count; n++) {
                ancestor[n] = old[chosen[n]];
                twist[n] = oldTwist[chosen[n]];
                followed[n] = oldFollowed[chosen[n]];
            }
            Arrays.fill(logWeight, 0);
        }

        /** Of more particles than were asked for, evenly chosen ones: systematic draws stand in the order of their ancestors. */
        Particles finish(int wanted, int first, double[] times) {
            int distinct = (int) Arrays.stream(ancestor).distinct().count();
            int[] kept = new int[wanted];
            Arrays.setAll(kept, n -> (int) ((2L * n + 1) * count / (2L * wanted)));
            // A pool begins one time before the first step, whose size is that of the pool; without one the first step
            // is the first.
            int begin = first == 0 ? 1 : first;
            return new Particles(
                    x.select(kept),
                    count,
                    Arrays.copyOfRange(times, begin, times.length),
                    Arrays.copyOfRange(effective, begin, times.length),
                    distinct,
                    logNormaliser,
                    times.length + (first == 0 ? 0 : (options.pool() - 1) * first));
        }
    }

    /** Work on a batch, by a thread's own step. */
    private interface Batch {
        void of(ReverseStep step, int first, Points part);
    }

    /** Systematic resampling: particle n is drawn floor or ceil of draws w_n times. */
    static int[] systematic(double[] weight, int draws, double uniform) {
        int[] chosen = new int[draws];
        double sum = weight[0];
        int n = 0;
        for (int k = 0; k < draws; k++) {
            double at = (k + uniform) / draws;
            while (at > sum && n < weight.length - 1) {
                sum += weight[++n];
            }
            chosen[k] = n;
        }
        return chosen;
    }
}
