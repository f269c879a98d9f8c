package org.eigendrift.engine.basis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
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

    /** Central differences of steps of 1e-5 along each direction: off by 1e-10 times third derivatives, and by rounding over 1e-5. */
    @Test
    void slopesAlongDirectionsAreDifferences() {
        ProductBasis basis = Families.complete(Families.coordinates(FAMILIES, 3), 2);
        int count = 12;
        Points z = Families.rows(FAMILIES, count, 5);
        z.set(0, 3, 4.5);
        z.set(2, 4, -3.5);
        Points direction = Points.zeros(3, count);
        for (int i = 0; i < 3; i++) {
            for (int n = 0; n < count; n++) {
                direction.set(i, n, Math.sin(1 + 2 * i + n));
            }
        }
        double h = 1e-5;
        double[] up = moved(basis, z, direction, h);
        double[] down = moved(basis, z, direction, -h);
        double[] found = new double[basis.size() * count];
        Arrays.fill(found, 99);
        new FunctionValues(basis).along(z, direction, found);
        for (int at = 0; at < found.length; at++) {
            double slope = (up[at] - down[at]) / (2 * h);
            assertEquals(slope, found[at], 1e-6 * Math.max(1, Math.abs(slope)), "at " + at);
        }
    }

    private static double[] moved(ProductBasis basis, Points z, Points direction, double step) {
        Points there = z.copy();
        for (int i = 0; i < z.dim(); i++) {
            for (int n = 0; n < z.size(); n++) {
                there.set(i, n, z.get(i, n) + step * direction.get(i, n));
            }
        }
        double[] out = new double[basis.size() * z.size()];
        new FunctionValues(basis).of(there, z.size(), out);
        return out;
    }
}
