package org.eigendrift.engine.guidance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.engine.transport.Sampling;

/**
 * Optimisation of an objective f by the gradient of samples with respect to where they started (AdjointDPM, 2307.10711): each sample
 * x(z) of the probability flow climbs
 *
 * <pre>f(x(z)) - (lambda / 2) (z - z0)' V^-1 (z - z0),</pre>
 *
 * <p>z0 its own start, V the covariance of starts, lambda = noise^2 / raise as in {@link Optimisation}. Steps are of Barzilai and Borwein's
 * length in the metric of V, halved until the sum rises. Of Gaussian data N(mu, Sigma), whose flow is affine, the result is the maximum of
 * f(x) - (lambda / 2) (x - x0)' Sigma^-1 (x - x0), x0 the sample without an objective: with a linear f = w.x each moves by Sigma w /
 * lambda, so that samples follow the law in proportion to p(x) exp(w.x / lambda). No state of the way is kept. Immutable, thread-safe.
 *
 * @param law a law of one flow
 * @param objective f, written in the law's columns
 * @param settings rounds, raise and noise; the others do not apply
 */
public record AdjointAscent(Law law, Objective objective, Optimisation.Settings settings) {
    /** Steps of the flow, in equal ratios of time. */
    private static final int STEPS = 100;

    /** Times have equal ratios, and 0 has none; later by this share of the horizon a sample is the same to rounding of what is told. */
    private static final double LEAST = 1e-6;

    /** Share of what the slope promises that a step must bring. */
    private static final double ENOUGH = 1e-4;

    /** Steps grow at most to this many times the inverse of lambda, which is right where f is linear. */
    private static final double LONGEST = 16;

    /**
     * Climbs.
     *
     * @param count samples, at least 2
     * @param run seed, threads
     * @return rounds and samples; the regularised objective of a round is the mean over the samples of what they climb
     * @throws InputException if the law is not of one flow with a Hessian, or f is not finite at a sample or does not vary
     */
    public Optimisation.Result run(int count, RunContext run) {
        Flowing flow = GuidedLaw.one(law);
        if (!(flow.scoreModel() instanceof CurvedScoreModel model)) {
            throw InputException.at(
                    "adjoint",
                    "needs the Hessian of the log-density, which this model does not know; leave out --adjoint");
        }
        Climb climb = new Climb(flow, new FlowAdjoint(model, times(model.process())), model.process(), count, run);
        climb.begin(settings);
        for (int k = 1; k <= settings.rounds(); k++) {
            run.checkCancelled();
            climb.step();
        }
        return new Optimisation.Result(List.copyOf(climb.all), climb.raise, climb.noise, climb.rows);
    }

    private static double[] times(DiffusionProcess process) {
        double from = process.horizon();
        double to = Math.max(process.earliest(), LEAST * from);
        double[] times = new double[STEPS + 1];
        Arrays.setAll(times, k -> k == 0 ? from : k == STEPS ? to : from * Math.pow(to / from, (double) k / STEPS));
        return times;
    }

    /** Variances of the prior's coordinates: log p falls by 1 / (2 v) from 0 to 1. */
    private static double[] variances(DiffusionProcess process) {
        int d = process.dim();
        Points units = Points.zeros(d, d + 1);
        for (int i = 0; i < d; i++) {
            units.set(i, i, 1);
        }
        double[] logs = new double[d + 1];
        process.logPrior(units, logs);
        double[] out = new double[d];
        Arrays.setAll(out, i -> 0.5 / (logs[d] - logs[i]));
        return out;
    }

    /** Where every sample stands. */
    private final class Climb {
        private final Flowing flow;
        private final FlowAdjoint adjoint;
        private final Optional<Operator> data;
        private final CheckedObjective f = new CheckedObjective(objective);
        private final RunContext run;
        private final double[] variances;
        private final Points origin;
        private final List<Optimisation.Round> all = new ArrayList<>();
        private final Points direction;
        private final double[] lengths;
        private Points starts;
        private Points samples;
        private Points rows;
        private double[] heights;
        private Points slopes;
        private double raise;
        private double noise;
        private double weight;

        Climb(Flowing flow, FlowAdjoint adjoint, DiffusionProcess process, int count, RunContext run) {
            this.flow = flow;
            this.adjoint = adjoint;
            this.data = DataOperator.of(flow);
            this.run = run;
            this.variances = variances(process);
            this.origin = Points.zeros(process.dim(), count);
            Sampling.starts(process, run, 0, origin);
            this.starts = origin.copy();
            this.direction = origin.copy();
            this.lengths = new double[count];
        }

