package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.contract.FrameContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UnboundFrameTest {
    private static final List<Column> COLUMNS = List.of(
            Column.real("height"),
            Column.positive("price"),
            Column.bounded("share", -2, 2),
            Column.angle("phase", 0, 2 * Math.PI));

    @Nested
    class EveryKind extends FrameContract<UnboundFrame.Options> {
        @Override
        protected FrameProvider<UnboundFrame.Options> provider() {
            return new UnboundFrame();
        }

        @Override
        protected Dataset data() {
            return Tables.random(COLUMNS, 1000);
        }

        /** Small, for rows next to a bound. */
        @Override
        protected double differenceStep() {
            return 1e-6;
        }
    }

    @Nested
    class OneColumn extends EveryKind {
        @Override
        protected UnboundFrame.Options options() {
            return new UnboundFrame.Options(List.of("share"), List.of());
        }
    }

    @Nested
    class WithKnee extends EveryKind {
        /** Below the mean of 10, so that rows lie on either side. */
        @Override
        protected UnboundFrame.Options options() {
            return new UnboundFrame.Options(List.of(), List.of(3.0));
        }
    }

    private static Frame frame(Column column, double... values) {
        return frame(List.of(), column, values);
    }

    private static Frame frame(List<Double> knees, Column column, double... values) {
        Dataset data = new InMemory(List.of(column), Points.wrap(1, values.length, values));
        return new UnboundFrame()
                .create(new UnboundFrame.Options(List.of(), knees), new FrameContext(data, RunContext.quiet(1)));
    }

    /** Percents in whole numbers have 0 and 100 among them: 0 stands for what lies below 0.5, and is read as 0.25, whose logit is log(0.25 / 99.75). */
    @Test
    void roundedValuesOnABoundAreReadFromTheMiddleOfTheirStep() {
        Column percent = Column.bounded("share", 0, 100).withStep(1);
        Frame frame = frame(percent, 0, 0.25, 50, 99.75, 100);
        Points z = Points.zeros(1, 5);
        double[] log = new double[5];
        frame.forward(Points.wrap(1, 5, new double[] {0, 0.25, 50, 99.75, 100}), z, log);
        assertEquals(Math.log(0.25 / 99.75), z.get(0, 0), 1e-14);
        assertEquals(z.get(0, 1), z.get(0, 0));
        assertEquals(log[1], log[0]);
        assertEquals(z.get(0, 3), z.get(0, 4));
        assertEquals(log[3], log[4]);
    }

    /** log x with Jacobian 1 / x; logit with Jacobian w / ((x - l)(u - x)); by hand. */
    @Test
    void valuesByHand() {
        double[] jacobian = {0.5, 0.5};
        Points z = Points.zeros(1, 2);
        frame(Column.positive("p"), 1, 2).forward(Points.wrap(1, 2, new double[] {1, Math.E}), z, jacobian);
        assertArrayEquals(new double[] {0, 1}, z.values(), 1e-15);
        assertArrayEquals(new double[] {0.5, -0.5}, jacobian, 1e-15);
        jacobian = new double[2];
        frame(Column.bounded("s", 10, 14), 12).forward(Points.wrap(1, 2, new double[] {12, 13}), z, jacobian);
        assertArrayEquals(new double[] {0, Math.log(3)}, z.values(), 1e-15);
        assertArrayEquals(new double[] {0, Math.log(4.0 / 3)}, jacobian, 1e-15);
    }

    /**
     * z = 2 log(e^u - 1) with u = sqrt(x / s), by hand where u = log 2, so that z = 0 and dz/dx = 2 / (1 - 1/2) du/dx,
     * du/dx = u / (2 x); log(x / s) + u far below the knee and 2 u far beyond it, by the series.
     */
    @Test
    void theKneeByHand() {
        double knee = 5;
        double u = Math.log(2);
        double[] x = {knee * u * u, 1e-12 * knee, 1e4 * knee};
        Points z = Points.zeros(1, 3);
        double[] jacobian = new double[3];
        Frame frame = frame(List.of(knee), Column.positive("p"), 1);
        frame.forward(Points.wrap(1, 3, x), z, jacobian);
        // 2 log(1 - e^-u) and 2 u cancel: a few roundings of numbers of order 1.
        assertEquals(0, z.get(0, 0), 1e-15);
        assertEquals(Math.log(2 * u / x[0]), jacobian[0], 1e-15);
        // The next term of the series is u^2 / 12 = 1e-13.
        assertEquals(Math.log(1e-12) + 1e-6, z.get(0, 1), 1e-13);
        assertEquals(-Math.log(x[1]) + 0.5e-6, jacobian[1], 1e-13);
        // exp(-100) is lost.
        assertEquals(200, z.get(0, 2));
        assertEquals(Math.log(100 / x[2]), jacobian[2], 1e-14);
    }

    @Test
    void kneesAreOfThePositiveColumns() {
        Dataset data = Tables.random(List.of(Column.positive("a"), Column.real("b"), Column.positive("c")), 5);
        FrameContext context = new FrameContext(data, RunContext.quiet(1));
        UnboundFrame provider = new UnboundFrame();
        Frame both = provider.create(new UnboundFrame.Options(List.of(), List.of(0.0, 2.0)), context);
        Points z = Points.zeros(3, 1);
        both.forward(Points.ofRows(new double[] {2, 7, 2 * Math.log(2) * Math.log(2)}), z, new double[1]);
        assertArrayEquals(new double[] {Math.log(2), 7, 0}, z.values(), 1e-15);
        UnboundFrame.Options one = new UnboundFrame.Options(List.of(), List.of(2.0));
        String message = assertThrows(InputException.class, () -> provider.create(one, context))
                .getMessage();
        assertEquals(
                "frame 'unbound', option knees: 1 numbers for 2 positive columns that are mapped;"
                        + " expected one for each, or none",
                message);
    }

    /** The smallest and largest doubles of a column, and coordinates whose values round to a bound. */
    @Test
    void theEdgesComeBackInside() {
        theEdgesComeBackInside(frame(Column.positive("p"), 1));
        theEdgesComeBackInside(frame(List.of(0.01), Column.positive("p"), 1));
    }

    private static void theEdgesComeBackInside(Frame positive) {
        double[] extremes = {Double.MIN_VALUE, Double.MIN_NORMAL, 1e-300, 1e300, Double.MAX_VALUE / 2};
        Points z = Points.zeros(1, extremes.length);
        Points back = Points.zeros(1, extremes.length);
        double[] jacobian = new double[extremes.length];
        positive.forward(Points.wrap(1, extremes.length, extremes), z, jacobian);
        positive.inverse(z, back);
        for (int n = 0; n < extremes.length; n++) {
            assertTrue(Double.isFinite(jacobian[n]));
            // The rounding of a logarithm of up to 745, and the step of subnormal numbers.
            assertEquals(extremes[n], back.get(0, n), 2e-13 * extremes[n] + Double.MIN_VALUE);
        }
        Points low = Points.zeros(1, 1);
        positive.inverse(Points.wrap(1, 1, new double[] {-1e4}), low);
        assertEquals(Double.MIN_VALUE, low.get(0, 0));
    }

    @Test
    void boundsComeBackInside() {
        Frame bounded = frame(Column.bounded("s", 1, 3), 2);
        Points far = Points.wrap(1, 5, new double[] {-1e4, -40, 0, 40, 1e4});
        Points inside = Points.zeros(1, 5);
        bounded.inverse(far, inside);
        assertEquals(2, inside.get(0, 2));
        double[] finite = new double[5];
        bounded.forward(inside, Points.zeros(1, 5), finite);
        for (int n = 0; n < 5; n++) {
            assertTrue(inside.get(0, n) > 1 && inside.get(0, n) < 3, "x = " + inside.get(0, n));
            assertTrue(Double.isFinite(finite[n]));
        }
    }

    @Test
    void rowsOnABoundAreRefused() {
        assertRefused("row 2, column 'p': 0.0 is not inside (0.0, Infinity)", Column.positive("p"), 1, 0);
        assertRefused("row 3, column 's': 3.0 is not inside (1.0, 3.0)", Column.bounded("s", 1, 3), 2, 1.5, 3);
        assertRefused("row 1, column 's': 0.5 is not inside", Column.bounded("s", 1, 3), 0.5);
    }

    private static void assertRefused(String start, Column column, double... rows) {
        String message =
                assertThrows(InputException.class, () -> frame(column, rows)).getMessage();
        assertTrue(message.startsWith(start), message);
        assertTrue(message.contains("leave the column out"), message);
    }
}
