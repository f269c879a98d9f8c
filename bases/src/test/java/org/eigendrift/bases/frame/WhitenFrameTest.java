package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
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

class WhitenFrameTest {
    private static final int ROWS = 3000;
    private static final List<Column> COLUMNS =
            List.of(Column.real("a"), Column.positive("p"), Column.real("b"), Column.real("c"));

    /** Three correlated real columns, one of them a thousand times larger, around a positive one. */
    private static Dataset table() {
        CounterRandom random = new CounterRandom(5);
        Points points = Points.zeros(4, ROWS);
        for (int n = 0; n < ROWS; n++) {
            double first = random.normal(n, 0);
            double second = random.normal(n, 1);
            points.set(0, n, 10 + first);
            points.set(1, n, Math.exp(random.normal(n, 2)));
            points.set(2, n, 1000 * (first + 0.3 * second));
            points.set(3, n, second - first + 0.1 * random.normal(n, 3));
        }
        return new InMemory(COLUMNS, points);
    }

    private abstract static class Whitened extends FrameContract<WhitenFrame.Options> {
        @Override
        protected FrameProvider<WhitenFrame.Options> provider() {
            return new WhitenFrame();
        }

        @Override
        protected Dataset data() {
            return table();
        }
    }

    @Nested
    class OfCovariance extends Whitened {}

    @Nested
    class OfCorrelation extends Whitened {
        @Override
        protected WhitenFrame.Options options() {
            return new WhitenFrame().options().of(Map.of("scale", true));
        }
    }

    @Nested
    class OfRankTwo extends Whitened {
        @Override
        protected WhitenFrame.Options options() {
            return new WhitenFrame().options().of(Map.of("rank", 2));
        }
    }

