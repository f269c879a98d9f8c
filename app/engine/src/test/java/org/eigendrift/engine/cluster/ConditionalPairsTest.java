package org.eigendrift.engine.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pairs that depend on each other given all others: of chains, by regression, and by chance. */
class ConditionalPairsTest {
    private static List<CoordinateBasis> coordinates(String family, int dim) {
        return Collections.nCopies(dim, Families.coordinates(List.of(family), 3).get(0));
    }

    /** A normal chain, neighbours correlated by 0.9, every column standard normal. */
    private static Points chain(int dim, int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(dim, count);
        for (int n = 0; n < count; n++) {
            double before = random.normal(n, 0);
            points.set(0, n, before);
            for (int i = 1; i < dim; i++) {
                before = 0.9 * before + Math.sqrt(0.19) * random.normal(n, i);
                points.set(i, n, before);
            }
        }
        return points;
    }

    private static ConditionalPairs pairs(String family, Points rows) {
        return new ConditionalPairs(LeadingMoments.of(InMemory.of(rows), coordinates(family, rows.dim())));
    }

    private static List<String> names(List<ConditionalPairs.Pair> pairs) {
        return pairs.stream().map(p -> p.first() + "-" + p.second()).sorted().toList();
    }

    private static double correlation(Points x, int i, int j) {
        double[] s = new double[3];
        for (int n = 0; n < x.size(); n++) {
            s[0] += x.get(i, n) * x.get(i, n);
            s[1] += x.get(i, n) * x.get(j, n);
            s[2] += x.get(j, n) * x.get(j, n);
        }
        return s[1] / Math.sqrt(s[0] * s[2]);
    }

