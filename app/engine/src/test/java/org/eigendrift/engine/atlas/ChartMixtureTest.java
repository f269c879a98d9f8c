package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.basis.Families;
import org.junit.jupiter.api.Test;

/** Responsibilities against the densities written down. */
class ChartMixtureTest {
    /** An angle before the others, of another period than 2 pi; the mixture puts it last. */
    private static final List<Column> COLUMNS = List.of(
            Column.angle("angle", -180, 180),
            Column.real("real"),
            Column.positive("positive"),
            Column.bounded("share", 2, 5));

    private static final int REAL = 3;
    private static final double[] WEIGHTS = {0.2, 0.7, 0.1};

    /** By column. */
    private static final double[] SHIFT = {0, 1, -0.5, 0.25};

    private static final double[] SCALE = {1, 2, 0.5, 1.5};

    /** In the mixture's order: three real coordinates, then the angle. */
    private static final double[][] MEANS = {{0, 0.5, -1, 3}, {1, -1, 0, 0.1}, {-2, 0, 0.5, 6.2}};

    /** The narrow one is cut off by no wrap, the wide one needs several. */
    private static final double[] DEVIATIONS = {0.05, 1.2, 6};

    /** A positive definite matrix with strong correlations, another one for each component. */
    private static double[][] covariance(int component) {
        double[][] root = {{1, 0, 0}, {0.9, 0.4, 0}, {-0.3 - component, 0.5, 0.6}};
        double[][] covariance = new double[REAL][REAL];
        for (int i = 0; i < REAL; i++) {
            for (int j = 0; j < REAL; j++) {
                for (int k = 0; k < REAL; k++) {
                    covariance[i][j] += root[i][k] * root[j][k];
                }
            }
        }
        return covariance;
    }

    /** The determinant of what is left of a matrix without a row and a column, with its sign. */
    private static double cofactor(double[][] a, int row, int column) {
        int i = (row + 1) % REAL;
        int j = (row + 2) % REAL;
        int k = (column + 1) % REAL;
        int l = (column + 2) % REAL;
        return a[i][k] * a[j][l] - a[i][l] * a[j][k];
    }

    private static double determinant(double[][] a) {
        return a[0][0] * cofactor(a, 0, 0) + a[0][1] * cofactor(a, 0, 1) + a[0][2] * cofactor(a, 0, 2);
    }

    /** By Cramer's rule. */
    private static double[][] inverse(double[][] a) {
        double[][] inverse = new double[REAL][REAL];
        for (int i = 0; i < REAL; i++) {
            for (int j = 0; j < REAL; j++) {
                inverse[i][j] = cofactor(a, j, i) / determinant(a);
            }
        }
        return inverse;
    }

    /** The inverse of the Cholesky factor, by its definition. */
    private static double[][] whitening(double[][] covariance) {
        double[][] factor = new double[REAL][REAL];
        for (int i = 0; i < REAL; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = covariance[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
            }
        }
        return inverse(factor);
    }

    private static State state() {
        double[] whitenings = new double[WEIGHTS.length * REAL * REAL];
        for (int k = 0; k < WEIGHTS.length; k++) {
            double[][] whitening = whitening(covariance(k));
            for (int i = 0; i < REAL; i++) {
                System.arraycopy(whitening[i], 0, whitenings, (k * REAL + i) * REAL, REAL);
            }
        }
        return State.of(Map.of(
                "shift", SHIFT,
                "scale", SCALE,
                "weights", WEIGHTS,
                "means", Arrays.stream(MEANS).flatMapToDouble(Arrays::stream).toArray(),
                "whitenings", whitenings,
                "deviations", DEVIATIONS));
    }

    /** The density of a row in the mixture's coordinates. */
    private static double density(int component, double angle, double real, double positive, double share) {
        double inside = (share - 2) / 3;
        double[] u = {
            (real - SHIFT[1]) / SCALE[1],
            (Math.log(positive) - SHIFT[2]) / SCALE[2],
            (Math.log(inside) - Math.log1p(-inside) - SHIFT[3]) / SCALE[3]
        };
        double[][] covariance = covariance(component);
        double[][] inverse = inverse(covariance);
        double form = 0;
        for (int i = 0; i < REAL; i++) {
            for (int j = 0; j < REAL; j++) {
                form += (u[i] - MEANS[component][i]) * inverse[i][j] * (u[j] - MEANS[component][j]);
            }
        }
        double normal = Math.exp(-0.5 * form) / Math.sqrt(Math.pow(2 * Math.PI, REAL) * determinant(covariance));
        double wrapped = 0;
        for (int m = -40; m <= 40; m++) {
            double difference = (angle + 180) * Math.PI / 180 - MEANS[component][REAL] + 2 * Math.PI * m;
            double deviation = DEVIATIONS[component];
            wrapped += Math.exp(-0.5 * difference * difference / (deviation * deviation))
                    / (deviation * Math.sqrt(2 * Math.PI));
        }
        return normal * wrapped;
    }

