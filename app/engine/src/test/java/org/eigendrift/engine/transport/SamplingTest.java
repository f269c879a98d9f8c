package org.eigendrift.engine.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.Models;
import org.eigendrift.engine.model.ProductProcess;
import org.junit.jupiter.api.Test;

/** Draws in batches, by the flow, whose points depend on their starts alone. */
class SamplingTest {
    private static final EigenScoreModel MODEL = Models.arbitrary(List.of("hermite", "mean-field"), 2, 2);

    /** Costs as many evaluations as a batch has points. */
    private record Flows(Optional<String> refused) implements Sampler {
        @Override
        public Optional<String> refusal(DiffusionProcess process) {
            return refused;
        }

        @Override
        public BatchSampler prepare(ScoreModel model, RunContext run) {
            return (x, noise, observer) -> {
                observer.state(0, 1, x);
                ControlledFlow.OF_SAMPLES.carry(model, x, StepObserver.NONE);
                return new Outcome(x.size(), 2, 1);
            };
        }
    }

    /** Of 2,500 points the first 1,024, as many more and the rest are batches; each point begins where its number says. */
    @Test
    void pointsBeginWhereTheirNumbersSayWhateverTheirBatch() {
        RunContext run = RunContext.quiet(3);
        Draws draws = Sampling.draw(MODEL, new Flows(Optional.empty()), 2_500, run);
        Points starts = Points.zeros(2, 2_500);
        Sampling.starts(MODEL.process(), run, 0, starts);
        Points expected = starts.copy();
        ControlledFlow.OF_SAMPLES.carry(MODEL, expected, StepObserver.NONE);
        assertArrayEquals(expected.values(), draws.rows().values());
        assertEquals(new Outcome(1_024, 2, 1), draws.outcome());
        assertEquals(List.of(), draws.remarks());
        Points some = Points.zeros(2, 3);
        Sampling.starts(MODEL.process(), run, 2_000, some);
        assertArrayEquals(starts.slice(2_000, 2_003).values(), some.values());
        Draws none = Sampling.draw(MODEL, new Flows(Optional.empty()), 0, run);
        assertEquals(0, none.rows().size());
        assertEquals(new Outcome(0, 0, 0), none.outcome());
    }

    /** A product's quartiles hold a quarter of 1,000 points but for one or two; independent ones would stray by 14. */
    @Test
    void startsOfAProductAreEven() {
        Points starts = Points.zeros(2, 1_000);
        Sampling.starts(MODEL.process(), RunContext.quiet(3), 0, starts);
        double lower = MODEL.basis().coordinate(0).basis().quantile(0.25);
        int below = 0;
        for (int n = 0; n < 1_000; n++) {
            below += starts.get(0, n) < lower ? 1 : 0;
        }
        assertEquals(250, below, 3);
    }

    @Test
    void progressIsToldAndCancellationHeard() {
        AtomicLong advanced = new AtomicLong();
        AtomicLong total = new AtomicLong();
        AtomicLong closed = new AtomicLong();
        Progress progress = (name, all) -> {
            assertEquals("samples", name);
            total.addAndGet(all);
            return new Progress.Task() {
                @Override
                public void advance(long units) {
                    advanced.addAndGet(units);
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        };
        Sampling.draw(MODEL, new Flows(Optional.empty()), 1_500, new RunContext(3, 1, progress, () -> false));
        assertEquals(1_500, advanced.get());
        assertEquals(1_500, total.get());
        assertEquals(1, closed.get());
        RunContext cancelled = new RunContext(3, 1, Progress.NONE, () -> true);
        assertThrows(
                CancellationException.class, () -> Sampling.draw(MODEL, new Flows(Optional.empty()), 5, cancelled));
    }

    @Test
    void aSamplerThatRefusesTheProcessIsNotRun() {
        Flows refuses = new Flows(Optional.of("no such process"));
        assertEquals(
                "sampler: no such process",
                assertThrows(InputException.class, () -> Sampling.draw(MODEL, refuses, 5, RunContext.quiet(1)))
                        .getMessage());
    }

    /** Of numbers a + b n, n from 0 to 255, the variance is b^2 (256^2 - 1) / 12. */
    @Test
    void scalesAreTheDeviationsOfThePrior() {
        double[] scales = PriorScales.of(new Ramp());
        double unit = Math.sqrt((256.0 * 256 - 1) / 12);
        assertEquals(2 * unit, scales[0], 1e-10);
        assertEquals(0.1 * unit, scales[1], 1e-10);
        assertEquals(2, scales.length);
    }

    /** A process whose draws are 5 + 2 n and 7 - n / 10. */
    private static final class Ramp implements DiffusionProcess {
        @Override
        public int dim() {
            return 2;
        }

        @Override
        public double horizon() {
            return 1;
        }

        @Override
        public double earliest() {
            return 0;
        }

        @Override
        public Domain domain(int coordinate) {
            return new Domain.Line();
        }

        @Override
        public void drift(double t, Points x, Points out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void diffusion(double t, Points x, Points out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void prior(CounterRandom random, long first, Points out) {
            for (int n = 0; n < out.size(); n++) {
                out.set(0, n, 5 + 2 * (first + n));
                out.set(1, n, 7 - 0.1 * (first + n));
            }
        }

        @Override
        public void logPrior(Points x, double[] out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void logReference(Points x, double[] out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<AffineProcess> affine() {
            return Optional.empty();
        }
    }

    /** Other processes than products have starts of their own. */
    @Test
    void anyProcessSaysWhereItBegins() {
        Points starts = Points.zeros(2, 3);
        Sampling.starts(new Ramp(), RunContext.quiet(1), 4, starts);
        assertArrayEquals(new double[] {13, 15, 17}, starts.column(0));
    }

    /** A known law is its flow: scores by the likelihood, draws by their numbers. */
    @Test
    void aKnownLawIsItsFlow() {
        List<Column> columns = List.of(Column.real("a"), Column.bounded("b", -0.5, 2));
        ExactLaw law = new ExactLaw(MODEL, columns);
        RunContext run = RunContext.quiet(2);
        Points x = Points.zeros(2, 5);
        MODEL.process().prior(new CounterRandom(8), 0, x);
        assertArrayEquals(
                new FlowLikelihood(MODEL, FlowLikelihood.TOLERANCE, new Parallel(1))
                        .of(x)
                        .nats(),
                law.logDensity(x, run).nats());
        Points all = law.draw(DrawRequest.of(5), run).rows();
        Points some = law.draw(new DrawRequest(2, 3, Optional.empty()), run).rows();
        assertArrayEquals(all.slice(2, 5).values(), some.values());
        Sampler flows = new Flows(Optional.empty());
        Points ends = Points.zeros(2, 4);
        Sampling.starts(MODEL.process(), run, 0, ends);
        ControlledFlow.OF_SAMPLES.carry(MODEL, ends, StepObserver.NONE);
        assertArrayEquals(
                ends.values(),
                law.draw(new DrawRequest(0, 4, Optional.of(flows)), run).rows().values());
        assertEquals("exact", law.provenance().kind());
        assertEquals(0, law.provenance().rows());
        assertSame(x, law.toData(x));
        assertTrue(law.otherFlows().isEmpty());
        assertFalse(law.drawsHaveDensity());
        assertTrue(MODEL.process() instanceof ProductProcess);
    }
}
