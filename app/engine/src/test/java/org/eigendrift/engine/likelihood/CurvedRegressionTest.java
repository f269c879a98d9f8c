package org.eigendrift.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.contract.LawCopy;
import org.eigendrift.engine.kernel.Normal;
import org.junit.jupiter.api.Test;

/** Three columns given one by coefficients that are set by hand: each follows what those before it leave. */
class CurvedRegressionTest {
    private static final double[] WIDE = {-20, 20};

    private static final CurvedRegression LAW = new CurvedRegression(
            Functions.straight(1),
            Functions.straight(1),
            2,
            List.of(
                    column(new double[] {1, 2}, new double[] {0.2, 0.4}, new double[0], new double[0]),
                    column(new double[] {0, -1}, new double[] {0, 0.6}, new double[] {0.3, 0.1, -0.2}, new double[] {
                        -0.4, 0.1
                    }),
                    column(
                            new double[] {0.5, 0},
                            new double[] {-0.3, 0},
                            new double[] {0.7, 0, 0.2, -0.6, 0.4, 0.05},
                            new double[] {-0.8, 0})));

    private static CurvedRegression.Column column(double[] mean, double[] scale, double[] coupling, double[] left) {
        return new CurvedRegression.Column(mean, scale, WIDE, coupling, left, WIDE, Tails.normal());
    }

    @Test
    void eachColumnFollowsWhatThoseBeforeLeave() {
        double z = 0.8;
        double[] y = {1.9, -0.4, 1.1};
        double first = (y[0] - (1 + 2 * z)) / Math.exp(0.5 * (0.2 + 0.4 * z));
        double spread = Math.exp(0.5 * 0.6 * z);
        double deviation = spread * Math.exp(0.5 * (-0.4 + 0.1 * z));
        double second = (y[1] + z - spread * (0.3 + 0.1 * z - 0.2 * z * z) * first) / deviation;
        double last = Math.exp(0.5 * -0.3);
        double coupled = (0.7 + 0.2 * z * z) * first + (-0.6 + 0.4 * z + 0.05 * z * z) * second;
        double lastDeviation = last * Math.exp(0.5 * -0.8);
        double third = (y[2] - 0.5 - last * coupled) / lastDeviation;
        double expected = Math.log(Normal.density(first) * Normal.density(second) * Normal.density(third))
                - 0.5 * (0.2 + 0.4 * z)
                - Math.log(deviation)
                - Math.log(lastDeviation);
        CurvedRegression.Place place = LAW.place();
        // Another place before: nothing of it stays.
        place.logDensity(new double[] {-3}, new double[] {5, 5, 5});
        assertEquals(expected, place.logDensity(new double[] {z}, y), 1e-13);
        assertEquals(third, place.left()[2], 1e-13);
        assertEquals(3, LAW.size());
    }

    private static LawCopy file() {
        return new LawCopy(List.of(), new Provenance("none", 0, List.of()), Catalog.discover(List.of()));
    }

    @Test
    void aFileHasTheSameLaw() {
        Functions kinked = new Functions(1, new double[] {0.5}, new double[0]);
        Functions waving = new Functions(1, new double[0], new double[] {1.5, 0.3});
        double[] three = {0.1, 0.2, 0.3};
        Tails heavy = Tails.of(new double[] {3, -4, 0.1});
        CurvedRegression law = new CurvedRegression(
                        waving,
                        kinked,
                        1,
                        List.of(
                                column(three, three, new double[0], new double[0]),
                                column(three, three, new double[] {0.2, -0.5}, three)))
                .with(List.of(heavy, Tails.normal()));
        LawCopy file = file();
        assertFalse(CurvedRegression.isIn(file));
        law.write(file);
        assertTrue(CurvedRegression.isIn(file));
        CurvedRegression again = CurvedRegression.read(file, 1, 2);
        file.requireAllRead();
        double[] z = {0.9};
        double[] y = {0.4, -2};
        assertEquals(law.place().logDensity(z, y), again.place().logDensity(z, y));
    }

    private static void refused(String what, int dim, int columns, CurvedRegression.Column first) {
        LawCopy file = file();
        new CurvedRegression(Functions.straight(1), Functions.straight(1), 0, List.of(first)).write(file);
        String said = assertThrows(InputException.class, () -> CurvedRegression.read(file, dim, columns))
                .getMessage();
        assertTrue(said.contains(what), said);
    }

    @Test
    void damagedFilesAreRefused() {
        double[] two = {0, 1};
        double[] none = new double[0];
        CurvedRegression.Column right = new CurvedRegression.Column(two, two, WIDE, none, none, WIDE, Tails.normal());
        refused("'likelihood.shape' is not of 2 and 1 columns", 2, 1, right);
        refused("'likelihood.shape' is not of 1 and 3 columns", 1, 3, right);
        refused("'likelihood.0.mean' has 3 numbers, expected 2", 1, 1, column(new double[3], two, none, none));
        refused("'likelihood.0.left' has 2 numbers, expected 0", 1, 1, column(two, two, none, two));
        refused(
                "'likelihood.0.scale' has a number that is not finite",
                1,
                1,
                column(two, new double[] {0, Double.NaN}, none, none));
        refused(
                "'likelihood.0.range' is empty",
                1,
                1,
                new CurvedRegression.Column(two, two, new double[] {1, 0}, none, none, WIDE, Tails.normal()));
        double[][] shares = {{0, 0, 0.5, 0, 0, 0, 0, 0}, {-1, 0, 2, 0, 0, 0, 0, 0}};
        for (double[] of : shares) {
            refused(
                    "'likelihood.0.tails' is no shares of a whole",
                    1,
                    1,
                    new CurvedRegression.Column(two, two, WIDE, none, none, WIDE, new Tails(of)));
        }
    }
}
