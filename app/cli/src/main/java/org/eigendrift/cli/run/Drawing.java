package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.cli.output.NpyArray;
import org.eigendrift.engine.check.CheckedLaw;
import org.eigendrift.engine.check.CheckedSampler;
import org.eigendrift.engine.transport.ControlledFlow;
import org.eigendrift.engine.transport.Sampling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws samples as the block {@code sample} says, replaying given starting points and noise if there are any. */
final class Drawing {
    private static final Logger LOG = LoggerFactory.getLogger(Drawing.class);

    private static final String NO_FLOW = "this one is none";

    private static final String NOT_CARRIED =
            "the sampler that is named was not used: it carries samples of flows, and a law of kind '%s' draws in its own way";

    private final Law law;
    private final Optional<Sampler> sampler;
    private final RunContext context;

    /**
     * Prepares.
     *
     * @param law the law
     * @param sampler carries draws of laws that are flows; empty for their own way, in which others draw always
     * @param context seed, threads, progress
     */
    Drawing(Law law, Optional<Sampler> sampler, RunContext context) {
        this.law = law;
        this.sampler = sampler;
        this.context = context;
    }

    /**
     * Samples.
     *
     * @param points in the data's coordinates
     * @param outcome what they cost
     * @param remarks what a user should know of them, in sentences
     * @param seconds wall time
     * @param trajectory every state, if it was asked for
     */
    record Drawn(
            Points points, Outcome outcome, List<String> remarks, double seconds, Optional<Trajectory> trajectory) {}

    /**
     * Every state of every point, in the data's coordinates.
     *
     * @param times forward times, one for each state
     * @param states the states, the initial one first
     */
    record Trajectory(double[] times, List<Points> states) {

        /** An array of shape (steps + 1, points, dim). */
        NpyArray array() {
            int points = states.get(0).size();
            int dim = states.get(0).dim();
            double[] values = new double[Math.multiplyExact(states.size(), Math.multiplyExact(points, dim))];
            int at = 0;
            for (Points state : states) {
                for (int n = 0; n < points; n++) {
                    for (int i = 0; i < dim; i++) {
                        values[at++] = state.get(i, n);
                    }
                }
            }
            return new NpyArray(new int[] {states.size(), points, dim}, values);
        }
    }

    /**
     * Binds the sampler to the law, drawing nothing.
     *
     * @throws InputException if they do not go together
     */
    void prepare() {
        sampler.ifPresent(carrying -> flow(law).ifPresent(flow -> bind(carrying, flow.scoreModel(), context)));
    }

    /** A sampler bound to a model that it does not refuse. */
    static BatchSampler bind(Sampler sampler, ScoreModel score, RunContext context) {
        sampler.refusal(score.process()).ifPresent(reason -> {
            throw InputException.at("sampler", reason);
        });
        return CheckedSampler.prepare(sampler, score, context);
    }

    Drawn draw(SampleSettings settings) {
        long begin = System.nanoTime();
        if (settings.initial().isEmpty() && settings.noise().isEmpty() && !settings.trajectory()) {
            Optional<Sampler> way = law instanceof Flowing ? sampler : Optional.empty();
            Draws draws = CheckedLaw.draw(law, new DrawRequest(0, settings.count(), way), context);
            List<String> remarks = new ArrayList<>(draws.remarks());
            if (sampler.isPresent() && way.isEmpty()) {
                remarks.add(NOT_CARRIED.formatted(law.provenance().kind()));
            }
            remarks.forEach(LOG::warn);
            return new Drawn(draws.rows(), draws.outcome(), remarks, since(begin), Optional.empty());
        }
        Flowing flow = flow(law).orElse(null);
        requireOneFlow(settings, flow == null ? Optional.of(NO_FLOW) : flow.otherFlows());
        return replay(flow, settings, begin);
    }

