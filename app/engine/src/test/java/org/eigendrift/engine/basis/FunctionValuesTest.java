package org.eigendrift.engine.basis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.ThetaPath;
import org.junit.jupiter.api.Test;

/** Every function alone is what a model whose only coefficient is 1 adds to its reference law. */
class FunctionValuesTest {
    private static final List<String> FAMILIES = List.of("hermite", "fourier", "mean-field");

    @Test
    void areThoseOfAModelAlsoBeyondTheData() {
        ProductBasis basis = Families.complete(Families.coordinates(FAMILIES, 3), 3);
        Points z = Families.rows(FAMILIES, 40, 5);
        z.set(0, 3, 25);
        z.set(2, 4, -40);
        FunctionValues values = new FunctionValues(basis);
        double[] out = new double[basis.size() * 40];
        double[] few = new double[basis.size() * 7];
        values.of(z.slice(0, 7), 7, few);
        values.of(z, 40, out);
        for (int a = 0; a < basis.size(); a++) {
            double[] unit = new double[basis.size()];
            unit[a] = 1;
            ScoreModel model =
                    new EigenScoreModel(basis, new ThetaPath(TimeGrid.of(2, 1), new double[][] {unit, unit}));
            double[] expected = new double[40];
            model.evaluator().logRatio(1, z, expected);
            for (int n = 0; n < 40; n++) {
                // The same factors, multiplied in another order.
                assertEquals(expected[n], out[a * 40 + n], 1e-12 * Math.max(1, Math.abs(expected[n])));
                if (n < 7) {
                    assertEquals(expected[n], few[a * 7 + n], 1e-12 * Math.max(1, Math.abs(expected[n])));
                }
            }
        }
    }
}