    /**
     * Of columns 7 apart the correlation is 0.48, 30 standard errors from 0; given their neighbours they are independent.
     * He_1 and He_2 of a normal chain have covariances r^|i-j| and r^2|i-j|, whose inverses are tridiagonal. Their
     * fluctuations are not normal, so the rate asked for is far below the one that five data sets could show.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void ofANormalChainExactlyNeighboursAreFound(long seed) {
        int dim = 8;
        Points rows = chain(dim, 4000, seed);
        for (int i = 0; i < dim; i++) {
            for (int j = i + 1; j < dim; j++) {
                assertTrue(correlation(rows, i, j) > 0.4, "all pairs are correlated");
            }
        }
        List<ConditionalPairs.Pair> found = pairs("hermite", rows).discoveries(1e-4);
        assertEquals(List.of("0-1", "1-2", "2-3", "3-4", "4-5", "5-6", "6-7"), names(found));
        for (int r = 1; r < found.size(); r++) {
            assertTrue(found.get(r - 1).statistic() >= found.get(r).statistic(), "the most dependent first");
        }
    }

    /** A covariance of three groups of two variables, by rows of made-up numbers. */
    private static double[][] covariance(int size) {
        CounterRandom random = new CounterRandom(8);
        double[][] s = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                for (int n = 0; n < 20; n++) {
                    s[a][b] +=
                            (random.normal(n, a) + random.normal(n, 99)) * (random.normal(n, b) + random.normal(n, 99));
                }
            }
        }
        return s;
    }

    private static double[][] inverse(double[][] m) {
        double det = m[0][0] * m[1][1] - m[0][1] * m[1][0];
        return new double[][] {{m[1][1] / det, -m[0][1] / det}, {-m[1][0] / det, m[0][0] / det}};
    }

    private static double[][] block(double[][] s, int i, int j) {
        return new double[][] {{s[2 * i][2 * j], s[2 * i][2 * j + 1]}, {s[2 * i + 1][2 * j], s[2 * i + 1][2 * j + 1]}};
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j];
            }
        }
        return c;
    }

    private static double[][] transposed(double[][] a) {
        return new double[][] {{a[0][0], a[1][0]}, {a[0][1], a[1][1]}};
    }

    /** The sum of squared canonical correlations, tr(C_ii^-1 C_ij C_jj^-1 C_ji). */
    private static double correlations(double[][] ii, double[][] ij, double[][] jj) {
        double[][] m = product(product(inverse(ii), ij), product(inverse(jj), transposed(ij)));
        return m[0][0] + m[1][1];
    }

    /** The covariance of what regression on group k leaves of groups i and j: S_ij - S_ik S_kk^-1 S_kj. */
    private static double[][] residual(double[][] s, int i, int j, int k) {
        double[][] explained = product(product(block(s, i, k), inverse(block(s, k, k))), block(s, k, j));
        double[][] left = block(s, i, j);
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
                left[a][b] -= explained[a][b];
            }
        }
        return left;
    }

    private static ConditionalPairs of(double[][] s, int rows, int... starts) {
        double[] flat = Arrays.stream(s).flatMapToDouble(Arrays::stream).toArray();
        return new ConditionalPairs(new LeadingMoments(starts, flat, rows));
    }

    /**
     * The blocks of an inverse covariance are those of the residuals' (Lauritzen 1996, 5.1.3), up to sign: the statistic
     * is N times the sum of squared partial canonical correlations. These matrices have condition numbers of some 100.
     */
    @Test
    void theStatisticIsThatOfPartialCanonicalCorrelations() {
        int rows = 1000;
        double[][] two = covariance(4);
        double expected = correlations(block(two, 0, 0), block(two, 0, 1), block(two, 1, 1));
        assertTrue(expected > 0.1);
        assertEquals((rows - 4) * expected, of(two, rows, 0, 2, 4).statistic(0, 1), 1e-10 * rows);
        double[][] three = covariance(6);
        ConditionalPairs pairs = of(three, rows, 0, 2, 4, 6);
        for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}}) {
            double partial = correlations(
                    residual(three, order[0], order[0], order[2]),
                    residual(three, order[0], order[1], order[2]),
                    residual(three, order[1], order[1], order[2]));
            assertEquals((rows - 6) * partial, pairs.statistic(order[0], order[1]), 1e-10 * rows);
        }
    }

    /** Groups of one: the squared partial correlation, by its textbook formula from three correlations. */
    @Test
    void theStatisticOfSingleFunctionsIsThePartialCorrelation() {
        double[][] s = {{1, 0.5, 0.3}, {0.5, 1, 0.4}, {0.3, 0.4, 1}};
        double partial = (0.5 - 0.3 * 0.4) / Math.sqrt((1 - 0.09) * (1 - 0.16));
        assertEquals(97 * partial * partial, of(s, 100, 0, 1, 2, 3).statistic(0, 1), 1e-11);
    }

    /** Rows that are fewer than the functions say nothing. */
    @Test
    void tooFewRowsFindNothing() {
        double[][] s = {{1, 0.9}, {0.9, 1}};
        assertEquals(1, of(s, 100, 0, 1, 2).discoveries(0.05).size());
        assertEquals(0, of(s, 2, 0, 1, 2).discoveries(0.05).size());
    }

    /**
     * P(X > x) of chi-squared by Simpson's rule over the root u of the variable, of density 2^(1-k/2) u^(k-1)
     * exp(-u^2/2) / Gamma(k/2); 4000 cells of 0.003, whose error is of the order of 0.003^4. What lies beyond 12 more is
     * below e^-72 of it.
     */
    @ParameterizedTest
    @CsvSource({"1, 1.2533141373155", "2, 1", "4, 2"})
    void tailsAreThoseOfChiSquared(int degrees, double constant) {
        for (double x : new double[] {0, 0.01, 0.5, 1, 3, 9, 17.9, 18.1, 40, 200}) {
            int cells = 4000;
            double h = 12.0 / cells;
            double sum = 0;
            for (int c = 0; c <= 2 * cells; c++) {
                double u = Math.sqrt(x) + 0.5 * h * c;
                double weight = c == 0 || c == 2 * cells ? 1 : c % 2 == 1 ? 4 : 2;
                sum += weight * h / 6 * Math.pow(u, degrees - 1) * Math.exp(-0.5 * (u * u - x)) / constant;
            }
            double expected = sum * Math.exp(-0.5 * x);
            // Where x / 2 is about 9 one less the error function loses nine digits.
            assertEquals(expected, ConditionalPairs.tail(x, degrees), 1e-7 * expected, "x = " + x);
        }
        assertThrows(IllegalArgumentException.class, () -> ConditionalPairs.tail(1, 3));
    }

    private static Points independent(int dim, int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(dim, count);
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < dim; i++) {
                points.set(i, n, -0.5 + 2.5 * random.uniform(n, i));
            }
        }
        return points;
    }

    /**
     * Of independent columns the rule finds something in a share q of data sets (Benjamini and Hochberg 1995, theorem 1
     * with all hypotheses true): of 300 at q = 0.1, 30 with a standard deviation of 5.2; four of them, and one for the 500
     * rows of which the statistic is not quite chi-squared.
     */
    @Test
    void withoutDependenceDiscoveriesAreAsRareAsAskedFor() {
        long found = IntStream.range(0, 300)
                .filter(seed -> !pairs("cosine", independent(6, 500, 1000 + seed))
                        .discoveries(0.1)
                        .isEmpty())
                .count();
        assertEquals(30, found, 5 * 5.2);
    }

    /** Rounding may leave a pivot of either sign where a column follows from others. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void columnsThatFollowFromOthersAreRefusedInOneLine(long seed) {
        Points rows = chain(4, 500, seed);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(3, n, rows.get(1, n));
        }
        Points sum = chain(4, 500, seed);
        for (int n = 0; n < rows.size(); n++) {
            sum.set(2, n, 0.3 * sum.get(0, n) - 0.7 * sum.get(1, n) + 0.1);
        }
        for (Points singular : List.of(rows, sum)) {
            NumericalException refusal =
                    assertThrows(NumericalException.class, () -> pairs("hermite", singular), "seed " + seed);
            assertEquals(1, refusal.getMessage().lines().count());
            assertTrue(refusal.getMessage().startsWith("clusters: conditional needs columns none of which follows"));
        }
    }

    /** x3 is x1 and x2 summed, with noise: dependent given each other although those two are independent. */
    @Test
    void aFitFindsTheGraph() {
        CounterRandom random = new CounterRandom(12);
        Points rows = Points.zeros(5, 3000);
        for (int n = 0; n < rows.size(); n++) {
            for (int i = 0; i < 5; i++) {
                rows.set(i, n, random.normal(n, i));
            }
            rows.set(3, n, rows.get(1, n) + rows.get(2, n) + 0.7 * rows.get(3, n));
        }
        FittedModel model = Fit.of(
                InMemory.of(rows),
                FitSettings.of(
                        Map.of(
                                "basis",
                                Map.of(
                                        "family",
                                        "hermite",
                                        "degree",
                                        2,
                                        "clusters",
                                        Map.of("select", "conditional", "false_discovery", 1e-4)),
                                "process",
                                Map.of("times", 6),
                                "solver",
                                Map.of("ridge", 1e-2)),
                        Families.CATALOG),
                Families.CATALOG,
                RunContext.quiet(1));
        List<String> found = model.basis().clusters().stream()
                .filter(c -> c.order() == 2)
                .map(c -> c.coordinate(0) + "-" + c.coordinate(1))
                .toList();
        assertEquals(List.of("1-2", "1-3", "2-3"), found);
        assertEquals(
                5, model.basis().clusters().stream().filter(c -> c.order() == 1).count());
        assertFalse(model.report().choices().stream()
                .filter(line -> line.equals(
                        "3 of 10 pairs of columns depend on each other given all others (false discovery rate 1.0E-4)"))
                .toList()
                .isEmpty());
    }
}
