package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;

/**
 * Many points of the unguided flow, among which particles are chosen where they begin. What guidance knows while modes are not yet
 * apart is rough, and particles that follow it there die out; but who belongs to which mode is decided in a few noisy dimensions,
 * where a pool of some thousands has enough good ones by chance. Particles begin at the latest time at which the pool still counts
 * for as many as there are particles: where an observation is too sharp for that, at the first.
 */
final class Pool {
    /** Grid intervals that a step of the flow takes (Runge and Kutta, order 4). */
    private static final int STRIDE = 4;

    /** Once the pool counts for less than this share of the particles, it will not recover. */
    private static final double HOPELESS = 0.25;

    private static final int BATCH = 256;

    private final GuidedScoreModel model;
    private final AffineProcess process;
    private final RunContext run;
    private final Parallel parallel;
    private final Points x;
    /** log of the density with which the flow brings each point here, and what it is compared with. */
    private final double[] logFlow;

    private final double[] logWeight;

    Pool(GuidedScoreModel model, AffineProcess process, int size, CounterRandom prior, RunContext run) {
        this.model = model;
        this.process = process;
        this.run = run;
        this.parallel = run.parallel();
        this.x = Points.zeros(process.dim(), size);
        this.logFlow = new double[size];
        this.logWeight = new double[size];
        process.prior(prior, 0, x);
        process.logPrior(x, logFlow);
    }

    /**
     * Where particles begin.
     *
     * @param index number of the time in the grid
     * @param x points of the pool there
     * @param weight their weights, which sum to 1
     * @param logMean log of the mean weight
     * @param effective the effective size of the pool
     */
    record Start(int index, Points x, double[] weight, double logMean, double effective) {}

    /**
     * Finds the start.
     *
     * @param times the grid; particles begin in its first half, so that steps after that part those that began as one
     * @param particles how many there are
     * @return the start; empty if even at first the pool counts for too few
     */
    Optional<Start> start(double[] times, int particles) {
        Optional<Start> best = Optional.empty();
        for (int i = STRIDE; 2 * i < times.length; i += STRIDE) {
            run.checkCancelled();
            carry(times[i - STRIDE], times[i]);
            Weights weights = Weights.of(logWeight, times[i]);
            if (weights.effective() < HOPELESS * particles) {
                return best;
            }
            if (weights.effective() >= particles) {
                best = Optional.of(
                        new Start(i, x.copy(), weights.normalised(), weights.logMean(), weights.effective()));
            }
        }
        return best;
    }

    private void carry(double from, double to) {
        parallel.forEach((x.size() + BATCH - 1) / BATCH, b -> {
            int first = b * BATCH;
            Points part = x.slice(first, Math.min(x.size(), first + BATCH));
            double[] flow = Arrays.copyOfRange(logFlow, first, first + part.size());
            Flow.step(model.base().evaluator(), process, from, to, part, flow);
            Finite.state(part, 0, to);
            GuidedScoreModel.Evaluator guided = model.evaluator();
            double[] twist = new double[flow.length];
            double[] density = new double[flow.length];
            double[] reference = new double[flow.length];
            guided.logTwist(to, part, twist);
            model.base().evaluator().logRatio(to, part, density);
            process.logReference(part, reference);
            for (int n = 0; n < flow.length; n++) {
                density[n] += reference[n];
            }
            for (int n = 0; n < flow.length; n++) {
                logFlow[first + n] = flow[n];
                logWeight[first + n] = twist[n] + density[n] - flow[n];
            }
            x.paste(first, part);
        });
    }

    /** One step of the probability flow with its density. */
    static final class Flow {
        private static final double[] NODES = {0, 0.5, 0.5, 1};
        private static final double[] SHARES = {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6};

        private Flow() {}

        static void step(
                ScoreModel.Evaluator evaluator, AffineProcess process, double from, double to, Points x, double[] log) {
            double h = from - to;
            double[] reference = new double[log.length];
            process.logReference(x, reference);
            Points begin = x.copy();
            Points stage = x.copy();
            Points velocity = Points.zeros(x.dim(), x.size());
            double[] rate = new double[log.length];
            for (int s = 0; s < NODES.length; s++) {
                evaluator.velocityAndRate(from - NODES[s] * h, stage, velocity, rate);
                for (int k = 0; k < velocity.values().length; k++) {
                    x.values()[k] += h * SHARES[s] * velocity.values()[k];
                    double next = s + 1 < NODES.length ? NODES[s + 1] : 0;
                    stage.values()[k] = begin.values()[k] + h * next * velocity.values()[k];
                }
                for (int n = 0; n < log.length; n++) {
                    // The rate is that of log f in forward time, and log p = log f + the reference's.
                    log[n] -= h * SHARES[s] * rate[n];
                }
            }
            for (int n = 0; n < log.length; n++) {
                log[n] -= reference[n];
            }
            process.logReference(x, reference);
            for (int n = 0; n < log.length; n++) {
                log[n] += reference[n];
            }
        }
    }
}
