package org.eigendrift.engine.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.Models;
import org.junit.jupiter.api.Test;

class ControlledFlowTest {
    private static final EigenScoreModel MODEL = Models.arbitrary(List.of("hermite", "mean-field"), 2, 2);
    private static final RunContext RUN = RunContext.quiet(3);

    private static Points starts(int count) {
        Points starts = Points.zeros(2, count);
        MODEL.process().prior(new CounterRandom(5), 0, starts);
        return starts;
    }

    private static Outcome run(double tolerance, Points x, StepObserver observer) {
        BatchSampler sampler = new ControlledFlow(tolerance).prepare(MODEL, RUN);
        return sampler.run(x, Noise.of(new CounterRandom(1), 0), observer);
    }

    @Test
    void whatBecomesOfAPointDependsOnThePointAlone() {
        Points all = starts(50);
        run(1e-3, all, StepObserver.NONE);
        for (int n : new int[] {0, 17, 49}) {
            Points alone = starts(50).slice(n, n + 1);
            run(1e-3, alone, StepObserver.NONE);
            assertArrayEquals(all.slice(n, n + 1).values(), alone.values());
        }
    }

    /**
     * The tolerance bounds a step's error; of the ten steps from T = 3 to 0.01 and their halves the errors add up, and the
     * flow may stretch them: by less than a hundred together here. The reference's own error is a millionth of that.
     */
    @Test
    void errorsFollowTheTolerance() {
        Points exact = starts(300);
        run(1e-10, exact, StepObserver.NONE);
        double[] scales = PriorScales.of(MODEL.process());
        for (double tolerance : new double[] {1e-3, 1e-5}) {
            Points x = starts(300);
            run(tolerance, x, StepObserver.NONE);
            for (int i = 0; i < 2; i++) {
                for (int n = 0; n < x.size(); n++) {
                    assertEquals(exact.get(i, n), x.get(i, n), 100 * tolerance * scales[i], tolerance + ": " + n);
                }
            }
        }
    }

    @Test
    void statesAreToldAndEvaluationsCounted() {
        List<Double> times = new ArrayList<>();
        Points x = starts(20);
        Points begin = x.copy();
        List<Points> states = new ArrayList<>();
        Outcome outcome = run(1e-3, x, (step, t, state) -> {
            assertEquals(times.size(), step);
            times.add(t);
            states.add(state.copy());
        });
        assertArrayEquals(begin.values(), states.get(0).values());
        assertArrayEquals(x.values(), states.get(states.size() - 1).values());
        assertEquals(MODEL.process().horizon(), times.get(0), 1e-12);
        assertEquals(MODEL.process().earliest(), times.get(times.size() - 1), 1e-12);
        // A first evaluation, and six for each step that was tried.
        int tried = outcome.accepted() + outcome.rejected();
        assertEquals(1 + 6 * tried, outcome.evaluations(), 12, "three means rounded up");
        assertTrue(outcome.accepted() >= times.size() - 1);
    }

    @Test
    void aPointThatIsNotFiniteIsNoSample() {
        Points x = starts(3);
        x.set(1, 2, Double.NaN);
        assertThrows(NumericalException.class, () -> run(1e-3, x, StepObserver.NONE));
    }

    /** A sampler that carries a point off: what is said of it reaches whoever asked for draws. */
    @Test
    void drawsThatWereMendedAreSaidToBe() {
        BatchSampler off = (x, noise, observer) -> {
            Outcome outcome = ControlledFlow.OF_SAMPLES.carry(MODEL, x, observer);
            x.set(0, 0, 145);
            return outcome;
        };
        Draws draws = Sampling.draw(MODEL, new Named(off), 10, RUN);
        assertEquals(1, draws.remarks().size());
        assertTrue(draws.remarks().get(0).startsWith("1 of 10 samples left the law"), draws.remarks()::toString);
        assertEquals(
                List.of(),
                Sampling.draw(MODEL, ControlledFlow.OF_SAMPLES, 10, RUN).remarks());
    }

    private record Named(BatchSampler sampler) implements Sampler {
        @Override
        public Optional<String> refusal(DiffusionProcess process) {
            return Optional.empty();
        }

        @Override
        public BatchSampler prepare(ScoreModel model, RunContext run) {
            return sampler;
        }
    }
}
