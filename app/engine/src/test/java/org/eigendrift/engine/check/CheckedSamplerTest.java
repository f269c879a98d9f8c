package org.eigendrift.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.model.Models;
import org.junit.jupiter.api.Test;

/** Samples on a line, on a circle of circumference 2 pi and in the interval from -0.5 to 2. */
class CheckedSamplerTest {
    private static final ScoreModel MODEL = Models.arbitrary(List.of("hermite", "fourier", "cosine"), 2, 1);
    private static final RunContext RUN = RunContext.quiet(1);

    /** Writes one number into a coordinate of the second point. */
    private record Writes(int coordinate, double value, Outcome cost) implements Sampler {
        @Override
        public Optional<String> refusal(DiffusionProcess process) {
            return Optional.empty();
        }

        @Override
        public BatchSampler prepare(ScoreModel model, RunContext run) {
            assertSame(MODEL, model);
            return (x, noise, observer) -> {
                x.set(coordinate, 1, value);
                return cost;
            };
        }
    }

    private static Points run(Sampler sampler) {
        Points x = Points.ofRows(new double[][] {{1, 1, 0.1}, {2, 2, 0.2}, {3, 3, 0.3}});
        CheckedSampler.prepare(sampler, MODEL, RUN).run(x, Noise.of(new CounterRandom(1), 0), StepObserver.NONE);
        return x;
    }

    private static double written(int coordinate, double value) {
        return run(new Writes(coordinate, value, new Outcome(3, 2, 1))).get(coordinate, 1);
    }

    private static String fault(int coordinate, double value) {
        return assertThrows(PluginException.class, () -> written(coordinate, value))
                .getMessage();
    }

    @Test
    void whatABatchCostIsToldOn() {
        Outcome cost = new Outcome(3, 2, 1);
        Points x = Points.zeros(3, 2);
        assertSame(
                cost,
                CheckedSampler.prepare(new Writes(0, 5, cost), MODEL, RUN)
                        .run(x, Noise.of(new CounterRandom(1), 0), StepObserver.NONE));
        assertEquals(5, x.get(0, 1));
        assertTrue(assertThrows(PluginException.class, () -> run(new Writes(0, 5, null)))
                .getMessage()
                .contains("returned null for what a batch cost"));
        Sampler none = new Sampler() {
            @Override
            public Optional<String> refusal(DiffusionProcess process) {
                return Optional.empty();
            }

            @Override
            public BatchSampler prepare(ScoreModel model, RunContext run) {
                return null;
            }
        };
        assertTrue(assertThrows(PluginException.class, () -> CheckedSampler.prepare(none, MODEL, RUN))
                .getMessage()
                .contains("returned null from prepare"));
    }

    /** By no more than a billionth of the width of 2.5, and it is reflected there. Rounding of numbers near 2 is 4e-16. */
    @Test
    void whatRoundingCarriesAcrossAnEndIsBroughtBack() {
        assertEquals(-0.5 + 2e-9, written(2, -0.5 - 2e-9), 1e-15);
        assertEquals(2 - 2e-9, written(2, 2 + 2e-9), 1e-15);
        assertEquals(2, written(2, 2));
        assertTrue(fault(2, -0.5 - 3e-9)
                .contains("coordinate 3 of point 2 is -0.500000; expected a finite number from -0.500000 to 2.00000"));
        assertTrue(fault(2, 2 + 3e-9).contains("coordinate 3 of point 2 is 2.00000"));
        assertTrue(fault(2, 3).contains("coordinate 3 of point 2 is 3.00000"), fault(2, 3));
    }

    /** The end of a circle is its beginning; a sampler that goes on beyond it does not know that it walks on one. */
    @Test
    void aCircleGoesOnWhereItEnds() {
        double turn = 2 * Math.PI;
        assertEquals(turn - 6e-9, written(1, -6e-9), 1e-14);
        assertEquals(6e-9, written(1, turn + 6e-9), 1e-14);
        assertEquals(0, written(1, turn));
        assertTrue(fault(1, -7e-9).contains("coordinate 2 of point 2 is -7.00000e-09"), fault(1, -7e-9));
        assertTrue(fault(1, turn + 0.1).contains("coordinate 2 of point 2 is 6.38319"));
        assertTrue(fault(1, -0.1).contains("coordinate 2 of point 2 is -0.100000"));
        assertTrue(fault(1, 3 * turn + 1).contains("coordinate 2 of point 2 is 19.8496"));
    }

    @Test
    void aSampleIsFinite() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (int coordinate = 0; coordinate < 3; coordinate++) {
                String found = fault(coordinate, value);
                assertTrue(found.contains("coordinate " + (coordinate + 1) + " of point 2 is"), found);
            }
        }
    }
}
