package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
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
        // The noise of quantiles of 20,000 rows is 0.01; smoothing does not add to it.
        assertEquals(0, sorted[rows / 2], 0.02);
        assertEquals(1, sorted[(int) (0.8413447460685429 * rows)], 0.02);
        assertEquals(-1.959963984540054, sorted[rows / 40], 0.02);
        // The normal quantile of half a row in 20,000, and what the smallest of 20,000 normal numbers scatters by.
        assertEquals(-4.06, sorted[0], 0.6);
        assertEquals(4.06, sorted[rows - 1], 0.6);
    }

    /** What the frame costs in held-out nats a row: the law's log-density less that of the normal law of the images. */
    private static double divergence(DoubleBinaryOperator draw, DoubleUnaryOperator log) {
        double sum = 0;
        int rows = 20_000;
        for (int seed = 20; seed < 23; seed++) {
            Frame frame = gaussianize(InMemory.of(Points.wrap(1, rows, draws(draw, seed, rows))));
            Points held = Points.wrap(1, rows, draws(draw, 19, rows));
            Points z = Points.zeros(1, rows);
            double[] jacobian = new double[rows];
            frame.forward(held, z, jacobian);
            for (int n = 0; n < rows; n++) {
                double image = z.get(0, n);
                sum += log.applyAsDouble(held.get(0, n))
                        + 0.5 * image * image
                        + 0.5 * Math.log(2 * Math.PI)
                        - jacobian[n];
            }
        }
        return sum / (3 * rows);
    }

    private static double[] draws(DoubleBinaryOperator draw, int seed, int rows) {
        CounterRandom random = new CounterRandom(seed);
        double[] x = new double[rows];
        for (int n = 0; n < rows; n++) {
            x[n] = draw.applyAsDouble(random.normal(n, 0), random.uniform(n, 1));
        }
        return x;
    }

    @Test
    void littleIsLost() {
        double normal = divergence((z, u) -> 3 + z, x -> -0.5 * (x - 3) * (x - 3) - 0.5 * Math.log(2 * Math.PI));
        double modes = divergence(
                (z, u) -> (u < 0.5 ? -2 : 2) + z,
                x -> -0.5 * Math.log(8 * Math.PI)
                        + Math.log(Math.exp(-0.5 * (x - 2) * (x - 2)) + Math.exp(-0.5 * (x + 2) * (x + 2))));
        double skewed = divergence((z, u) -> Math.log(-Math.log(u)), x -> x - Math.exp(x));
        double cauchy =
                divergence((z, u) -> Math.tan(Math.PI * (u - 0.5)), x -> -Math.log(Math.PI) - Math.log1p(x * x));
        // A map through quantiles costs k / (2 N) for k knots, some 60 or more here: 0.0015. A smoothed density costs
        // some
        // N^(-4/5), 0.0004, times the roughness of the law, which is largest where it is skewed; held-out noise is
        // 0.0003.
        assertTrue(normal < 4e-4, "normal: " + normal);
        assertTrue(modes < 1.1e-3, "two modes: " + modes);
        assertTrue(skewed < 2e-3, "skewed: " + skewed);
        assertTrue(cauchy < 1.6e-3, "Cauchy: " + cauchy);
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

    /** Many rows of the same value: still increasing and invertible. */
    @Test
    void tiesAreSmoothed() {
        double[] x = new double[500];
        for (int n = 0; n < x.length; n++) {
            x[n] = n % 5;
        }
        Frame frame = gaussianize(InMemory.of(Points.wrap(1, x.length, x)));
        double[] grid = new double[121];
        for (int n = 0; n < grid.length; n++) {
            grid[n] = -1 + n / 20.0;
        }
        Points z = Points.zeros(1, grid.length);
        Points back = Points.zeros(1, grid.length);
        frame.forward(Points.wrap(1, grid.length, grid), z, new double[grid.length]);
        frame.inverse(z, back);
        for (int n = 0; n < grid.length; n++) {
            assertEquals(grid[n], back.get(0, n), 1e-11);
            assertTrue(n == 0 || z.get(0, n) > z.get(0, n - 1));
        }
    }

    /** At the ends of the fitted density, in both tails, the map goes on with the same slope. */
    @Test
    void theMapIsSmoothAtTheEnds() {
        Frame frame = gaussianize(InMemory.of(Points.wrap(1, 5000, draws((z, u) -> z - Math.exp(z), 4, 5000))));
        double[] ends = frame.state().get("domains", 3);
        for (int side = 0; side < 2; side++) {
            double end = ends[side];
            double h = 1e-6;
            Points z = Points.zeros(1, 4);
            double[] jacobian = new double[4];
            frame.forward(Points.wrap(1, 4, new double[] {end - h, end - 1e-12, end + 1e-12, end + h}), z, jacobian);
            assertEquals(jacobian[1], jacobian[2], 1e-8);
            assertEquals((z.get(0, 3) - z.get(0, 0)) / (2 * h), Math.exp(jacobian[1]), 1e-5 * Math.exp(jacobian[1]));
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
        assertTrue(message.startsWith("row 2, column 'p': the value 0.0"), message);
        Dataset constant = InMemory.of(Points.wrap(1, 2, new double[] {1, 1}));
        assertTrue(assertThrows(InputException.class, () -> gaussianize(constant))
                .getMessage()
                .contains("'x1' is constant"));
    }

    private static void assertDamaged(double[] domain, double[] cells, double[] starts, double[] heights) {
        State state = State.of(Map.of(
                "sizes", new double[] {8},
                "domains", domain,
                "stretches", new double[] {0, Double.POSITIVE_INFINITY},
                "log_densities", new double[8],
                "cells", cells,
                "starts", starts,
                "heights", heights));
        GaussianizeFrame frame = new GaussianizeFrame();
        String message = assertThrows(
                        InputException.class,
                        () -> frame.restore(frame.options().defaults(), List.of(Column.real("r")), state))
                .getMessage();
        assertTrue(message.contains("damaged"), message);
    }

    @Test
    void aDamagedStateIsRefused() {
        double[] domain = {0, 1, 4};
        assertDamaged(new double[] {1, 0, 4}, new double[] {1}, new double[] {0}, new double[] {1});
        assertDamaged(domain, new double[] {2}, new double[] {0}, new double[] {1});
        assertDamaged(domain, new double[] {2}, new double[] {0.5, 0}, new double[] {1, 1});
        assertDamaged(domain, new double[] {2}, new double[] {0, 1}, new double[] {1, 1});
        assertDamaged(domain, new double[] {1}, new double[] {0}, new double[] {Double.NaN});
    }

    /** A hundred teeth with gaps of nine times their width between them, one tooth after the other heavier. */
    private static double[] comb(int seed, int rows) {
        CounterRandom random = new CounterRandom(seed);
        double[] x = new double[rows];
        for (int n = 0; n < rows; n++) {
            int tooth = (int) (100 * Math.sqrt(random.uniform(n, 0)));
            x[n] = tooth + 0.1 * random.uniform(n, 1);
        }
        return x;
    }

    private static double combDivergence(int rows) {
        Frame frame = gaussianize(InMemory.of(Points.wrap(1, rows, comb(5, rows))));
        double[] held = comb(6, 20_000);
        double[] jacobian = new double[held.length];
        Points z = Points.zeros(1, held.length);
        frame.forward(Points.wrap(1, held.length, held), z, jacobian);
        double sum = 0;
        for (int n = 0; n < held.length; n++) {
            double tooth = Math.floor(held[n]);
            double image = z.get(0, n);
            sum += Math.log((2 * tooth + 1) * 1e-3) + 0.5 * image * image + 0.5 * Math.log(2 * Math.PI) - jacobian[n];
        }
        return sum / held.length;
    }

    /**
     * Each of the 200 ends of teeth lies within a cell that is halved until it holds a row or so: rows as good as lost are
     * some 200 of n, and each halving on the way, log2(n) of them, costs a parameter known to log(n) / (2 n); together
     * 200 log2(n) / n at most. A smooth density loses log(10) = 2.3 nats, the share of a period that a tooth takes.
     */
    @Test
    void aCombIsFound() {
        double last = Math.log(10);
        for (int rows : new int[] {2_000, 20_000, 200_000}) {
            double divergence = combDivergence(rows);
            double bound = 200 * Math.log(rows) / Math.log(2) / rows;
            assertTrue(divergence < Math.min(bound, 0.5 * last), rows + " rows: " + divergence);
            last = divergence;
        }
    }

    /** Without a bound declared, the ends of a uniform law are steps that a kernel estimate rounds off. */
    @Test
    void stepsAreFound() {
        double divergence = divergence((z, u) -> u, x -> 0);
        // Rows within half a bandwidth, 0.02, of each end lose up to log 2 of a smooth density: 0.01 and more. Cells
        // leave two
        // ends known to a few rows of 20,000 and 14 halvings for each, at log(n) / (2 n) nats.
        assertTrue(divergence > 0 && divergence < 0.008, "uniform: " + divergence);
    }

    /** Numbers rounded to one digit become steps of that width: no atoms, whose density would have no limit. */
    @Test
    void roundedNumbersAreAsWideAsTheirDistance() {
        double[] x = draws((z, u) -> Math.rint(10 * z) / 10, 7, 20_000);
        Frame frame = gaussianize(InMemory.of(Points.wrap(1, x.length, x)));
        double[] jacobian = new double[x.length];
        Points z = Points.zeros(1, x.length);
        frame.forward(Points.wrap(1, x.length, x), z, jacobian);
        for (int n = 0; n < x.length; n++) {
            double density = Math.exp(jacobian[n] - 0.5 * z.get(0, n) * z.get(0, n)) / Math.sqrt(2 * Math.PI);
            // A cell that holds two values is as wide as their distance, its halves half as wide: so is a cell of one
            // value
            // whose sibling holds another. Rows next to the value differ by a percent.
            double law = Math.exp(-0.5 * x[n] * x[n]) / Math.sqrt(2 * Math.PI);
            assertTrue(Math.abs(x[n]) > 2.5 || density < 2.5 * law, x[n] + " has density " + density);
        }
    }
}
