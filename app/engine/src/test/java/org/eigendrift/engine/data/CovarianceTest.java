package org.eigendrift.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.junit.jupiter.api.Test;

/** Sums over the rows of a data set, against two passes over an array. */
class CovarianceTest {
    private static final int ROWS = 5_000;

    private static InMemory rows(double far) {
        CounterRandom random = new CounterRandom(3);
        Points points = Points.zeros(2, ROWS);
        for (int n = 0; n < ROWS; n++) {
            double x = random.normal(n, 0);
            points.set(0, n, far + x);
            points.set(1, n, 0.5 * x + random.normal(n, 1));
        }
        return InMemory.of(points);
    }

    /** The numbers are x, y and x y. */
    private static void features(Points rows, int count, double[] out) {
        for (int n = 0; n < count; n++) {
            out[n] = rows.get(0, n);
            out[count + n] = rows.get(1, n);
            out[2 * count + n] = rows.get(0, n) * rows.get(1, n);
        }
    }

    private static void assertCovariance(InMemory data, Covariance found, double relative) {
        double[][] values = new double[3][ROWS];
        for (int n = 0; n < ROWS; n++) {
            values[0][n] = data.points().get(0, n);
            values[1][n] = data.points().get(1, n);
            values[2][n] = values[0][n] * values[1][n];
        }
        double[] means = Arrays.stream(values)
                .mapToDouble(v -> Arrays.stream(v).average().orElseThrow())
                .toArray();
        assertArrayEquals(
                means,
                found.means(),
                relative * Arrays.stream(means).map(Math::abs).max().orElseThrow());
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                double sum = 0;
                for (int n = 0; n < ROWS; n++) {
                    sum += (values[a][n] - means[a]) * (values[b][n] - means[b]);
                }
                double scale = Math.sqrt(found.matrix()[4 * a] * found.matrix()[4 * b]);
                assertEquals(sum / ROWS, found.matrix()[3 * a + b], relative * scale, a + " with " + b);
            }
        }
        assertEquals(ROWS, found.rows());
    }

    @Test
    void itIsThatOfTheNumbers() {
        InMemory data = rows(2);
        // 5,000 roundings in each order.
        assertCovariance(data, Covariance.of(data, 3, CovarianceTest::features), 1e-12);
        Covariance.Sum sum = new Covariance.Sum(3, CovarianceTest::features);
        sum.add(data.points().slice(0, 3_000));
        sum.add(data.points().slice(3_000, ROWS));
        assertCovariance(data, sum.covariance(), 1e-12);
    }

    /** A million deviations from 0 mean products would keep four digits of sixteen. */
    @Test
    void numbersFarFromNoughtKeepTheirDigits() {
        InMemory data = rows(1e6);
        Covariance found = Covariance.of(data, 3, CovarianceTest::features);
        double[] x = data.points().column(0);
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / ROWS;
        assertEquals(variance, found.matrix()[0], 1e-9 * variance);
    }

    @Test
    void ofNoRowsNothingIsKnown() {
        assertTrue(Double.isNaN(
                new Covariance.Sum(1, CovarianceTest::features).covariance().means()[0]));
    }

    @Test
    void meansOverRows() {
        InMemory data = rows(2);
        double expected =
                Arrays.stream(data.points().column(0)).map(v -> v * v).average().orElseThrow();
        double found = RowMean.of(
                data, rows -> Arrays.stream(rows.column(0)).map(v -> v * v).toArray());
        assertEquals(expected, found, 1e-13 * expected);
    }

    @Test
    void rangesOfRowsThatArriveInParts() {
        Ranges ranges = new Ranges(List.of(Column.real("a"), Column.real("b")));
        Ranges.Ends ends = ranges.zero();
        ranges.add(ends, Points.ofRows(new double[] {1, 5}, new double[] {3, 4}), 0);
        Ranges.Ends others = ranges.zero();
        ranges.add(others, Points.ofRows(new double[] {-2, 4.5}), 2);
        Ranges.Ends kept = ranges.read(ranges.write(others));
        ranges.merge(ends, kept);
        assertArrayEquals(new double[] {-2, 4}, ends.lower());
        assertArrayEquals(new double[] {3, 5}, ends.upper());
        assertEquals(-2, ranges.wide(ends).get(0).lower());
        assertEquals(5, ranges.wide(ends).get(1).upper());
        Ranges.Ends narrow = ranges.zero();
        ranges.add(narrow, Points.ofRows(new double[] {1, 4}, new double[] {3, 4}), 0);
        assertEquals(
                "column 'b' is constant (4.0 after frames); leave it out of target.columns",
                assertThrows(InputException.class, () -> ranges.wide(narrow)).getMessage());
        assertEquals(
                "column 'a' has no rows; leave it out of target.columns",
                assertThrows(InputException.class, () -> ranges.wide(ranges.zero()))
                        .getMessage());
    }

    /** Rows that are read again and again, and count how often. */
    private static final class Counted implements Dataset {
        private final Dataset rows;
        private final boolean known;
        private int readings;

        Counted(Dataset rows, boolean known) {
            this.rows = rows;
            this.known = known;
        }

        @Override
        public List<Column> columns() {
            return rows.columns();
        }

        @Override
        public OptionalLong rows() {
            return known ? rows.rows() : OptionalLong.empty();
        }

        @Override
        public Reader open() {
            readings++;
            return rows.open();
        }
    }

    @Test
    void rowsThatFitAreReadOnce() {
        InMemory data = rows(0);
        assertEquals(data, RowCache.of(data, 1));
        for (boolean known : new boolean[] {true, false}) {
            Counted source = new Counted(data, known);
            // Two numbers for each row.
            Dataset cached = RowCache.of(source, 2 * ROWS);
            assertEquals(1, source.readings);
            assertArrayEquals(
                    data.points().values(), ((InMemory) cached).points().values());
            assertEquals(data.columns(), cached.columns());
        }
        assertTrue(RowCache.of(new Counted(data, true)) instanceof InMemory);
    }

    @Test
    void rowsThatDoNotFitAreCountedAtMost() {
        InMemory data = rows(0);
        Counted known = new Counted(data, true);
        assertEquals(known, RowCache.of(known, 2 * ROWS - 1));
        assertEquals(0, known.readings);
        Counted unknown = new Counted(data, false);
        Dataset counted = RowCache.of(unknown, 2 * ROWS - 1);
        assertEquals(OptionalLong.of(ROWS), counted.rows());
        assertEquals(1, unknown.readings);
        assertEquals(data.columns(), counted.columns());
        assertArrayEquals(data.points().values(), InMemory.read(counted, ROWS).values());
    }
}
