package org.eigendrift.engine.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntFunction;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.Models;
import org.junit.jupiter.api.Test;

class ImpossibleSamplesTest {
    private static final IntFunction<Points> NO_OTHERS = n -> {
        throw new AssertionError("point " + n + " was given up");
    };

    /** Draws of the law stay what they are; what cannot be one becomes the draw that begins at the same start. */
    @Test
    void onlyWhatCannotBeIsReplaced() {
        EigenScoreModel model = Models.arbitrary(List.of("hermite", "mean-field"), 2, 2);
        Points starts = Points.zeros(2, 400);
        model.process().prior(new CounterRandom(5), 0, starts);
        Points draws = starts.copy();
        ControlledFlow.OF_SAMPLES.carry(model, draws, StepObserver.NONE);
        ImpossibleSamples check = new ImpossibleSamples(model, true);
        Points x = draws.copy();
        assertEquals(new ImpossibleSamples.Found(0, 0), check.replace(x, starts, NO_OTHERS));
        assertArrayEquals(draws.values(), x.values());
        x.set(0, 7, 145);
        x.set(1, 30, -8500);
        x.set(0, 31, Double.NaN);
        assertEquals(new ImpossibleSamples.Found(3, 0), check.replace(x, starts, NO_OTHERS));
        assertArrayEquals(draws.values(), x.values());
    }

    /**
     * Along the first coordinate: exp(-30) times the product of Cauchy densities about the quartiles is where draws begin to be
     * impossible. The steps of 0.01 cross it within a tenth of a nat.
     */
    @Test
    void impossibleIsWhatLiesThirtyNatsBelowCauchyDensities() {
        EigenScoreModel model = Models.arbitrary(List.of("hermite", "mean-field"), 2, 2);
        int count = 3_000;
        Points x = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            x.set(0, n, 0.01 * n);
            x.set(1, n, 0.3);
        }
        double[] nats = new double[count];
        double[] ratio = new double[count];
        model.process().logReference(x, nats);
        model.evaluator().logRatio(model.process().earliest(), x, ratio);
        int expected = 0;
        boolean[] impossible = new boolean[count];
        for (int n = 0; n < count; n++) {
            double cauchy = 1;
            for (int i = 0; i < 2; i++) {
                double q1 = model.basis().coordinate(i).basis().quantile(0.25);
                double q3 = model.basis().coordinate(i).basis().quantile(0.75);
                double z = (x.get(i, n) - (q1 + q3) / 2) / ((q3 - q1) / 2);
                cauchy /= Math.PI * (q3 - q1) / 2 * (1 + z * z);
            }
            impossible[n] = nats[n] + ratio[n] < Math.log(cauchy) - 30;
            expected += impossible[n] ? 1 : 0;
        }
        assertTrue(expected > 1_000 && expected < 2_900, expected + " of " + count);
        Points starts = Points.zeros(2, count);
        Points told = x.copy();
        assertEquals(
                new ImpossibleSamples.Found(expected, 0),
                new ImpossibleSamples(model, true).replace(told, starts, NO_OTHERS));
        for (int n = 0; n < count; n++) {
            assertEquals(impossible[n], told.get(0, n) != x.get(0, n), "point " + n);
        }
    }

    /** Where the flow leads nowhere, the draw is that of another start; where that leads nowhere too, there is no law. */
    @Test
    void startsThatLeadNowhereAreReplaced() {
        EigenScoreModel model = Models.arbitrary(List.of("hermite", "mean-field"), 2, 2);
        Points starts = Points.zeros(2, 20);
        model.process().prior(new CounterRandom(5), 0, starts);
        Points other = Points.ofRows(new double[] {0.2, 0.1});
        starts.set(1, 4, Double.NaN);
        Points x = starts.copy();
        ControlledFlow.OF_SAMPLES.carry(model, x, StepObserver.NONE);
        x.set(0, 9, 1e6);
        ImpossibleSamples check = new ImpossibleSamples(model, true);
        assertEquals(new ImpossibleSamples.Found(1, 1), check.replace(x, starts, n -> {
            assertEquals(4, n);
            return other.copy();
        }));
        // The steps of a second and third try are a quarter as long each: the other start is carried in the shortest.
        Points expected = other.copy();
        ControlledFlow.OF_SAMPLES.tighter().tighter().tighter().carry(model, expected, StepObserver.NONE);
        assertArrayEquals(expected.values(), x.slice(4, 5).values());

        x.set(0, 4, Double.NaN);
        String said = assertThrows(NumericalException.class, () -> check.replace(x, starts, n -> starts.slice(4, 5)))
                .getMessage();
        assertTrue(said.startsWith("samples are impossible by the law's own density"), said);
    }

    /** Of ten thousand samples up to a hundred may be of other starts, which is said; beyond that there are no samples. */
    @Test
    void aLawThatLeadsNowhereTooOftenHasNoSamples() {
        assertEquals(List.of(), Sampling.remarks(ControlledFlow.OF_SAMPLES, 0, 0, 10_000));
        String said =
                Sampling.remarks(ControlledFlow.OF_SAMPLES, 0, 100, 10_000).get(0);
        assertTrue(said.startsWith("100 of 10000 samples were drawn from other starts"), said);
        said = assertThrows(NumericalException.class, () -> Sampling.remarks(ControlledFlow.OF_SAMPLES, 0, 101, 10_000))
                .getMessage();
        assertTrue(said.startsWith("101 of 10000 samples are impossible"), said);
    }
}
