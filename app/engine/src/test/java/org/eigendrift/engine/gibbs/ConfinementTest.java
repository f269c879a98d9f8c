package org.eigendrift.engine.gibbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.Scattered;
import org.junit.jupiter.api.Test;

/** Walls beyond where coordinates, their residuals and pairs were seen. */
class ConfinementTest {
    private static final int ROWS = 3000;

    /** Two columns of correlation 0.95 and a third that leans on the second. */
    private static Points rows(long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points rows = Points.zeros(3, ROWS);
        for (int n = 0; n < ROWS; n++) {
            double a = 5 + 2 * random.normal(n, 0);
            double b = 0.95 * (a - 5) + 0.6 * random.normal(n, 1);
            rows.set(0, n, a);
            rows.set(1, n, b);
            rows.set(2, n, 0.5 * b + random.normal(n, 2));
        }
        return rows;
    }

    private static ProductBasis basis(Points rows) {
        List<CoordinateBasis> plain = Families.coordinates(List.of("hermite", "hermite", "hermite"), 2);
        ProductBasis all = Families.complete(plain, 2);
        List<CoordinateBasis> ranged = new java.util.ArrayList<>();
        for (int i = 0; i < 3; i++) {
            double[] column = rows.column(i);
            ranged.add(new CoordinateBasis(
                    plain.get(i).basis(),
                    new CoordinateBasis.Range(
                            Arrays.stream(column).min().orElseThrow(),
                            Arrays.stream(column).max().orElseThrow())));
        }
        return new ProductBasis(ranged, all.clusters());
    }

    private static Confinement of(Points rows) {
        return Confinement.of(InMemory.of(rows), basis(rows));
    }

    private static double[] walls(Confinement confinement, Points z) {
        double[] out = new double[z.size()];
        confinement.subtract(z, out);
        return Arrays.stream(out).map(value -> 0.0 - value).toArray();
    }

    @Test
    void rowsAreFree() {
        Points rows = rows(1);
        Confinement confinement = of(rows);
        assertArrayEquals(new double[ROWS], walls(confinement, rows));
        assertArrayEquals(new int[ROWS], confinement.strangeness(rows));
    }