    /** More rows than one block has. */
    private static Points rows() {
        CounterRandom random = new CounterRandom(4);
        Points rows = Points.zeros(4, 2 * ChartMixture.BLOCK + 77);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, 360 * random.uniform(n, 0) - 180);
            rows.set(1, n, 1 + 3 * random.normal(n, 1));
            rows.set(2, n, Math.exp(random.normal(n, 2)));
            rows.set(3, n, 2 + 3 * random.uniform(n, 3));
        }
        return rows;
    }

    /** Products of a few factors, each right to a few units in the last place of exponents up to some hundreds. */
    @Test
    void responsibilitiesAreSharesOfTheDensities() {
        Points rows = rows();
        double[][] actual =
                ChartMixture.restore(COLUMNS, state(), Families.CATALOG).responsibilities(rows);
        for (int n = 0; n < rows.size(); n++) {
            double[] expected = new double[WEIGHTS.length];
            double sum = 0;
            for (int k = 0; k < expected.length; k++) {
                expected[k] = WEIGHTS[k] * density(k, rows.get(0, n), rows.get(1, n), rows.get(2, n), rows.get(3, n));
                sum += expected[k];
            }
            double total = 0;
            for (int k = 0; k < expected.length; k++) {
                assertEquals(expected[k] / sum, actual[k][n], 1e-11, "row " + n);
                total += actual[k][n];
            }
            // Exponentials of differences of logarithms up to some hundreds.
            assertEquals(1, total, 1e-13);
        }
    }

    /** Shares of the others' densities: as if the component had never been. */
    @Test
    void theOthersKeepTheirProportions() {
        Points rows = rows();
        ChartMixture all = ChartMixture.restore(COLUMNS, state(), Families.CATALOG);
        int compared = 0;
        for (int left = 0; left < WEIGHTS.length; left++) {
            ChartMixture others = all.without(left);
            // Shares of a row are the same whatever the weights sum to; a law's are not.
            assertEquals(1, Arrays.stream(others.state().get("weights")).sum(), 1e-15);
            double[][] actual = others.responsibilities(rows);
            assertEquals(WEIGHTS.length - 1, actual.length);
            for (int n = 0; n < rows.size(); n++) {
                double[] expected = new double[WEIGHTS.length];
                for (int k = 0; k < expected.length; k++) {
                    double at = density(k, rows.get(0, n), rows.get(1, n), rows.get(2, n), rows.get(3, n));
                    expected[k] = k == left ? 0 : WEIGHTS[k] * at;
                }
                double sum = Arrays.stream(expected).sum();
                // Where the densities written down are below the smallest numbers, shares are not.
                for (int k = 0; k < actual.length && sum > 1e-280; k++) {
                    compared++;
                    // As in responsibilitiesAreSharesOfTheDensities.
                    assertEquals(expected[k < left ? k : k + 1] / sum, actual[k][n], 1e-11, "row " + n);
                }
            }
        }
        assertTrue(compared > 4 * rows.size(), compared + " shares compared");
    }

    /** On the bounds, and infinitely many deviations away, shares are still shares. */
    @Test
    void rowsAtTheEdgeHaveResponsibilitiesToo() {
        Points rows = Points.wrap(4, 3, new double[] {-180, 180, 0, 1e150, -1e150, 1, 0, 1e-300, 1, 2, 5, 3});
        double[][] actual =
                ChartMixture.restore(COLUMNS, state(), Families.CATALOG).responsibilities(rows);
        for (int n = 0; n < 3; n++) {
            assertEquals(1, actual[0][n] + actual[1][n] + actual[2][n], 1e-13, "row " + n);
        }
    }

    /** Thirty narrow components on a line, each with an angle, and rows in the order of the line: of a block most are far away. */
    private static ChartMixture many(int size) {
        State state = State.of(Map.of(
                "shift", new double[] {0, 0},
                "scale", new double[] {1, 1},
                "weights", IntStream.range(0, size).mapToDouble(k -> 1.0 / size).toArray(),
                "means",
                        IntStream.range(0, 2 * size)
                                .mapToDouble(i -> i % 2 == 0 ? i : 0.4 * i)
                                .toArray(),
                "whitenings",
                        IntStream.range(0, size).mapToDouble(k -> 4 + k % 3).toArray(),
                "deviations",
                        IntStream.range(0, size)
                                .mapToDouble(k -> k % 5 == 0 ? 3 : 0.3)
                                .toArray()));
        return ChartMixture.restore(
                List.of(Column.real("x"), Column.angle("a", 0, 2 * Math.PI)), state, Families.CATALOG);
    }

    /**
     * Alone a row has other components near it than in its block. Shares against sums over turns of the densities: exponents up to 40
     * that are right to 1e-14 of themselves.
     */
    @Test
    void whatIsFarFromABlockOfRowsHasNoShareInAnyOfThem() {
        int size = 30;
        ChartMixture mixture = many(size);
        CounterRandom random = new CounterRandom(9);
        int count = 4 * ChartMixture.BLOCK;
        Points rows = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            rows.set(0, n, 2.0 * size * n / count + 0.3 * random.normal(n, 0));
            rows.set(1, n, 2 * Math.PI * random.uniform(n, 1));
        }
        double[][] together = mixture.responsibilities(rows);
        for (int n = 0; n < count; n += 7) {
            double[][] alone = mixture.responsibilities(rows.slice(n, n + 1));
            double[] densities = new double[size];
            for (int k = 0; k < size; k++) {
                assertEquals(alone[k][0], together[k][n], 0, "component " + k + " of row " + n);
                double w = 4 + k % 3;
                double deviation = k % 5 == 0 ? 3 : 0.3;
                double y = w * (rows.get(0, n) - 2 * k);
                for (int turn = -20; turn <= 20; turn++) {
                    double r = (rows.get(1, n) - 0.4 * (2 * k + 1) + 2 * Math.PI * turn) / deviation;
                    densities[k] += w / deviation * Math.exp(-0.5 * (y * y + r * r));
                }
            }
            double sum = Arrays.stream(densities).sum();
            for (int k = 0; k < size; k++) {
                assertEquals(densities[k] / sum, together[k][n], 1e-11, "component " + k + " of row " + n);
            }
        }
    }

    /** Rows so far out that no density is above 0, and rows without numbers, keep their shares to themselves. */
    @Test
    void rowsThatAreFarFromAllOrNoNumbersDoNotChangeThoseBesideThem() {
        ChartMixture mixture = many(30);
        Points rows = Points.wrap(2, 4, new double[] {3, 1e12, Double.NaN, 41, 1, 2, 3, 4});
        double[][] together = mixture.responsibilities(rows);
        for (int n = 0; n < rows.size(); n++) {
            double[][] alone = mixture.responsibilities(rows.slice(n, n + 1));
            for (int k = 0; k < 30; k++) {
                assertEquals(alone[k][0], together[k][n], 0, "component " + k + " of row " + n);
            }
        }
    }

    /** A turn more or less is the same angle. */
    @Test
    void anglesAreTakenModuloTheirPeriod() {
        ChartMixture mixture = ChartMixture.restore(COLUMNS, state(), Families.CATALOG);
        Points rows = rows();
        Points turned = rows.copy();
        for (int n = 0; n < rows.size(); n++) {
            turned.set(0, n, rows.get(0, n) + 360);
        }
        double[][] expected = mixture.responsibilities(rows);
        double[][] actual = mixture.responsibilities(turned);
        for (int k = 0; k < expected.length; k++) {
            assertArrayEquals(expected[k], actual[k], 1e-11);
        }
    }

    @Test
    void theStateMakesTheSameMixture() {
        ChartMixture mixture = ChartMixture.restore(COLUMNS, state(), Families.CATALOG);
        ChartMixture again = ChartMixture.restore(COLUMNS, mixture.state(), Families.CATALOG);
        State state = state();
        assertEquals(state.names(), mixture.state().names());
        for (String name : state.names()) {
            assertArrayEquals(state.get(name), mixture.state().get(name), name);
        }
        assertArrayEquals(mixture.responsibilities(rows()), again.responsibilities(rows()));
    }

    private static void assertRefused(String name, int index, double value) {
        Map<String, double[]> arrays = new TreeMap<>();
        state().names().forEach(key -> arrays.put(key, state().get(key)));
        arrays.get(name)[index] = value;
        assertThrows(
                InputException.class,
                () -> ChartMixture.restore(COLUMNS, State.of(arrays), Families.CATALOG),
                name + "[" + index + "] = " + value);
    }

    @Test
    void damagedStatesAreRefused() {
        assertRefused("weights", 0, 0);
        assertRefused("weights", 0, 1.5);
        assertRefused("weights", 2, Double.NaN);
        assertRefused("means", 3, Double.POSITIVE_INFINITY);
        assertRefused("whitenings", 0, 0);
        assertRefused("whitenings", 3, Double.NaN);
        assertRefused("deviations", 1, -1);
        assertRefused("deviations", 1, Double.POSITIVE_INFINITY);
        assertRefused("scale", 1, 0);
        assertRefused("shift", 1, Double.NaN);
    }

    /** The density of rows in their own units, against numerical slopes of the map column by column. */
    @Test
    void theJacobianIsThatOfTheMap() {
        List<Column> columns =
                List.of(Column.angle("a", -1, 5), Column.real("r"), Column.positive("p"), Column.bounded("b", -0.5, 2));
        ChartCoordinates coordinates = ChartCoordinates.restore(
                columns,
                List.of(0.4),
                new double[] {0, 3, 0.5, -1},
                new double[] {1, 4, 0.25, 2},
                new ChartFrames(Families.CATALOG));
        double[] x = {0.7, -2, 1.7, 0.3};
        double step = 1e-6;
        double log = 0;
        for (int i = 0; i < 4; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += step;
            down[i] -= step;
            Points high = coordinates.of(Points.ofRows(up));
            Points low = coordinates.of(Points.ofRows(down));
            double moved = 0;
            for (int j = 0; j < 4; j++) {
                moved += Math.abs(high.get(j, 0) - low.get(j, 0));
            }
            log += Math.log(moved / (2 * step));
        }
        // Central differences of a map whose third derivatives are of order 1: step^2, and rounding over the step.
        assertEquals(log, coordinates.meanLogJacobian(Points.ofRows(x)), 1e-8);
    }
}
