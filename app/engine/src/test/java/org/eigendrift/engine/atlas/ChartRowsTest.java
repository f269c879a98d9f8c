package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.law.mixture.CellRows;
import org.junit.jupiter.api.Test;

/** Every row is in one chart, the same wherever it stands. */
class ChartRowsTest {
    private static final List<Column> COLUMNS = List.of(Column.real("a"), Column.angle("b", 0, 360));
    private static final ChartMixture MIXTURE = Atlases.three(COLUMNS);

    private static List<List<Double>> rows(int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        List<List<Double>> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            rows.add(List.of(2 * random.normal(n, 0), 360 * random.uniform(n, 1)));
        }
        return rows;
    }

    private static InMemory data(List<List<Double>> rows) {
        Points points = Points.zeros(2, rows.size());
        for (int n = 0; n < rows.size(); n++) {
            points.set(0, n, rows.get(n).get(0));
            points.set(1, n, rows.get(n).get(1));
        }
        return new InMemory(COLUMNS, points);
    }

    private static List<List<Double>> read(Dataset data, int buffer) {
        List<List<Double>> rows = new ArrayList<>();
        Points points = Points.zeros(2, buffer);
        try (Dataset.Reader reader = data.open()) {
            for (int count = reader.read(points); count > 0; count = reader.read(points)) {
                for (int n = 0; n < count; n++) {
                    rows.add(List.of(points.get(0, n), points.get(1, n)));
                }
            }
        }
        return rows;
    }

    /** Rows of normal and uniform numbers are distinct; in each chart they keep their order. */
    @Property(tries = 60)
    void everyRowIsInOneChart(
            @ForAll @IntRange(max = 600) int count,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 300) int buffer) {
        List<List<Double>> rows = rows(count, seed);
        List<List<Double>> left = new ArrayList<>(rows);
        for (int k = 0; k < MIXTURE.size(); k++) {
            List<List<Double>> own = read(new CellRows(data(rows), MIXTURE, k), buffer);
            List<List<Double>> inOrder = new ArrayList<>(rows);
            inOrder.retainAll(own);
            assertEquals(inOrder, own);
            left.removeAll(own);
            assertEquals(own, read(new CellRows(data(own), MIXTURE, k), 7), "they are all of this chart");
        }
        assertEquals(List.of(), left);
    }

    @Property(tries = 30)
    void rowsInMemoryAreTakenApartAsAStreamIs(@ForAll @IntRange(min = 1, max = 9000) int count, @ForAll long seed) {
        InMemory rows = data(rows(count, seed));
        List<Dataset> parts = ChartRows.split(rows, MIXTURE, RunContext.quiet(1));
        for (int k = 0; k < MIXTURE.size(); k++) {
            assertEquals(read(new CellRows(rows, MIXTURE, k), 700), read(parts.get(k), 700));
        }
    }

    @Property(tries = 30)
    void theChartDoesNotDependOnTheOtherRows(@ForAll @IntRange(min = 1, max = 300) int count, @ForAll long seed) {
        List<List<Double>> rows = rows(count, seed);
        List<List<Double>> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        for (int k = 0; k < MIXTURE.size(); k++) {
            List<List<Double>> own = read(new CellRows(data(rows), MIXTURE, k), 64);
            List<List<Double>> again = read(new CellRows(data(shuffled), MIXTURE, k), 50);
            again.sort((x, y) -> Integer.compare(rows.indexOf(x), rows.indexOf(y)));
            assertEquals(own, again);
        }
    }

    /** The sum of responsibilities is the expected number of rows; its variance is that of independent draws. */
    @Test
    void rowsAreDrawnByTheirResponsibilities() {
        Points points = data(rows(20_000, 3)).points();
        double[][] responsibilities = MIXTURE.responsibilities(points);
        int[] charts = ChartRows.charts(responsibilities, points);
        for (int k = 0; k < MIXTURE.size(); k++) {
            double expected = 0;
            double variance = 0;
            int seen = 0;
            for (int n = 0; n < charts.length; n++) {
                expected += responsibilities[k][n];
                variance += responsibilities[k][n] * (1 - responsibilities[k][n]);
                seen += charts[n] == k ? 1 : 0;
            }
            // Four standard deviations, passed once in fifteen thousand seeds; the rows are fixed.
            assertEquals(expected, seen, 4 * Math.sqrt(variance));
        }
    }

    /** Weights that sum to 1 but for rounding leave no row without a chart: it is the last one's. */
    @Test
    void aRowThatRoundingLeavesOverIsOfTheLastChart() {
        Points points = data(rows(1000, 8)).points();
        double[] quarter = new double[points.size()];
        Arrays.fill(quarter, 0.25);
        int[] charts = ChartRows.charts(new double[][] {quarter, quarter}, points);
        double first = Arrays.stream(charts).filter(k -> k == 0).count();
        // A binomial law's four standard deviations.
        assertEquals(250, first, 4 * Math.sqrt(1000 * 0.25 * 0.75));
        assertEquals(1, Arrays.stream(charts).max().orElseThrow());
    }

    @Test
    void fewOfManyRowsAreTakenEvenly() {
        Points ten = Points.wrap(1, 10, new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
        assertArrayEquals(new double[] {0, 2, 5, 7}, ChartRows.thinned(ten, 4).values());
        assertSame(ten, ChartRows.thinned(ten, 10));
        assertSame(ten, ChartRows.thinned(ten, 11));
    }

    /** Rows that are not in memory. */
    private static Dataset elsewhere(InMemory rows) {
        return new Dataset() {
            @Override
            public List<Column> columns() {
                return rows.columns();
            }

            @Override
            public OptionalLong rows() {
                return rows.rows();
            }

            @Override
            public Reader open() {
                return rows.open();
            }
        };
    }

    @Test
    void rowsElsewhereAreFoundInEveryReading() {
        InMemory rows = data(rows(2000, 6));
        List<Dataset> parts = ChartRows.split(elsewhere(rows), MIXTURE, RunContext.quiet(1));
        List<Dataset> inMemory = ChartRows.split(rows, MIXTURE, RunContext.quiet(1));
        assertEquals(MIXTURE.size(), parts.size());
        for (int k = 0; k < MIXTURE.size(); k++) {
            assertEquals(read(inMemory.get(k), 700), read(parts.get(k), 700));
        }
    }

    private static InMemory chart(double... second) {
        Points rows = Points.zeros(2, second.length);
        for (int n = 0; n < second.length; n++) {
            rows.set(0, n, n);
            rows.set(1, n, second[n]);
        }
        return new InMemory(COLUMNS, rows);
    }

    /** Wherever its rows are; of two with as many rows, the first. */
    @Test
    void aChartIsFlatWithAColumnThatIsTheSameInAllRows() {
        InMemory round = chart(1, 2, 1);
        InMemory four = chart(5, 5, 5, 5);
        InMemory three = chart(5, 5, 5);
        assertEquals(OptionalInt.empty(), ChartRows.flattest(List.of(elsewhere(round), round)));
        assertEquals(OptionalInt.of(1), ChartRows.flattest(List.of(round, three, elsewhere(three), four)));
        assertEquals(OptionalInt.of(2), ChartRows.flattest(List.of(four, elsewhere(round), elsewhere(three))));
    }
}
