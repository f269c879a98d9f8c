package org.eigendrift.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.guidance.FitGradient;
import org.eigendrift.engine.guidance.FlowAdjoint;
import org.eigendrift.engine.moment.MomentTable;
import org.junit.jupiter.api.Test;

/** Gradients with respect to the moments of a model as it was fitted, beside the model of other moments. */
class FitGradientOfModelTest {
    private static final Points ROWS = Families.rows(List.of("hermite", "hermite"), 300, 5);

    private static double[] times(CurvedScoreModel model) {
        double first = model.process().horizon();
        double last = model.process().earliest();
        double[] times = new double[201];
        for (int k = 0; k <= 200; k++) {
            times[k] = k == 0 ? first : k == 200 ? last : first * Math.pow(last / first, k / 200.0);
        }
        return times;
    }

    private static double sample(FittedModel fit) {
        CurvedScoreModel model = (CurvedScoreModel) fit.scoreModel();
        return new FlowAdjoint(model, times(model))
                .samples(Points.ofRows(new double[] {0.4, -0.3}))
                .get(0, 0);
    }

    /** Rows once more weigh as they are: moments move by m(rows) - m, and so does a sample as far as ridges and sizes stay. */
    @Test
    void moreOfSomeRowsMoveASampleAsTheGradientSays() {
        FittedModel fit = Models.fit(InMemory.of(ROWS), Models.hermite(3), Models.RUN);
        CurvedScoreModel model = (CurvedScoreModel) fit.scoreModel();
        FlowAdjoint flow = new FlowAdjoint(model, times(model));
        Points end = flow.samples(Points.ofRows(new double[] {0.4, -0.3}));
        FitGradient gradient = FitGradient.of(fit);
        flow.gradient(end, Points.ofRows(new double[] {1, 0}), gradient);
        double[] ofMoments = gradient.moments();
        // Twenty rows among a hundred times all of them: a change of 7e-4, so that what is not linear is as small
        // again.
        MomentTable changed = fit.table().copy();
        for (int k = 0; k < 99; k++) {
            changed.add(fit.table());
        }
        changed.add(fit.moments(InMemory.of(ROWS.slice(0, 20)), Models.RUN));
        double[] before = fit.table().means();
        double[] after = changed.means();
        double expected = 0;
        for (int c = 0; c < before.length; c++) {
            expected += ofMoments[c] * (after[c] - before[c]);
        }
        double moved = sample(fit.withMoments(changed, List.of(), Models.RUN)) - sample(fit);
        assertTrue(Math.abs(moved) > 1e-6, "moved " + moved);
        assertEquals(expected, moved, 0.02 * Math.abs(moved));
        assertTrue(DoubleStream.of(ofMoments).allMatch(Double::isFinite));
    }

    @Test
    void sumsOnAGridHaveNoMoments() {
        FittedModel fit = Models.fit(InMemory.of(ROWS), Models.onGrid(Models.hermite(3)), Models.RUN);
        InputException refused =
                assertThrows(InputException.class, () -> FitGradient.of(fit).moments());
        assertTrue(refused.getMessage().contains("sums for each of its times"), refused.getMessage());
    }
}
