package org.eigendrift.engine.comparison;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.comparison.PairTrends.Cut;
import org.junit.jupiter.api.Test;

class TableDistancesTest {
    /** Sums of some hundred numbers of order 1 in another order. */
    private static final double ROUNDING = 1e-13;

    private static final Column LEVELS = Column.category("c", List.of("no", "yes"));

    private static Points columns(double[]... columns) {
        Points points = Points.zeros(columns.length, columns[0].length);
        for (int i = 0; i < columns.length; i++) {
            System.arraycopy(columns[i], 0, points.values(), points.offset(i), columns[i].length);
        }
        return points;
    }

    /** At 2 half of the first and none of the second are reached; the gap does not count. */
    @Test
    void numbersByHand() {
        double[] distances = ColumnShapes.distances(
                List.of(Column.real("x").withGaps(true)),
                columns(new double[] {4, 1, 3, 2}),
                columns(new double[] {3, 4, Double.NaN, 5, 6}));
        assertArrayEquals(new double[] {0.5}, distances, ROUNDING);
    }

    /** (1/2, 1/4, gap 1/4) against (1/4, 3/4, 0). */
    @Test
    void levelsByHand() {
        double[] distances = ColumnShapes.distances(
                List.of(LEVELS.withGaps(true)),
                columns(new double[] {0, 0, 1, Double.NaN}),
                columns(new double[] {0, 1, 1, 1}));
        assertArrayEquals(new double[] {0.5}, distances, ROUNDING);
    }

    @Test
    void aColumnWithoutValuesIsFarFromOneThatHasSome() {
        List<Column> column = List.of(Column.real("x").withGaps(true));
        Points gaps = columns(new double[] {Double.NaN, Double.NaN});
        assertEquals(1, ColumnShapes.distances(column, gaps, columns(new double[] {1, 2}))[0]);
        assertEquals(0, ColumnShapes.distances(column, gaps, gaps)[0]);
    }

    /** Correlations 3/5 and -3/5. */
    @Test
    void pairsOfNumbersByHand() {
        double[] distances = PairTrends.distances(
                List.of(Column.real("x"), Column.real("y")),
                columns(new double[] {1, 2, 3, 4}, new double[] {2, 1, 4, 3}),
                columns(new double[] {1, 2, 3, 4}, new double[] {3, 4, 1, 2}),
                Cut.REAL_RANGE);
        assertEquals(0.6, distances[1], ROUNDING);
        assertEquals(0.6, distances[2], ROUNDING);
        assertTrue(Double.isNaN(distances[0]));
    }

    /** Half of the rows in (first bin, no) and half in (upper end, yes), against a quarter in each of four cells. */
    @Test
    void numbersAndLevelsByHand() {
        Points real = columns(new double[] {0, 10, 0, 10}, new double[] {0, 1, 0, 1});
        Points other = columns(new double[] {0, 10, 0, 10}, new double[] {0, 1, 1, 0});
        List<Column> columns = List.of(Column.real("x"), LEVELS);
        assertEquals(0.5, PairTrends.mean(PairTrends.distances(columns, real, other, Cut.REAL_RANGE)), ROUNDING);
    }

    /** 2 is in the third bin of 0 to 10 and in the second of 0 to 20. */
    @Test
    void ownRangesMoveBins() {
        List<Column> columns = List.of(Column.real("x"), LEVELS);
        Points real = columns(new double[] {0, 2, 10}, new double[3]);
        Points other = columns(new double[] {0, 2, 20}, new double[3]);
        assertEquals(0, PairTrends.distances(columns, real, other, Cut.REAL_RANGE)[1]);
        assertEquals(1.0 / 3, PairTrends.distances(columns, real, other, Cut.OWN_RANGE)[1], ROUNDING);
    }

    @Test
    void aConstantRealColumnHasNoTrendAndAConstantOtherCountsAsNone() {
        List<Column> columns = List.of(Column.real("x"), Column.real("y"));
        Points moving = columns(new double[] {1, 2, 3}, new double[] {1, 2, 3});
        Points constant = columns(new double[] {1, 2, 3}, new double[] {0.1, 0.1, 0.1});
        assertTrue(Double.isNaN(PairTrends.mean(PairTrends.distances(columns, constant, moving, Cut.REAL_RANGE))));
        assertEquals(0.5, PairTrends.distances(columns, moving, constant, Cut.REAL_RANGE)[1], ROUNDING);
    }

    /** Contingency tables counted in a map of all cells. */
    @Test
    void tablesOfManyLevelsAgreeWithCountingAllCells() {
        List<String> levels =
                java.util.stream.IntStream.range(0, 40).mapToObj(k -> "l" + k).toList();
        List<Column> columns = List.of(
                Column.category("a", levels).withGaps(true),
                Column.category("b", levels).withGaps(true));
        Points real = random(700, 1);
        Points other = random(500, 2);
        Map<List<Double>, double[]> cells = new HashMap<>();
        for (int n = 0; n < 700; n++) {
            cells.computeIfAbsent(List.of(real.get(0, n), real.get(1, n)), c -> new double[2])[0] += 1 / 700.0;
        }
        for (int n = 0; n < 500; n++) {
            cells.computeIfAbsent(List.of(other.get(0, n), other.get(1, n)), c -> new double[2])[1] += 1 / 500.0;
        }
        double expected =
                cells.values().stream().mapToDouble(c -> Math.abs(c[0] - c[1])).sum() / 2;
        assertEquals(expected, PairTrends.distances(columns, real, other, Cut.REAL_RANGE)[1], ROUNDING);
    }

    private static Points random(int rows, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(2, rows);
        for (int n = 0; n < rows; n++) {
            double first = Math.floor(41 * random.uniform(n, 0));
            double second = Math.floor(41 * random.uniform(n, 1));
            points.set(0, n, first == 40 ? Double.NaN : first);
            points.set(1, n, random.uniform(n, 2) < 0.5 ? points.get(0, n) : second == 40 ? Double.NaN : second);
        }
        return points;
    }
}
