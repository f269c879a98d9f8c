package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
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
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;

/** The corrector of {@link TwistedSmc}. */
final class TwistedParticles implements Corrector {
    private final TwistedSmc.Options options;

    TwistedParticles(TwistedSmc.Options options) {
        this.options = options;
    }

    @Override
    public Optional<String> refusal(GuidedScoreModel model) {
        return model.process().affine().isPresent()
                ? Optional.empty()
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
            throw InputException.at("corrector", "expected at least 2 particles, found " + count);
        }
        AffineProcess process = model.process().affine().orElseThrow();
        double[] times =
                options.grid().create(new GridContext(process, options.steps())).times();
        try (Progress.Task task = run.progress().begin("particles", times.length - 1)) {
            Cloud cloud = new Cloud(model, process, count, run);
            cloud.begin(times[0]);
            for (int i = 1; i < times.length; i++) {
                run.checkCancelled();
                cloud.step(i, times[i - 1], times[i]);
                cloud.resample(i, times[i], options.resample());
                task.advance(1);
            }
            return cloud.finish(Arrays.copyOfRange(times, 1, times.length));
        }
    }

    /** All particles on their way. */
    private final class Cloud {
        private final GuidedScoreModel.Evaluator guided;
        private final ScoreModel.Evaluator base;
        private final AffineProcess process;
        private final int count;
        private final CounterRandom noise;
        private final CounterRandom uniform;

        private Points x;
        private final Points score;
        private final Points unguided;
        private final Points normal;
        /** log of what particles follow, of the last time. */
        private double[] followed;

        private double[] twist;
        private double[] logWeight;
        private int[] ancestor;
        private double logNormaliser;
        private final double[] effective;
        private final CounterRandom prior;

        Cloud(GuidedScoreModel model, AffineProcess process, int count, RunContext run) {
            this.guided = model.evaluator();
            this.base = model.base().evaluator();
            this.process = process;
            this.count = count;
            this.prior = run.random(Purpose.PRIOR);
            this.noise = run.random(Purpose.NOISE);
            this.uniform = run.random(Purpose.PARTICLES);
            this.x = Points.zeros(process.dim(), count);
            this.score = Points.zeros(process.dim(), count);
            this.unguided = Points.zeros(process.dim(), count);
            this.normal = Points.zeros(process.dim(), count);
            this.effective = new double[options.steps()];
            this.ancestor = new int[count];
            Arrays.setAll(ancestor, n -> n);
        }

        void begin(double t) {
            process.prior(prior, 0, x);
            twist = twist(t);
            followed = logDensity(t);
            logWeight = new double[count];
            double[] logPrior = new double[count];
            process.logPrior(x, logPrior);
            for (int n = 0; n < count; n++) {
                logWeight[n] = options.weights() == TwistedSmc.Weights.DENSITY
                        ? followed[n] + twist[n] - logPrior[n]
                        : twist[n];
            }
        }

        private double[] twist(double t) {
            double[] out = new double[count];
            guided.logTwist(t, x, out);
            return out;
        }

        /** log p_t of the unguided model. */
        private double[] logDensity(double t) {
            if (options.weights() != TwistedSmc.Weights.DENSITY) {
                return new double[count];
            }
            double[] out = new double[count];
            double[] reference = new double[count];
            base.logRatio(t, x, out);
            process.logReference(x, reference);
            for (int n = 0; n < count; n++) {
                out[n] += reference[n];
            }
            return out;
        }

        void step(int i, double from, double to) {
            guided.score(from, x, score);
            Finite.field("score", score, from);
            boolean transition = options.weights() == TwistedSmc.Weights.TRANSITION;
            if (transition) {
                base.score(from, x, unguided);
            }
            // a, and v = sigma_from^2 - a^2 sigma_to^2 without cancellation.
            double a = Math.exp(process.logAlpha(from) - process.logAlpha(to));
            double sigma = process.sigma(from);
            double v = process.sigma(to) == 0
                    ? sigma * sigma
                    : -sigma * sigma * Math.expm1(2 * (process.lambda(from) - process.lambda(to)));
            Noise.of(noise, 0).normal(i, 0, normal);
            double[] change = new double[count];
            double deviation = Math.sqrt(v) / a;
            for (int d = 0; d < x.dim(); d++) {
                for (int n = 0; n < count; n++) {
                    int at = x.offset(d) + n;
                    double old = x.values()[at];
                    double z = normal.values()[at];
                    double moved = old / a + v / a * score.values()[at] + deviation * z;
                    // F(x | x') / K(x' | x), or P(x' | x) / K(x' | x).
                    double back = transition
                            ? z + Math.sqrt(v) * (score.values()[at] - unguided.values()[at])
                            : (old - a * moved) / Math.sqrt(v);
                    change[n] += 0.5 * (z * z - back * back);
                    x.values()[at] = moved;
                }
            }
            Finite.state(x, i, to);
            double constant = transition ? 0 : -x.dim() * Math.log(a);
            double[] newTwist = twist(to);
            double[] newFollowed = logDensity(to);
            for (int n = 0; n < count; n++) {
                logWeight[n] += change[n] + constant + newTwist[n] + newFollowed[n] - twist[n] - followed[n];
            }
            twist = newTwist;
            followed = newFollowed;
        }

        /** Draws again if need be; the last step's weights are kept for {@link #finish}. */
        void resample(int i, double t, double threshold) {
            boolean last = i == options.steps();
            if (last) {
                double[] target = new double[count];
                guided.logTarget(x, target);
                for (int n = 0; n < count; n++) {
                    logWeight[n] += target[n] - twist[n];
                }
            }
            double[] weight = normalised(t);
            double squares = 0;
            for (double w : weight) {
                squares += w * w;
            }
            effective[i - 1] = 1 / squares;
            if (last || effective[i - 1] < threshold * count) {
                select(systematic(weight, uniform.uniform(i, 0)));
            }
        }

        /** Weights that sum to 1; what they summed to goes into the normaliser only when particles are drawn again. */
        private double[] normalised(double t) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double w : logWeight) {
                if (Double.isNaN(w) || w == Double.POSITIVE_INFINITY) {
                    throw new NumericalException("smc: a particle's log-weight is " + w + " at t = " + t);
                }
                largest = Math.max(largest, w);
            }
            if (largest == Double.NEGATIVE_INFINITY) {
                throw new NumericalException("smc: no particle has weight at t = " + t
                        + ": no sample can meet the observation as it stands; give it some noise, or correct it");
            }
            double sum = 0;
            double[] weight = new double[count];
            for (int n = 0; n < count; n++) {
                weight[n] = Math.exp(logWeight[n] - largest);
                sum += weight[n];
            }
            for (int n = 0; n < count; n++) {
                weight[n] /= sum;
            }
            logMean = largest + Math.log(sum / count);
            return weight;
        }

        private double logMean;

        private void select(int[] chosen) {
            logNormaliser += logMean;
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

        Particles finish(double[] times) {
            int distinct = (int) Arrays.stream(ancestor).distinct().count();
            return new Particles(x, times, effective, distinct, logNormaliser, times.length);
        }
    }

    /** Systematic resampling: particle n is drawn floor or ceil of count w_n times. */
    static int[] systematic(double[] weight, double uniform) {
        int count = weight.length;
        int[] chosen = new int[count];
        double sum = weight[0];
        int n = 0;
        for (int k = 0; k < count; k++) {
            double at = (k + uniform) / count;
            while (at > sum && n < count - 1) {
                sum += weight[++n];
            }
            chosen[k] = n;
        }
        return chosen;
    }
}
