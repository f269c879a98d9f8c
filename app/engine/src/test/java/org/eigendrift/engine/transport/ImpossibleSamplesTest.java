package org.eigendrift.engine.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