    /**
     * The residual by least squares on the other two columns, solved by hand; its deviation is that of the residuals. For a
     * point that only the first residual confines: u^2 / 2 + u^4 / 4 of its distance in deviations, and the same for the
     * second column's residual, which moves along with it.
     */
    @Test
    void residualsAreThoseOfLeastSquares() {
        Points rows = rows(1);
        Confinement confinement = of(rows);
        Points z = Points.ofRows(new double[] {7.5, -1.5, 0.1});
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            double[] fit = regression(rows, i);
            double lower = Double.POSITIVE_INFINITY;
            double upper = Double.NEGATIVE_INFINITY;
            double square = 0;
            for (int n = 0; n < ROWS; n++) {
                double residual = residual(rows, n, i, fit);
                lower = Math.min(lower, residual);
                upper = Math.max(upper, residual);
                square += residual * residual / ROWS;
            }
            double here = residual(z, 0, i, fit);
            double u = Math.max(0, Math.max(here - upper, lower - here)) / Math.sqrt(square);
            expected += u * u / 2 + u * u * u * u / 4;
        }
        assertTrue(expected > 10, "the corner is far from the rows: " + expected);
        // A quartic of numbers that a covariance of condition 100 gives to some 1e-13.
        assertEquals(expected, walls(confinement, z)[0], 1e-9 * expected);
    }

    private static double[] regression(Points rows, int i) {
        int j = (i + 1) % 3;
        int k = (i + 2) % 3;
        double[] mean = new double[3];
        for (int c = 0; c < 3; c++) {
            mean[c] = Arrays.stream(rows.column(c)).average().orElseThrow();
        }
        double[][] s = new double[3][3];
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                for (int n = 0; n < ROWS; n++) {
                    s[a][b] += (rows.get(a, n) - mean[a]) * (rows.get(b, n) - mean[b]);
                }
            }
        }
        double determinant = s[j][j] * s[k][k] - s[j][k] * s[j][k];
        double bj = (s[i][j] * s[k][k] - s[i][k] * s[j][k]) / determinant;
        double bk = (s[i][k] * s[j][j] - s[i][j] * s[j][k]) / determinant;
        return new double[] {mean[i] - bj * mean[j] - bk * mean[k], bj, bk};
    }

    private static double residual(Points z, int n, int i, double[] fit) {
        return z.get(i, n) - fit[0] - fit[1] * z.get((i + 1) % 3, n) - fit[2] * z.get((i + 2) % 3, n);
    }

    @Test
    void gradientsAreDifferences() {
        Confinement confinement = of(rows(1));
        CounterRandom random = new CounterRandom(4);
        double step = 1e-5;
        for (int n = 0; n < 200; n++) {
            Points z = Points.zeros(3, 1);
            for (int i = 0; i < 3; i++) {
                z.set(i, 0, (i == 0 ? 5 : 0) + 4 * random.normal(n, i));
            }
            Points gradient = Points.zeros(3, 1);
            confinement.subtractGradient(z, gradient);
            for (int i = 0; i < 3; i++) {
                Points up = z.copy();
                Points down = z.copy();
                up.set(i, 0, z.get(i, 0) + step);
                down.set(i, 0, z.get(i, 0) - step);
                double high = walls(confinement, up)[0];
                double slope = (high - walls(confinement, down)[0]) / (2 * step);
                // Third derivatives are of the order of the value, whose rounding is divided by the step.
                assertEquals(-slope, gradient.get(i, 0), 1e-6 * (1 + high));
            }
        }
    }

    @Test
    void strayPointsArePulledToWhereTheyAreFree() {
        Points rows = rows(1);
        Confinement confinement = of(rows);
        Points z = rows.slice(0, 3);
        z.set(0, 1, 40);
        z.set(1, 2, -9);
        Points pulled = z.copy();
        confinement.pull(pulled);
        // At the wall, not beyond it: what rounding leaves of a distance enters squared.
        assertArrayEquals(new double[3], walls(confinement, pulled), 1e-20);
        for (int i = 0; i < 3; i++) {
            assertEquals(z.get(i, 0), pulled.get(i, 0), "a free point stays");
        }
    }

    @Test
    void rowsOfBothAreFreeInAUnion() {
        Points first = rows(1).slice(0, 1000);
        Points second = rows(2);
        Confinement one = of(first);
        assertTrue(Arrays.stream(walls(one, second)).anyMatch(wall -> wall > 0));
        ProductBasis wider = basis(second)
                .trustedIn(basis(first).coordinates().stream()
                        .map(CoordinateBasis::range)
                        .toList());
        Confinement widened = one.widened(InMemory.of(second), wider);
        for (Points rows : List.of(first, second)) {
            assertArrayEquals(new double[rows.size()], walls(widened, rows));
            assertArrayEquals(new int[rows.size()], widened.strangeness(rows));
        }
        Confinement united = one.union(one.widened(InMemory.of(second), basis(second)), wider);
        Points probes = rows(3);
        assertArrayEquals(walls(widened, probes), walls(united, probes));
        assertArrayEquals(widened.strangeness(probes), united.strangeness(probes));
    }

    /** Rows of three machines, whose ranges and cells are written, read and merged, confine as if they were here. */
    @Test
    void rowsElsewhereConfineAlike() {
        InMemory rows = InMemory.of(rows(1));
        Confinement here = Confinement.of(rows, basis(rows.points()));
        Confinement elsewhere = Confinement.of(new Scattered(rows, 3, new AtomicLong()), basis(rows.points()));
        Points probes = rows(3);
        assertArrayEquals(walls(here, probes), walls(elsewhere, probes));
        assertArrayEquals(here.strangeness(probes), elsewhere.strangeness(probes));
        assertTrue(
                Arrays.stream(here.strangeness(probes)).anyMatch(cells -> cells > 0), "no probe is beyond the cells");
    }

    @Test
    void theStateMakesItAgainAndIsChecked() {
        Points rows = rows(1);
        Confinement confinement = of(rows);
        Confinement again = Confinement.restore(basis(rows), confinement.state());
        Points probes = rows(3);
        assertArrayEquals(walls(confinement, probes), walls(again, probes));
        assertArrayEquals(confinement.strangeness(probes), again.strangeness(probes));
        for (Map.Entry<String, Double> wrong :
                Map.of("means", Double.NaN, "precision", -1.0, "lower", 1.0).entrySet()) {
            Map<String, double[]> damaged = new TreeMap<>();
            confinement
                    .state()
                    .names()
                    .forEach(name -> damaged.put(name, confinement.state().get(name)));
            damaged.get(wrong.getKey())[0] = wrong.getValue();
            assertThrows(
                    InputException.class, () -> Confinement.restore(basis(rows), State.of(damaged)), wrong.getKey());
        }
    }

    @Test
    void anglesAreFree() {
        List<String> families = List.of("fourier", "hermite");
        Points rows = Families.rows(families, 2000, 3);
        ProductBasis basis = Families.complete(Families.coordinates(families, 2), 1);
        Confinement confinement = Confinement.of(InMemory.of(rows), basis);
        Points z = Points.zeros(2, 100);
        for (int n = 0; n < 100; n++) {
            z.set(0, n, 2 * Math.PI * n / 100);
            z.set(1, n, rows.get(1, n));
        }
        assertArrayEquals(new double[100], walls(confinement, z));
    }
}
