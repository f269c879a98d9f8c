package org.eigendrift.engine.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.GivenEvaluation;
import org.eigendrift.engine.comparison.ColumnShapes;
import org.junit.jupiter.api.Test;

class TableMetricsTest {
    /** Sums of some hundred numbers of order 1 in another order, in per cent. */
    private static final double ROUNDING = 1e-11;

    private static Map<String, Figure> figures(MetricProvider<?> provider, Evaluation evaluation) {
        return created(provider, evaluation).stream().collect(Collectors.toMap(Figure::name, Function.identity()));
    }

    private static <O extends Record> List<Figure> created(MetricProvider<O> provider, Evaluation evaluation) {
        return provider.create(provider.options().defaults(), RunContext.quiet(1))
                .evaluate(evaluation);
    }

    @Test
    void shapesAreThoseOfTheScript() {
        double[] expected = {
            0.004166666666666707, 0.007499999999999993, 0.023333333333333317, 0.08583333333333332, 0.023191782272582895
        };
        assertArrayEquals(
                expected,
                ColumnShapes.distances(FormulaTable.COLUMNS, FormulaTable.rows(400, 1), FormulaTable.rows(300, 4)),
                ROUNDING);
    }

    @Test
    void meansAreThoseOfTheScript() {
        GivenEvaluation given = FormulaTable.evaluation(400);
        assertEquals(2.880502312118325, figures(new Shape(), given).get("shape").value(), ROUNDING);
        Map<String, Figure> trends = figures(new Trend(), given);
        assertEquals(8.149486140764846, trends.get("trend").value(), ROUNDING);
        assertEquals(8.28281947409818, trends.get("trend_own_bins").value(), ROUNDING);
    }

    /** With as many held-out as training rows no record is left to chance. */
    @Test
    void closestRecordsAreThoseOfTheScript() {
        assertEquals(
                0.9826735725736834,
                figures(new ClosestRecord(), FormulaTable.evaluation(400))
                        .get("nearest_neighbour_ratio")
                        .value(),
                ROUNDING);
        Map<String, Figure> figures = figures(new ClosestRecord(), FormulaTable.evaluation(80));
        assertEquals(0.49666666666666664, figures.get("dcr_share").value(), ROUNDING);
        assertEquals(0, figures.get("exact_copies").value());
    }

    /** Samples that are the training rows: all nearest to training, all copies, at no distance. */
    @Test
    void copiesAreSeen() {
        Points train = FormulaTable.rows(400, 1);
        GivenEvaluation given =
                GivenEvaluation.of(train, train, FormulaTable.rows(400, 9)).withColumns(FormulaTable.COLUMNS);
        Map<String, Figure> figures = figures(new ClosestRecord(), given);
        assertEquals(1, figures.get("dcr_share").value(), 0.01);
        assertTrue(figures.get("dcr_share").interval().orElseThrow().high() < 0.7);
        assertEquals(0, figures.get("nearest_neighbour_ratio").value());
        assertEquals(1, figures.get("exact_copies").value());
        assertEquals(0, figures(new Shape(), given).get("shape").value());
        assertEquals(0, figures(new Trend(), given).get("trend").value());
    }

    /** Half of 300 samples are training rows: a share of one half, sqrt(1/4 / 300) off; of held-out rows none is one. */
    @Test
    void howUncertainAShareOfCopiesIs() {
        Points train = FormulaTable.rows(400, 1);
        Points samples = FormulaTable.rows(300, 4);
        samples.paste(0, train.slice(0, 150));
        GivenEvaluation given =
                GivenEvaluation.of(samples, train, FormulaTable.rows(100, 9)).withColumns(FormulaTable.COLUMNS);
        Figure copies = figures(new ClosestRecord(), given).get("exact_copies");
        assertEquals(0.5, copies.value());
        assertEquals(0, copies.floor().orElseThrow());
        assertEquals(0.5 / Math.sqrt(300), copies.error().orElseThrow(), 1e-15);
        // Wilson's bound of none in a hundred, nine in ten.
        assertEquals(0, copies.interval().orElseThrow().low());
        assertEquals(1.645 * 1.645 / 100, copies.interval().orElseThrow().high(), 1e-4);
    }

    /**
     * Fresh samples of the truth lie within the floors' intervals of nine in ten: of 30 seeds, 22 or more in all but 1 case in
     * 200 (binomial), and the floors are as large as the errors themselves on average.
     */
    @Test
    void floorsAreThoseOfFreshSamples() {
        int inside = 0;
        double ratio = 0;
        for (int seed = 0; seed < 30; seed++) {
            GivenEvaluation given = GivenEvaluation.of(mixed(700, 2 * seed + 1), mixed(500, 2 * seed), null)
                    .withColumns(MIXED);
            Figure trend = figures(new Trend(), given).get("trend");
            Figure shape = figures(new Shape(), given).get("shape");
            double high = trend.interval().orElseThrow().high();
            inside += trend.value() <= high
                            && shape.value() <= shape.interval().orElseThrow().high()
                    ? 1
                    : 0;
            ratio += trend.value() / trend.floor().orElseThrow() / 30;
        }
        assertTrue(inside >= 22, inside + " of 30 are at the floor");
        assertEquals(1, ratio, 0.1);
    }

    @Test
    void sharesCountTiesHalf() {
        int[][] closest = {{0}, {1}, {0, 1}, {1, 2}};
        assertEquals(1.5 / 4, ClosestRecord.share(closest, new boolean[] {true, false, false}));
    }

    @Test
    void aSampleWithAGapWhereThereAreNoneIsRefused() {
        Points samples = FormulaTable.rows(300, 4);
        samples.set(1, 7, Double.NaN);
        GivenEvaluation given = GivenEvaluation.of(samples, FormulaTable.rows(400, 1), FormulaTable.rows(80, 9))
                .withColumns(FormulaTable.COLUMNS);
        NumericalException e = assertThrows(NumericalException.class, () -> created(new Shape(), given));
        assertEquals("samples: row 8, column 'b' is NaN, so samples cannot be compared with data", e.getMessage());
    }

    private static final List<Column> MIXED = List.of(
            Column.real("x"),
            Column.real("y"),
            Column.category("c", List.of("a", "b", "c")),
            Column.bool("d", "n", "y"));

    private static Points mixed(int rows, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(4, rows);
        for (int n = 0; n < rows; n++) {
            double x = random.normal(n, 0);
            points.set(0, n, x);
            points.set(1, n, 0.6 * x + 0.8 * random.normal(n, 1));
            points.set(2, n, Math.floor(3 * random.uniform(n, 4)));
            points.set(3, n, x + random.normal(n, 5) > 0 ? 1 : 0);
        }
        return points;
    }
}
