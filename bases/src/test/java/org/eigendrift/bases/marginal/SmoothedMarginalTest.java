package org.eigendrift.bases.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.bases.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Smoothed marginals against the laws the rows were drawn from. */
class SmoothedMarginalTest {
    private static final int HELD_OUT = 20_000;
    private static final Column REAL = Column.real("x");

    private static double[] draws(DoubleBinaryOperator map, int seed, int rows) {
        CounterRandom random = new CounterRandom(seed);
        double[] x = new double[rows];
        for (int n = 0; n < rows; n++) {
            x[n] = map.applyAsDouble(random.normal(n, 0), random.uniform(n, 7));
        }
        return x;
    }

    private static SmoothedMarginal.Fitted fitted(OptionalDouble smoothing, Column column, double... rows) {
        Domain domain = switch (column.kind()) {
            case REAL -> new Domain.Line();
            case POSITIVE -> new Domain.HalfLine();
            default -> new Domain.Interval(column.lower(), column.upper());
        };
        return SmoothedMarginal.fit(Rows.of(column, rows), domain, smoothing, 0, RunContext.quiet(1));
    }

    private static PiecewiseDensity fit(Column column, double... rows) {
        SmoothedMarginal.Fitted fitted = fitted(OptionalDouble.empty(), column, rows);
        assertTrue(fitted.stretch().identity());
        return fitted.density();
    }

    /** Mean log p - log fitted over fresh rows: an estimate of the divergence. */
    private static double divergence(Column column, DoubleBinaryOperator map, DoubleUnaryOperator logLaw, int rows) {
        PiecewiseDensity density = fit(column, draws(map, 3, rows));
        double sum = 0;
        for (double x : draws(map, 4, HELD_OUT)) {
            sum += logLaw.applyAsDouble(x) - density.log(x);
        }
        return sum / HELD_OUT;
    }

    private static double logNormal(double x, double mean, double deviation) {
        double z = (x - mean) / deviation;
        return -0.5 * z * z - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
    }

    /**
     * The kernel estimate of a normal law errs by about n^(-4/5) (Silverman, table 4.2): 0.004 at 1000 rows, 0.0004 at
     * 20,000; twice that is allowed for tails and for the noise of the held-out mean, 0.0005.
     */
    @Test
    void aNormalLawIsFound() {
        assertTrue(divergence(REAL, (z, u) -> z, x -> logNormal(x, 0, 1), 1000) < 0.009);
        assertTrue(divergence(REAL, (z, u) -> z, x -> logNormal(x, 0, 1), 20_000) < 0.0015);
    }

    @Test
    void separatedModesAreNotBlurred() {
        DoubleUnaryOperator log =
                x -> Math.log(0.5 * Math.exp(logNormal(x, -4, 0.5)) + 0.5 * Math.exp(logNormal(x, 4, 0.5)));
        // Silverman's rule with the overall spread, 4, would give 0.1.
        assertTrue(divergence(REAL, (z, u) -> (u < 0.5 ? -4 : 4) + 0.5 * z, log, 20_000) < 0.004);
    }

    @Test
    void boundsReflect() {
        assertTrue(divergence(Column.bounded("u", 0, 1), (z, u) -> u, x -> 0, 20_000) < 0.001);
        assertTrue(divergence(Column.positive("p"), (z, u) -> -Math.log(u), x -> -x, 20_000) < 0.004);
    }

    /** Student's law with three degrees of freedom, by its ratio definition: the tails hold rows at 60. */
    @Test
    void heavyTailsStaySane() {
        DoubleUnaryOperator log = x -> Math.log(2 / (Math.PI * Math.sqrt(3))) - 2 * Math.log1p(x * x / 3);
        double divergence = divergence(REAL, (z, u) -> student(u), log, 20_000);
        assertTrue(divergence > 0 && divergence < 0.005, "divergence " + divergence);
    }

    /** The quantile of Student's law with three degrees of freedom, by bisection of its distribution function. */
    private static double student(double u) {
        double low = -1e4;
        double high = 1e4;
        for (int step = 0; step < 80; step++) {
            double t = 0.5 * (low + high) / Math.sqrt(3);
            if (0.5 + (t / (1 + t * t) + Math.atan(t)) / Math.PI < u) {
                low = 0.5 * (low + high);
            } else {
                high = 0.5 * (low + high);
            }
        }
        return 0.5 * (low + high);
    }

    /** Ten rows far from twenty thousand: their density is what ten rows deserve, not e^-1800. */
    @Test
    void outliersKeepAFiniteDensity() {
        double[] rows = draws((z, u) -> u < 5e-4 ? 60 + z : z, 3, 20_000);
        PiecewiseDensity density = fit(REAL, rows);
        assertTrue(density.log(60) > -15, "log density at an outlier: " + density.log(60));
        assertEquals(logNormal(0.3, 0, 1), density.log(0.3), 0.05);
    }

