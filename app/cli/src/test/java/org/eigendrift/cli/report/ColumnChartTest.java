package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.data.Column;
import org.junit.jupiter.api.Test;

class ColumnChartTest {
    private static final ReportInput.CellText NUMBERS = (column, value) -> Numbers.text(value);
    private static final ReportInput.CellText DAYS =
            (column, value) -> LocalDate.ofEpochDay(Math.round(value)).toString();

    /** Sums of a thousand shares. */
    private static final double ROUNDING = 1e-9;

    private static double[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToDouble(k -> k).toArray();
    }

    /** Frequent levels first; shares are of the rows that have a level. */
    @Test
    void levelsByHand() {
        Column column = Column.category("c", List.of("red", "green", "blue")).withGaps(true);
        ColumnChart chart =
                ColumnChart.of(column, NUMBERS, new double[] {1, 1, 0, Double.NaN, 1}, new double[] {2, 2, 1, 0});
        assertEquals(List.of("green", "red", "blue"), chart.labels());
        assertArrayEquals(new double[] {75, 25, 0}, chart.data(), ROUNDING);
        assertArrayEquals(new double[] {25, 25, 50}, chart.samples(), ROUNDING);
    }

    @Test
    void orderedLevelsKeepTheirOrder() {
        Column column = Column.ordered("c", List.of("low", "mid", "high"));
        assertEquals(
                List.of("low", "mid", "high"),
                ColumnChart.of(column, NUMBERS, new double[] {2, 2, 1}, new double[] {2})
                        .labels());
    }

    @Test
    void rareLevelsShareABar() {
        Column column = Column.category(
                "c", IntStream.range(0, 50).mapToObj(k -> "l" + k).toList());
        double[] rows = IntStream.range(0, 50)
                .flatMap(k -> IntStream.generate(() -> k).limit(50 - k))
                .mapToDouble(k -> k)
                .toArray();
        ColumnChart chart = ColumnChart.of(column, NUMBERS, rows, rows);
        assertEquals(16, chart.labels().size());
        assertEquals("l0", chart.labels().get(0));
        assertEquals("35 others", chart.labels().get(15));
        assertEquals(100, Arrays.stream(chart.data()).sum(), ROUNDING);
        // 35 + 34 + ... + 1 of 50 + 49 + ... + 1 rows.
        assertEquals(100.0 * 630 / 1275, chart.data()[15], ROUNDING);
    }

    @Test
    void wholeNumbersHaveABarEach() {
        double[] rows = numbers(3, 15);
        ColumnChart chart = ColumnChart.of(Column.integer("n", 0, 100), NUMBERS, rows, rows);
        assertEquals(Arrays.stream(rows).mapToObj(Numbers::text).toList(), chart.labels());
        assertTrue(chart.ends().isEmpty());
        for (double share : chart.data()) {
            assertEquals(100.0 / 12, share, ROUNDING);
        }
    }

    /** Bins of wide ranges hold whole steps, so that no bin has more values for the rounding's sake. */
    @Test
    void binsOfRoundedNumbersAreEven() {
        double[] rows =
                IntStream.range(0, 4000).mapToDouble(k -> k % 1000 / 10.0).toArray();
        ColumnChart chart = ColumnChart.of(Column.real("x").withStep(0.1), NUMBERS, rows, rows);
        double[] inner = Arrays.copyOfRange(chart.data(), 1, chart.data().length - 1);
        assertEquals(
                Arrays.stream(inner).max().orElseThrow(),
                Arrays.stream(inner).min().orElseThrow(),
                ROUNDING);
    }

    @Test
    void daysAreWrittenAsDays() {
        double[] rows = numbers(18_000, 18_400);
        ColumnChart chart =
                ColumnChart.of(Column.date("d", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY), DAYS, rows, rows);
        assertTrue(
                chart.labels().stream().allMatch(l -> l.startsWith("2019") || l.startsWith("2020")), chart.toString());
        assertTrue(chart.labels().size() > 8 && chart.labels().size() <= 41, chart.toString());
        assertEquals(100, Arrays.stream(chart.data()).sum(), ROUNDING);
    }

    /** Nine in ten rows are 0: told beside, and the others fill the bars. */
    @Test
    void atomsStandBesideTheBars() {
        double[] rows = numbers(0, 1000);
        Arrays.fill(rows, 0, 900, 0);
        Column column = Column.nonNegative("gain").withAtoms(0, 950);
        ColumnChart chart = ColumnChart.of(column, NUMBERS, rows, numbers(900, 1000));
        assertEquals("0", chart.atoms().get(0).label());
        assertEquals(90, chart.atoms().get(0).data(), ROUNDING);
        assertEquals(0, chart.atoms().get(0).samples(), ROUNDING);
        assertEquals(1, chart.atoms().size(), "950 is one row");
        assertEquals(10, Arrays.stream(chart.data()).sum(), ROUNDING);
        assertEquals(100, Arrays.stream(chart.samples()).sum(), ROUNDING);
    }

    @Test
    void aColumnOfGapsHasNoBars() {
        double[] gaps = {Double.NaN, Double.NaN};
        ColumnChart chart = ColumnChart.of(Column.real("x").withGaps(true), NUMBERS, gaps, gaps);
        assertTrue(chart.labels().isEmpty());
    }

    @Test
    void aConstantColumnHasOneBar() {
        double[] sevens = {7, 7, 7};
        ColumnChart chart = ColumnChart.of(Column.integer("x", 0, 10), NUMBERS, sevens, sevens);
        assertEquals(100, Arrays.stream(chart.data()).max().orElseThrow(), ROUNDING);
        ColumnChart real = ColumnChart.of(Column.real("x"), NUMBERS, sevens, sevens);
        assertEquals(100, Arrays.stream(real.data()).max().orElseThrow(), ROUNDING);
    }
}