    /** 30 columns in units from 1 to 1,000 that share two factors, one positive column beside them, 20 rows. */
    private static Dataset wide() {
        CounterRandom random = new CounterRandom(6);
        Points points = Points.zeros(31, 20);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < 31; i++) {
            columns.add(i == 4 ? Column.positive("p") : Column.real("x" + i));
            for (int n = 0; n < 20; n++) {
                double factor = random.normal(1000 + n, i % 2) + 0.5 * random.normal(n, i);
                points.set(i, n, i == 4 ? Math.exp(factor) : 5 + Math.pow(10, i % 4) * factor);
            }
        }
        return new InMemory(columns, points);
    }

    @Nested
    class OfMoreColumnsThanRows extends Whitened {
        @Override
        protected WhitenFrame.Options options() {
            return new WhitenFrame().options().of(Map.of("scale", true, "shrink", true));
        }

        @Override
        protected Dataset data() {
            return wide();
        }
    }

    @Test
    void rowsTellOfOneComponentForTen() {
        assertEquals(28, fit(wide(), Map.of("scale", true, "shrink", true)).leftNormal().length);
        assertEquals(
                23,
                fit(wide(), Map.of("scale", true, "shrink", true, "rank", 7)).leftNormal().length);
    }

    /** x = A z + b of the frame, so that A A' is the covariance of the law that it leaves to standard normal z. */
    @Test
    void theFrameIsThatOfTheShrunkLaw() {
        Frame frame = fit(wide(), Map.of("scale", true, "shrink", true));
        int[] mapped = IntStream.range(0, 31).filter(i -> i != 4).toArray();
        Points rows = InMemory.read(wide(), 20);
        double[][] values = new double[20][30];
        for (int n = 0; n < 20; n++) {
            for (int i = 0; i < 30; i++) {
                values[n][i] = rows.get(mapped[i], n);
            }
        }
        WideNormal law = WideNormal.of(values);
        Points z = Points.zeros(31, 20);
        double[] logJacobian = new double[20];
        frame.forward(rows, z, logJacobian);
        for (int n = 0; n < 20; n++) {
            double squares = 0;
            for (int i : mapped) {
                squares += z.get(i, n) * z.get(i, n);
            }
            double log = logJacobian[n] - 0.5 * squares - 15 * Math.log(2 * Math.PI);
            assertEquals(law.logDensity(values[n]), log, 1e-10 * Math.abs(log));
        }
    }

    @Test
    void theLastComponentsAreLeftToTheNormalLaw() {
        assertArrayEquals(new int[] {2, 3}, fit(table(), Map.of("rank", 1)).leftNormal());
        assertArrayEquals(new int[0], fit(table(), Map.of("rank", 3)).leftNormal());
        InputException refusal = assertThrows(InputException.class, () -> fit(table(), Map.of("rank", 4)));
        assertEquals("frame 'whiten': rank 4 of 3 columns; expected a number in [1, 3]", refusal.getMessage());
    }

    private static Frame fit(Dataset data, Map<String, ?> options) {
        WhitenFrame whiten = new WhitenFrame();
        return whiten.create(whiten.options().of(options), new FrameContext(data, RunContext.quiet(1)));
    }

    @Test
    void componentsAreUncorrelatedWithVarianceOne() {
        for (boolean scale : new boolean[] {false, true}) {
            Dataset data = table();
            Frame frame = fit(data, Map.of("scale", scale));
            assertEquals(
                    List.of("pc1", "p", "pc2", "pc3"),
                    frame.columns().stream().map(Column::name).toList());
            Points z = Points.zeros(4, ROWS);
            frame.forward(InMemory.read(data, ROWS), z, new double[ROWS]);
            for (int i : new int[] {0, 2, 3}) {
                for (int j : new int[] {0, 2, 3}) {
                    double sum = 0;
                    for (int n = 0; n < ROWS; n++) {
                        sum += z.get(i, n) * z.get(j, n);
                    }
                    // The covariance's condition, some 1e8, times a rounding.
                    assertEquals(i == j ? 1 : 0, sum / ROWS, 1e-7, "components " + i + ", " + j);
                }
            }
        }
    }

    /** Points on two perpendicular lines: directions (3, 4) / 5 and (-4, 3) / 5 with deviations known by hand. */
    @Test
    void directionsAndSignsAreThoseOfTheData() {
        double[][] rows = {{3, 4}, {-3, -4}, {-0.8, 0.6}, {0.8, -0.6}};
        Frame frame = fit(InMemory.of(Points.ofRows(rows)), Map.of());
        // Variances (25 + 25) / 4 along the first and (1 + 1) / 4 along the second.
        double[] sigma = frame.state().get("sigma", 2);
        assertEquals(Math.sqrt(12.5), sigma[0], 1e-14);
        assertEquals(Math.sqrt(0.5), sigma[1], 1e-14);
        double[] directions = frame.state().get("directions", 4);
        double[] expected = {0.6, 0.8, 0.8, -0.6};
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[i], directions[i], 1e-14);
        }
    }

    @Test
    void dependentColumnsAreNamed() {
        CounterRandom random = new CounterRandom(1);
        double[][] rows = new double[50][];
        for (int n = 0; n < rows.length; n++) {
            double a = random.normal(n, 0);
            double b = random.normal(n, 1);
            rows[n] = new double[] {a, random.normal(n, 2), b, 1e6 * (a - 2 * b)};
        }
        assertRefused("the columns 'x1', 'x3', 'x4' are linearly dependent", rows);
        assertRefused("maps 4 columns but there are only 3 rows", rows[0], rows[1], rows[2]);
        assertRefused("column 'x2' is constant", new double[] {1, 2}, new double[] {3, 2}, new double[] {1, 2});
    }

    @Test
    void unitsFarApartAreToldOfScaling() {
        CounterRandom random = new CounterRandom(1);
        double[][] rows = new double[50][];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = new double[] {random.normal(n, 0), 1e9 * random.normal(n, 1)};
        }
        assertRefused("set scale: true", rows);
        fit(InMemory.of(Points.ofRows(rows)), Map.of("scale", true));
    }

    private static void assertRefused(String expected, double[]... rows) {
        String message = assertThrows(InputException.class, () -> fit(InMemory.of(Points.ofRows(rows)), Map.of()))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