    /** The domain leaves room beyond the rows: of the law's mass less than 1e-6 is outside. */
    @Test
    void theDomainReachesBeyondTheRows() {
        PiecewiseDensity density = fit(REAL, draws((z, u) -> z, 3, 20_000));
        assertTrue(density.lower() < -4.9 && density.lower() > -8, "lower end " + density.lower());
        assertTrue(density.upper() > 4.9 && density.upper() < 8, "upper end " + density.upper());
        assertEquals(1, density.distribution(density.upper()));
    }

    @Test
    void aHandfulOfRowsIsEnough() {
        for (double[] rows : new double[][] {{1, 2}, {0, 0, 7}, {-1, -1, -1, 2, 2, 2}, {1, 2, 3, 4, 5}}) {
            PiecewiseDensity density = fit(REAL, rows);
            for (double row : rows) {
                assertTrue(density.log(row) > -5, "log density of a row: " + density.log(row));
            }
            assertEquals(0.25, density.distribution(density.quantile(0.25)), 1e-12);
        }
    }

    /** Laws by name, with their logarithm. */
    private enum Law {
        NORMAL((z, u) -> z, x -> logNormal(x, 0, 1)),
        BIMODAL(
                (z, u) -> (u < 0.5 ? -2 : 2) + z,
                x -> Math.log(0.5 * Math.exp(logNormal(x, -2, 1)) + 0.5 * Math.exp(logNormal(x, 2, 1)))),
        SKEWED((z, u) -> Math.log(-Math.log(u)), x -> x - Math.exp(x)),
        STUDENT((z, u) -> student(u), x -> Math.log(2 / (Math.PI * Math.sqrt(3))) - 2 * Math.log1p(x * x / 3));

        final DoubleBinaryOperator map;
        final DoubleUnaryOperator log;

        Law(DoubleBinaryOperator map, DoubleUnaryOperator log) {
            this.map = map;
            this.log = log;
        }

        /** Mean divergence over fits to independent rows. */
        double divergence(OptionalDouble smoothing, int rows, int fits) {
            double[] held = draws(map, 999, 4000);
            double sum = 0;
            for (int fit = 0; fit < fits; fit++) {
                SmoothedMarginal.Fitted density = fitted(smoothing, REAL, draws(map, 100 + fit, rows));
                TailedDensity tailed = new TailedDensity(density.density(), new Domain.Line());
                for (double x : held) {
                    double y = density.stretch().map(x);
                    sum += log.applyAsDouble(x)
                            - tailed.log(y)
                            - density.stretch().logSlope(y);
                }
            }
            return sum / (fits * held.length);
        }
    }

    /**
     * Against Silverman's bandwidth alone, from few rows to many: never worse by more than a tenth of its divergence, which
     * is what twenty fits of some 10 % each tell, and the held-out mean's noise, 0.0005; but for two modes in fifty rows,
     * where the normal law may cost log(n) / (2 n) more.
     */
    @ParameterizedTest
    @EnumSource(Law.class)
    void theChoiceIsAtLeastAsGoodAsSilverman(Law law) {
        for (int rows : new int[] {50, 200, 1000, 20_000}) {
            int fits = rows > 1000 ? 3 : 20;
            double chosen = law.divergence(OptionalDouble.empty(), rows, fits);
            double silverman = law.divergence(OptionalDouble.of(1), rows, fits);
            double slack = rows == 50 ? 0.5 * Math.log(rows) / rows : 0;
            assertTrue(chosen <= 1.1 * silverman + 5e-4 + slack, rows + " rows: " + chosen + " against " + silverman);
        }
    }

    /** Two parameters cost 2 / (2 n); twice that for the fits that took a kernel estimate, and the held-out noise. */
    @Test
    void normalRowsCostTwoParameters() {
        for (int rows : new int[] {50, 200, 1000}) {
            double divergence = Law.NORMAL.divergence(OptionalDouble.empty(), rows, 20);
            assertTrue(divergence < 2.5 / rows + 5e-4, rows + " rows: " + divergence);
        }
        assertTrue(Law.NORMAL.divergence(OptionalDouble.empty(), 20_000, 3) < 1.0 / 20_000 + 5e-4);
    }

    /** Modes as wide as they are apart from the middle: a fifth to two fifths of the divergence is gained. */
    @Test
    void twoModesGain() {
        for (int rows : new int[] {200, 1000, 20_000}) {
            int fits = rows > 1000 ? 3 : 20;
            double chosen = Law.BIMODAL.divergence(OptionalDouble.empty(), rows, fits);
            assertTrue(chosen < 0.8 * Law.BIMODAL.divergence(OptionalDouble.of(1), rows, fits), rows + " rows");
        }
    }