        void begin(Optimisation.Settings settings) {
            samples = adjoint.samples(starts);
            rows = flow.toData(samples);
            double[] values = f.values(rows);
            double deviation = Optimisation.deviation(values);
            noise = settings.noise().orElse(deviation);
            raise = settings.raise().orElse(deviation);
            if (!(noise > 0 && raise > 0)) {
                throw InputException.at(
                        "objective", "has the same value at all samples, so that there is nothing to gain");
            }
            weight = noise * noise / raise;
            Arrays.fill(lengths, 1 / weight);
            heights = values;
            slopes = slopes(samples, rows, starts);
            tell(values);
        }

        /** The gradient of what a sample climbs, with respect to its start. */
        private Points slopes(Points x, Points at, Points from) {
            Points ofRows = f.gradients(at);
            Points ofSamples = ofRows;
            if (data.isPresent()) {
                ofSamples = Points.zeros(x.dim(), x.size());
                data.get().adjoint(x, ofRows, ofSamples);
            }
            Points out = adjoint.gradient(x, ofSamples);
            for (int i = 0; i < out.dim(); i++) {
                for (int n = 0; n < out.size(); n++) {
                    double away = from.get(i, n) - origin.get(i, n);
                    out.set(i, n, out.get(i, n) - weight * away / variances[i]);
                }
            }
            return out;
        }

        private double penalty(Points from, int n) {
            double sum = 0;
            for (int i = 0; i < variances.length; i++) {
                double away = from.get(i, n) - origin.get(i, n);
                sum += away * away / variances[i];
            }
            return 0.5 * weight * sum;
        }

        /** Every sample tries a step; where it brings too little, the next is half as long. */
        void step() {
            Points tried = starts.copy();
            double[] promised = new double[lengths.length];
            for (int i = 0; i < variances.length; i++) {
                for (int n = 0; n < lengths.length; n++) {
                    double along = variances[i] * slopes.get(i, n);
                    direction.set(i, n, along);
                    promised[n] += lengths[n] * along * slopes.get(i, n);
                    tried.set(i, n, starts.get(i, n) + lengths[n] * along);
                }
            }
            Points x = adjoint.samples(tried);
            Points there = flow.toData(x);
            double[] values = new double[lengths.length];
            objective.value(there, values);
            boolean[] taken = new boolean[lengths.length];
            for (int n = 0; n < taken.length; n++) {
                double height = values[n] - penalty(tried, n);
                taken[n] = Double.isFinite(height) && height >= heights[n] + ENOUGH * promised[n];
                if (!taken[n]) {
                    back(n, tried, there, x);
                }
            }
            Points next = slopes(x, there, tried);
            for (int n = 0; n < taken.length; n++) {
                lengths[n] = taken[n] ? length(n, next) : lengths[n] / 2;
            }
            starts = tried;
            samples = x;
            rows = there;
            slopes = next;
            double[] reached = f.values(rows);
            for (int n = 0; n < reached.length; n++) {
                heights[n] = reached[n] - penalty(starts, n);
            }
            tell(reached);
        }

        /** A sample stays where it was. */
        private void back(int n, Points tried, Points there, Points x) {
            for (int i = 0; i < tried.dim(); i++) {
                tried.set(i, n, starts.get(i, n));
                x.set(i, n, samples.get(i, n));
            }
            for (int j = 0; j < there.dim(); j++) {
                there.set(j, n, rows.get(j, n));
            }
        }

        /** Barzilai and Borwein: s'V^-1 s / -s'y, with s the step and y the change of the slope; where it does not fall, the longest. */
        private double length(int n, Points next) {
            double step = 0;
            double fall = 0;
            for (int i = 0; i < variances.length; i++) {
                double s = lengths[n] * direction.get(i, n);
                step += s * s / variances[i];
                fall -= s * (next.get(i, n) - slopes.get(i, n));
            }
            return fall * LONGEST > step * weight ? step / fall : step > 0 ? LONGEST / weight : lengths[n];
        }

        private void tell(double[] values) {
            double[] mean = new double[rows.dim()];
            Arrays.setAll(mean, j -> Arrays.stream(rows.column(j)).average().orElseThrow());
            all.add(new Optimisation.Round(
                    all.size(),
                    mean,
                    Arrays.stream(values).average().orElseThrow(),
                    Optimisation.deviation(values) / Math.sqrt(values.length),
                    f.value(mean),
                    Arrays.stream(heights).average().orElseThrow(),
                    Arrays.stream(law.logDensity(rows, run).nats()).average().orElseThrow(),
                    OptionalDouble.empty()));
        }
    }
}
