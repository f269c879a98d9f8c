package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.junit.jupiter.api.Test;

/** What every sampler promises: what becomes of a point depends on that point and its noise alone. */
public abstract class SamplerContract {
    private static final int SIZE = 7;
    private static final long SEED = 11;

    /** For subclasses. */
    protected SamplerContract() {}

    /**
     * The sampler under test.
     *
     * @return a configured sampler of a few steps
     */
    protected abstract Sampler sampler();

    /**
     * A model that the sampler serves.
     *
     * @return a model whose numbers are finite
     */
    protected abstract ScoreModel model();

    /**
     * How near samples come to a normal law whose score is exact: their mean in units of its deviation, and their
     * deviation relative to it.
     *
     * @return 0.25 unless overridden; infinity for a sampler under test of so few steps that it comes nowhere near, whose accuracy
     *     another test looks at
     */
    protected double accuracy() {
        return 0.25;
    }

    /**
     * Rule of {@link BatchSampler#run}: it carries a batch from the prior to samples. Of the normal law N(2, 1/4) under the
     * Ornstein-Uhlenbeck process they have its mean and deviation, up to {@link #accuracy} and the scatter of their number. A
     * sampler that refuses that process is not asked.
     */
    @Test
    void samplesFollowTheExactLaw() {
        assumeTrue(accuracy() < Double.POSITIVE_INFINITY, "its accuracy is tested elsewhere");
        int size = 4000;
        ExactGaussian exact = new ExactGaussian(new OrnsteinUhlenbeck(2, 0.01), 2, 0.5);
        assumeTrue(sampler().refusal(exact.process()).isEmpty(), "refuses affine processes");
        Points x = Points.zeros(2, size);
        exact.process().prior(new CounterRandom(SEED), 0, x);
        sampler().prepare(exact, RunContext.quiet(SEED)).run(x, noise(0), StepObserver.NONE);
        double end = exact.process().earliest();
        // Four standard errors of a mean, and of a deviation (which scatters less).
        double scatter = 4 / Math.sqrt(size);
        for (int i = 0; i < 2; i++) {
            double[] values = x.column(i);
            double mean = Arrays.stream(values).average().orElseThrow();
            double variance = Arrays.stream(values)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            String rule = "samples of N(2, 1/4) have to follow it: coordinate " + (i + 1) + " has ";
            assertEquals(
                    0,
                    (mean - exact.mean(end)) / exact.deviation(end),
                    accuracy() + scatter,
                    () -> rule + "the mean " + mean + ", expected " + exact.mean(end));
            assertEquals(
                    1,
                    Math.sqrt(variance) / exact.deviation(end),
                    accuracy() + scatter,
                    () -> rule + "the deviation " + Math.sqrt(variance) + ", expected " + exact.deviation(end));
        }
    }

    private Points prior(int first, int size) {
        Points x = Points.zeros(model().process().dim(), size);
        model().process().prior(new CounterRandom(SEED), first, x);
        return x;
    }

    private static Noise noise(int first) {
        return Noise.of(new CounterRandom(SEED + 1), first);
    }

    private BatchSampler bound() {
        return sampler().prepare(model(), RunContext.quiet(SEED));
    }

    @Test
    void servesTheModel() {
        assertEquals(Optional.empty(), sampler().refusal(model().process()), "it refuses the model of its test");
    }

    @Test
    void samplesAreFiniteAndInTheDomain() {
        Points x = prior(0, SIZE);
        bound().run(x, noise(0), StepObserver.NONE);
        DiffusionProcess process = model().process();
        for (int i = 0; i < x.dim(); i++) {
            for (int n = 0; n < SIZE; n++) {
                assertTrue(
                        process.domain(i).contains(x.get(i, n)),
                        "coordinate " + (i + 1) + " of point " + (n + 1) + " is " + x.get(i, n)
                                + ", outside the domain");
            }
        }
    }

    @Test
    void sameSeedSameBits() {
        Points once = prior(0, SIZE);
        Points twice = prior(0, SIZE);
        bound().run(once, noise(0), StepObserver.NONE);
        bound().run(twice, noise(0), StepObserver.NONE);
        assertArrayEquals(once.values(), twice.values(), 0.0);
    }

    @Test
    void pointsDoNotDependOnTheBatch() {
        Points whole = prior(0, SIZE);
        BatchSampler sampler = bound();
        sampler.run(whole, noise(0), StepObserver.NONE);
        for (int from = 0; from < SIZE; from += 3) {
            Points part = prior(from, Math.min(3, SIZE - from));
            sampler.run(part, noise(from), StepObserver.NONE);
            assertArrayEquals(
                    whole.slice(from, Math.min(from + 3, SIZE)).values(),
                    part.values(),
                    0.0,
                    "points from " + (from + 1));
        }
    }

    @Test
    void observerSeesEveryStateInOrder() {
        Points x = prior(0, SIZE);
        Points start = x.copy();
        List<Integer> steps = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        List<Points> states = new ArrayList<>();
        Outcome outcome = bound().run(x, noise(0), (step, t, state) -> {
            steps.add(step);
            times.add(t);
            states.add(state.copy());
        });
        assertEquals(outcome.accepted(), steps.size() - 1);
        assertTrue(outcome.evaluations() > 0, "it tells " + outcome.evaluations() + " evaluations of the model");
        for (int i = 0; i < steps.size(); i++) {
            assertEquals(i, steps.get(i));
            assertTrue(i == 0 || times.get(i) <= times.get(i - 1), "time " + (i + 1) + " is above the one before it");
        }
        assertArrayEquals(start.values(), states.get(0).values(), 0.0);
        assertArrayEquals(x.values(), states.get(states.size() - 1).values(), 0.0);
    }

    @Test
    void observerCanCancel() {
        Points x = prior(0, SIZE);
        BatchSampler sampler = bound();
        assertThrows(
                CancellationException.class,
                () -> sampler.run(x, noise(0), (step, t, state) -> {
                    if (step == 1) {
                        throw new CancellationException();
                    }
                }));
    }

    @Test
    void scoresThatAreNotFiniteAreRefusedByPointAndTime() {
        ScoreModel broken = new NotFinite(model(), 4);
        NumericalException refused = assertThrows(NumericalException.class, () -> {
            Points x = prior(0, SIZE);
            sampler().prepare(broken, RunContext.quiet(SEED)).run(x, noise(0), StepObserver.NONE);
        });
        for (String part : List.of("point ", "t = ")) {
            assertTrue(
                    refused.getMessage().contains(part),
                    "a refusal says '" + part.strip() + "' and which; it says: " + refused.getMessage());
        }
    }

    /** A model whose fields are not a number at one point. */
    private record NotFinite(ScoreModel model, int point) implements ScoreModel {
        @Override
        public DiffusionProcess process() {
            return model.process();
        }

        @Override
        public Evaluator evaluator() {
            Evaluator inner = model.evaluator();
            return new Evaluator() {
                @Override
                public void score(double t, Points x, Points out) {
                    inner.score(t, x, out);
                    spoil(out);
                }

                @Override
                public void velocity(double t, Points x, Points out) {
                    inner.velocity(t, x, out);
                    spoil(out);
                }

                @Override
                public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                    inner.velocityAndRate(t, x, out, rate);
                    spoil(out);
                }

                @Override
                public void logRatio(double t, Points x, double[] out) {
                    inner.logRatio(t, x, out);
                }
            };
        }

        private void spoil(Points out) {
            out.set(0, Math.min(point, out.size() - 1), Double.NaN);
        }
    }
}
