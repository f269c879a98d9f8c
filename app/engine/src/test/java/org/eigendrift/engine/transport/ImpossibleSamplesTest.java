package org.eigendrift.engine.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.Models;
import org.junit.jupiter.api.Test;

class ImpossibleSamplesTest {
    /** Draws of the law stay what they are; what cannot be one becomes the draw that begins at the same start. */
    @Test
    void onlyWhatCannotBeIsReplaced() {
        EigenScoreModel model = Models.arbitrary(List.of("hermite", "mean-field"), 2, 2);
        Points starts = Points.zeros(2, 400);
        model.process().prior(new CounterRandom(5), 0, starts);
        Points draws = starts.copy();
        ControlledFlow.OF_SAMPLES.carry(model, draws, StepObserver.NONE);
        ImpossibleSamples check = new ImpossibleSamples(model);
        Points x = draws.copy();
        assertEquals(new ImpossibleSamples.Found(0, 0), check.replace(x, starts));
        assertArrayEquals(draws.values(), x.values());
        x.set(0, 7, 145);
        x.set(1, 30, -8500);
        x.set(0, 31, Double.NaN);
        assertEquals(new ImpossibleSamples.Found(3, 0), check.replace(x, starts));
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
        assertEquals(new ImpossibleSamples.Found(expected, 0), new ImpossibleSamples(model).replace(told, starts));
        for (int n = 0; n < count; n++) {
            assertEquals(impossible[n], told.get(0, n) != x.get(0, n), "point " + n);
        }
    }
}
