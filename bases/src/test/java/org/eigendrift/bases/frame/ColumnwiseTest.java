package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.contract.FrameContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ColumnwiseTest {
    private static final List<Column> COLUMNS = List.of(
            Column.real("height"),
            Column.positive("price"),
            Column.bounded("share", -2, 2),
            Column.angle("phase", 0, 2 * Math.PI));

    @Nested
    class Gaussianize extends FrameContract<GaussianizeFrame.Options> {
        @Override
        protected FrameProvider<GaussianizeFrame.Options> provider() {
            return new GaussianizeFrame();
        }

        @Override
        protected Dataset data() {
            return Tables.random(COLUMNS, 1000);
        }

        /** Small, so that differences see one cubic only, and for rows next to 0. */
        @Override
        protected double differenceStep() {
            return 1e-7;
        }
    }

    @Nested
    class Uniformize extends FrameContract<UniformizeFrame.Options> {
        @Override
        protected FrameProvider<UniformizeFrame.Options> provider() {
            return new UniformizeFrame();
        }

        @Override
        protected Dataset data() {
            return Tables.random(COLUMNS, 1000);
        }

        @Override
        protected double differenceStep() {
            return 1e-7;
        }
    }

    private static Dataset cauchy(int rows) {
        CounterRandom random = new CounterRandom(2);
        double[] x = new double[rows];
        for (int n = 0; n < rows; n++) {
            x[n] = Math.tan(Math.PI * (random.uniform(n, 0) - 0.5));
        }
        return InMemory.of(Points.wrap(1, rows, x));
    }

    private static Frame gaussianize(Dataset data) {
        return new GaussianizeFrame()
                .create(new GaussianizeFrame.Options(List.of()), new FrameContext(data, RunContext.quiet(1)));
    }

    /** The heaviest of tails: the images' quantiles are those of the normal law, extremes included. */
    @Test
    void aCauchyColumnBecomesNormal() {
        int rows = 20_000;
        Dataset data = cauchy(rows);
        Points z = Points.zeros(1, rows);
        gaussianize(data).forward(InMemory.read(data, rows), z, new double[rows]);
        double[] sorted = z.column(0);
        Arrays.sort(sorted);
        // Between knots the map is a cubic, not the quantile function: a few hundredths.
        assertEquals(0, sorted[rows / 2], 0.02);
        assertEquals(1, sorted[(int) (0.8413447460685429 * rows)], 0.02);
        assertEquals(-1.959963984540054, sorted[rows / 40], 0.02);
        assertEquals(-4.0556269811, sorted[0], 1e-9, "the normal quantile of half a row in 20,000");
    }

    /** Beyond the rows the map is a straight line: the density falls like a normal one and never vanishes. */
    @Test
    void densitiesBeyondTheRowsAreFinite() {
        Frame frame = gaussianize(cauchy(1000));
        for (double x : new double[] {-1e12, -1e4, 1e4, 1e12}) {
            double[] logJacobian = new double[1];
            Points z = Points.zeros(1, 1);
            frame.forward(Points.ofRows(new double[] {x}), z, logJacobian);
            assertTrue(Double.isFinite(logJacobian[0]) && Double.isFinite(z.get(0, 0)));
            Points back = Points.zeros(1, 1);
            frame.inverse(z, back);
            assertEquals(x, back.get(0, 0), 1e-12 * Math.abs(x));
        }
    }

    /** Many rows of the same value: one knot, still increasing and invertible. */
    @Test
    void tiesAreOneKnot() {
        double[] x = new double[500];
        for (int n = 0; n < x.length; n++) {
            x[n] = n % 5;
        }
        Frame frame = gaussianize(InMemory.of(Points.wrap(1, x.length, x)));
        double[] knots = frame.state().get("x");
        assertEquals(0, knots[0]);
        assertEquals(4, knots[knots.length - 1]);
        for (int i = 1; i < knots.length; i++) {
            assertTrue(knots[i] > knots[i - 1]);
        }
    }

    @Test
    void endsOfTheUnitIntervalComeBackFinite() {
        Dataset data = cauchy(1000);
        Frame frame = new UniformizeFrame()
                .create(new UniformizeFrame.Options(List.of()), new FrameContext(data, RunContext.quiet(1)));
        Points x = Points.zeros(1, 2);
        frame.inverse(Points.wrap(1, 2, new double[] {0, 1}), x);
        assertTrue(Double.isFinite(x.get(0, 0)) && Double.isFinite(x.get(0, 1)));
    }

    @Test
    void refusalsNameTheColumn() {
        Dataset zero = new InMemory(List.of(Column.positive("p")), Points.wrap(1, 3, new double[] {1, 0, 2}));
        String message =
                assertThrows(InputException.class, () -> gaussianize(zero)).getMessage();
        assertTrue(message.startsWith("column 'p', row 2: the value 0.0"), message);
        Dataset constant = InMemory.of(Points.wrap(1, 2, new double[] {1, 1}));
        assertTrue(assertThrows(InputException.class, () -> gaussianize(constant))
                .getMessage()
                .contains("'x1' is constant"));
    }

    @Test
    void aDamagedStateIsRefused() {
        State state =
                State.of(Map.of("knots", new double[] {3}, "x", new double[] {0, 2, 1}, "z", new double[] {0, 1, 2}));
        GaussianizeFrame frame = new GaussianizeFrame();
        String message = assertThrows(
                        InputException.class,
                        () -> frame.restore(frame.options().defaults(), List.of(Column.real("r")), state))
                .getMessage();
        assertTrue(message.contains("'r' is damaged"), message);
    }
}