    /**
     * Refuses what follows one flow from given points where not all samples do.
     *
     * @param settings what is to be drawn
     * @param otherFlows why they do not, empty if they do
     */
    static void requireOneFlow(SampleSettings settings, Optional<String> otherFlows) {
        Map<String, Boolean> asked = new LinkedHashMap<>();
        asked.put("initial", settings.initial().isPresent());
        asked.put("noise", settings.noise().isPresent());
        asked.put("trajectory", settings.trajectory());
        asked.forEach((key, present) -> {
            if (present && otherFlows.isPresent()) {
                throw InputException.at(
                        "sample." + key,
                        "needs a model of one chart, whose flow all points follow; " + otherFlows.get());
            }
        });
    }

    private static Optional<Flowing> flow(Law law) {
        return law instanceof Flowing flow ? Optional.of(flow) : Optional.empty();
    }

    /** The paths of the first points, if there are any; of a model of several charts in the heaviest. */
    Optional<Trajectory> trajectory(int points) {
        SampleSettings few = new SampleSettings(points, 0, Optional.empty(), Optional.empty(), true);
        return flow(law).flatMap(flow -> replay(flow, few, System.nanoTime()).trajectory());
    }

    /** One batch of all points: what becomes of a point does not depend on its batch. */
    private Drawn replay(Flowing flow, SampleSettings settings, long begin) {
        ScoreModel score = flow.scoreModel();
        Sampler carrying = sampler.orElse(ControlledFlow.OF_SAMPLES);
        BatchSampler bound = bind(carrying, score, context);
        Points x = initial(settings, score);
        Noise noise = settings.noise()
                .map(file -> recorded(NpyArray.read(file, "sample.noise", 3), x))
                .orElseGet(() -> Noise.of(context.random(Purpose.NOISE), 0));
        List<Double> times = new ArrayList<>();
        List<Points> states = new ArrayList<>();
        StepObserver observer = (step, t, state) -> {
            context.checkCancelled();
            if (settings.trajectory()) {
                times.add(t);
                states.add(flow.toData(state.copy()));
            }
        };
        Outcome outcome = bound.run(x, noise, observer);
        Optional<Trajectory> trajectory = settings.trajectory()
                ? Optional.of(new Trajectory(
                        times.stream().mapToDouble(Double::doubleValue).toArray(), states))
                : Optional.empty();
        Points rows = CheckedLaw.rows(carrying, law.columns(), flow.toData(x), x.size());
        return new Drawn(rows, outcome, List.of(), since(begin), trajectory);
    }

    private Points initial(SampleSettings settings, ScoreModel score) {
        int dim = score.process().dim();
        if (settings.initial().isEmpty()) {
            Points x = Points.zeros(dim, settings.count());
            Sampling.starts(score.process(), context, 0, x);
            return x;
        }
        NpyArray array = NpyArray.read(settings.initial().get(), "sample.initial", 2);
        if (array.shape()[1] != dim) {
            throw InputException.at(
                    "sample.initial",
                    settings.initial().get() + ": expected points of " + dim + " coordinates, found "
                            + array.shape()[1]);
        }
        Points x = Points.zeros(dim, array.shape()[0]);
        fill(array, 0, x);
        return x;
    }

    /** The k-th new (step, draw) that a sampler asks for is the k-th recorded array. */
    private static Noise recorded(NpyArray array, Points x) {
        if (array.shape()[1] != x.size() || array.shape()[2] != x.dim()) {
            throw InputException.at(
                    "sample.noise",
                    "expected draws for " + x.size() + " points of " + x.dim() + " coordinates, found "
                            + array.shape()[1] + " of " + array.shape()[2]);
        }
        Map<Long, Integer> order = new HashMap<>();
        return (step, draw, out) -> {
            int k = order.computeIfAbsent(((long) step << 8) | draw, key -> order.size());
            if (k >= array.shape()[0]) {
                throw InputException.at(
                        "sample.noise",
                        "the sampler uses more than the " + array.shape()[0] + " recorded draws; step " + step
                                + " asks for another");
            }
            fill(array, k * x.size() * x.dim(), out);
        };
    }

    private static void fill(NpyArray array, int from, Points out) {
        for (int n = 0; n < out.size(); n++) {
            for (int i = 0; i < out.dim(); i++) {
                out.set(i, n, array.values()[from + n * out.dim() + i]);
            }
        }
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) * 1e-9;
    }
}