    /** No tail is too heavy: the marginal of a Cauchy law, in a coordinate about its bulk. */
    @Test
    void theHeaviestTailsAreStretched() {
        double[] rows = draws((z, u) -> Math.tan(Math.PI * (u - 0.5)), 3, 20_000);
        SmoothedMarginal.Fitted fitted = fitted(OptionalDouble.empty(), REAL, rows);
        assertFalse(fitted.stretch().identity());
        double sum = 0;
        double[] held = draws((z, u) -> Math.tan(Math.PI * (u - 0.5)), 4, HELD_OUT);
        TailedDensity tailed = new TailedDensity(fitted.density(), new Domain.Line());
        for (double x : held) {
            double y = fitted.stretch().map(x);
            sum += -Math.log(Math.PI)
                    - Math.log1p(x * x)
                    - tailed.log(y)
                    - fitted.stretch().logSlope(y);
        }
        // As for Student's law above.
        assertTrue(sum / HELD_OUT > -0.001 && sum / HELD_OUT < 0.005, "divergence " + sum / HELD_OUT);
    }

    /**
     * Kernels seen through the bins of a wide range made Cauchy's quartiles half as large again. What is left is the kernels'
     * own blur: with bandwidths of 0.2 to 0.5 in y = asinh x, whose density at the centre bends by -1, 2 to 12 %; and the
     * quartiles of a thousand rows scatter by pi / 2 / sqrt(500) = 0.07 about 1, their mean over twenty sets by 0.016.
     */
    @Test
    void quartilesOfHeavyTailsAreTheRows() {
        for (int rows : new int[] {300, 1000}) {
            double mean = 0;
            for (int seed = 1; seed <= 20; seed++) {
                double[] x = draws((z, u) -> Math.tan(Math.PI * (u - 0.5)), seed, rows);
                SmoothedMarginal.Fitted fitted = fitted(OptionalDouble.empty(), REAL, x);
                double spread = fitted.stretch().invert(fitted.density().quantile(0.75))
                        - fitted.stretch().invert(fitted.density().quantile(0.25));
                mean += 0.5 * spread / 20;
            }
            assertEquals(1, mean, 0.12 + 3 * Math.sqrt(Math.PI * Math.PI / 4 / (0.5 * rows * 20)), rows + " rows");
        }
    }

    /** One row of 300 at 200 times the bulk: the bulk's kernels are not stretched by it. */
    @Test
    void aSingleFarRowLeavesTheBulkAlone() {
        double[] rows = draws((z, u) -> z, 3, 300);
        rows[17] = 600;
        SmoothedMarginal.Fitted fitted = fitted(OptionalDouble.empty(), REAL, rows);
        double y = fitted.stretch().map(0.3);
        // 300 rows determine the density at a point to about 10 %: sqrt(K(0) / (n h f)) of a normal law with h = 0.3.
        assertEquals(
                logNormal(0.3, 0, 1), fitted.density().log(y) + fitted.stretch().logSlope(y), 0.2);
    }

    /**
     * 388 rows of one value and twelve within one of it say nothing of a power law: beyond the rows the density falls at least as
     * fast as an exponential one whose mean is that of the twelve, 295 / 0.4 nats from -5 to -300, up to the end of the core,
     * and by its slope there, some 30 for each factor e, beyond.
     */
    @Test
    void fewRowsBesideASpikeDoNotMakeAPowerLaw() {
        double[] rows = draws((z, u) -> u < 0.03 ? 0.4 * z : 0.02, 5, 400);
        SmoothedMarginal.Fitted fitted = fitted(OptionalDouble.empty(), REAL, rows);
        TailedDensity tailed = new TailedDensity(fitted.density(), new Domain.Line());
        double[] logs = DoubleStream.of(-300, -5, -0.4)
                .map(x -> {
                    double y = fitted.stretch().map(x);
                    return tailed.log(y) + fitted.stretch().logSlope(y);
                })
                .toArray();
        assertTrue(logs[1] - logs[0] > 100, "from -5 to -300: " + (logs[1] - logs[0]));
        // Where rows are they are expected: 3 % of an exponential law of mean 0.3 on two sides, or e^-5.3 at 0.4.
        assertEquals(-4.3, logs[2], 1);
        assertEquals(0, fitted.stretch().invert(fitted.density().quantile(1e-6)), 6);
    }

    @Test
    void refusalsNameTheColumn() {
        assertRefused("'x' is constant", 3, 3, 3);
        assertRefused("'x' has a single row", 3);
    }

    private static void assertRefused(String expected, double... rows) {
        Dataset data = Rows.of(REAL, rows);
        String message = assertThrows(
                        InputException.class,
                        () -> SmoothedMarginal.fit(
                                data, new Domain.Line(), OptionalDouble.empty(), 0, RunContext.quiet(1)))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
