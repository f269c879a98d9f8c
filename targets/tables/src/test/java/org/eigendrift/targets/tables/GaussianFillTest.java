package org.eigendrift.targets.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.junit.jupiter.api.Test;

class GaussianFillTest {
    private static final double GAP = Double.NaN;

    /** x ~ N(2, 1), y given x ~ N(3 - 2 x, 0.5^2); y is missing more often where x is large. */
    private static double[][] pairs(int count, boolean gaps) {
        CounterRandom random = new CounterRandom(17);
        return IntStream.range(0, count)
                .mapToObj(n -> {
                    double x = 2 + random.normal(n, 0);
                    double y = 3 - 2 * x + 0.5 * random.normal(n, 2);
                    boolean lost = gaps && random.uniform(n, 9) < 1 / (1 + Math.exp(2 - x));
                    return new double[] {x, lost ? GAP : y};
                })
                .toArray(double[][]::new);
    }

    /**
     * Where only y is missing, the maximum of the likelihood is known (Anderson 1957): mean and variance of x from all rows, the
     * regression of y on x from the complete ones, and mu_y = a + b mu_x, s_yy = residual variance + b^2 s_xx.
     */
    @Test
    void agreesWithAndersonsClosedForm() {
        double[][] rows = pairs(500, true);
        double[] all = new double[3];
        double[] complete = new double[6];
        for (double[] row : rows) {
            all[0]++;
            all[1] += row[0];
            all[2] += row[0] * row[0];
            if (!Double.isNaN(row[1])) {
                double[] terms = {1, row[0], row[1], row[0] * row[0], row[0] * row[1], row[1] * row[1]};
                for (int k = 0; k < terms.length; k++) {
                    complete[k] += terms[k];
                }
            }
        }
        double mx = all[1] / all[0];
        double sxx = all[2] / all[0] - mx * mx;
        double n = complete[0];
        double cx = complete[1] / n;
        double cy = complete[2] / n;
        double b = (complete[4] / n - cx * cy) / (complete[3] / n - cx * cx);
        double residual = complete[5] / n - cy * cy - b * (complete[4] / n - cx * cy);
        GaussianFill fill = new GaussianFill(rows);
        // The iteration ends when a step moves by 1e-9; with half of y missing each step halves what is left or better.
        assertEquals(mx, fill.mean(0), 1e-8);
        assertEquals(sxx, fill.covariance(0, 0), 1e-8);
        assertEquals(cy + b * (mx - cx), fill.mean(1), 1e-7);
        assertEquals(b * sxx, fill.covariance(0, 1), 1e-7);
        assertEquals(residual + b * b * sxx, fill.covariance(1, 1), 1e-7);
    }

    /** What is filled in has the law of what was lost: moments of y over all rows, where those present alone are biased. */
    @Test
    void drawsRestoreMomentsThatTheGapsHaveBiased() {
        double[][] rows = pairs(20_000, true);
        Handling handling = new Handling(
                ColumnKinds.REAL, List.of(), Detection.OFF, Missing.IMPUTE, Fill.CONDITIONAL, 0, OptionalLong.empty());
        TableTarget target = TableTarget.of(Given.of(rows), Optional.empty(), handling, RunContext.quiet(3));
        Points full = InMemory.read(target.train(), 100_000);
        double mean = 0;
        double square = 0;
        double product = 0;
        for (int n = 0; n < full.size(); n++) {
            double x = full.get(0, n) - 2;
            double y = full.get(1, n) + 1;
            mean += y / full.size();
            square += y * y / full.size();
            product += x * y / full.size();
        }
        // Truth: E y = -1, var y = 4.25, cov -2. Four standard errors of 20,000 rows, half of them with draws of fitted
        // slopes:
        // sd(y) / sqrt(n) = 0.0146, sd(y^2) / sqrt(n) = 0.0425, sd(x y) / sqrt(n) = 0.0204, doubled for the fit.
        assertEquals(0, mean, 4 * 2 * 0.0146);
        assertEquals(4.25, square, 4 * 2 * 0.0425);
        assertEquals(-2, product, 4 * 2 * 0.0204);
        double observed = 0;
        int count = 0;
        for (double[] row : rows) {
            if (!Double.isNaN(row[1])) {
                observed += row[1] + 1;
                count++;
            }
        }
        assertTrue(observed / count > 0.5, "rows with y alone are biased by " + observed / count);
        assertTrue(target.remarks().get(0).contains("filled with a Gaussian draw given the row's other values: b "));
    }

    @Test
    void drawsOfPositiveAndBoundedColumnsStayInTheirRange() {
        CounterRandom random = new CounterRandom(8);
        double[][] rows = IntStream.range(0, 2000)
                .mapToObj(n -> {
                    double u = random.uniform(n, 0);
                    return new double[] {
                        n % 3 == 0 ? GAP : Math.exp(random.normal(n, 2)),
                        n % 4 == 1 ? GAP : u * u,
                        6 * u,
                        n % 5 == 2 ? GAP : u
                    };
                })
                .toArray(double[][]::new);
        ColumnKinds kinds =
                new ColumnKinds(List.of("c"), AngleUnit.RADIANS, 0, List.of("a"), List.of(List.of("b", "0", "1")));
        Handling handling = new Handling(
                kinds, List.of(), Detection.OFF, Missing.IMPUTE, Fill.CONDITIONAL, 0, OptionalLong.empty());
        Points full = InMemory.read(
                TableTarget.of(Given.of(rows), Optional.empty(), handling, RunContext.quiet(3))
                        .train(),
                3000);
        for (int n = 0; n < full.size(); n++) {
            assertTrue(full.get(0, n) > 0, "row " + n);
            assertTrue(full.get(1, n) >= 0 && full.get(1, n) <= 1, "row " + n);
            if (n % 5 == 2 && n % 4 != 1) {
                // d is the square root of b, linear in it to within 0.2: a draw cannot be far off.
                assertEquals(Math.sqrt(full.get(1, n)), full.get(3, n), 0.6, "row " + n);
            }
        }
    }

    @Test
    void columnsThatAreFunctionsOfEachOtherAndConstantsAreFilled() {
        double[][] rows = IntStream.range(0, 60)
                .mapToObj(n -> new double[] {n, n % 7 == 0 ? GAP : 2 * n + 1, n % 5 == 0 ? GAP : 4})
                .toArray(double[][]::new);
        GaussianFill fill = new GaussianFill(rows);
        for (int n = 0; n < rows.length; n++) {
            double[] row = rows[n].clone();
            fill.draw(row, new CounterRandom(1), n);
            // Noise of the least variance kept, 1e-5 of the columns' standard deviations of 17 and 35 (and of the
            // constant's 1).
            assertEquals(2 * n + 1, row[1], 5e-3);
            assertEquals(4, row[2], 1e-3);
        }
    }
}
