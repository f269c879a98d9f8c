package org.eigendrift.metrics.xgboost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.contract.GivenEvaluation;
import org.junit.jupiter.api.Test;

class TableLearningTest {
    /** A number, a category that depends on it, a gap now and then, and a moment, whose seconds need more than single precision. */
    private static final List<Column> COLUMNS = List.of(
            Column.real("x"),
            Column.category("c", List.of("low", "middle", "high")),
            Column.real("y").withGaps(true),
            Column.dateTime("t", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));

    private static final double EPOCH = 1.7e9;

    /**
     * Rows; {@code dependent} says how often c follows x. y is 2 x but for a little noise, t tells of x by seconds.
     */
    private static Points rows(int size, long seed, double dependent) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(4, size);
        for (int n = 0; n < size; n++) {
            double x = random.normal(n, 0);
            boolean follows = random.uniform(n, 2) < dependent;
            double from = follows ? x : random.normal(n, 3);
            points.set(0, n, x);
            points.set(1, n, from < -0.43 ? 0 : from < 0.43 ? 1 : 2);
            points.set(2, n, random.uniform(n, 5) < 0.1 ? Double.NaN : 2 * x + 0.1 * random.normal(n, 6));
            points.set(3, n, EPOCH + Math.rint(10 * x + 3 * random.normal(n, 8)));
        }
        return points;
    }

    private static Map<String, Figure> figures(Metric metric, Points samples) {
        GivenEvaluation given = GivenEvaluation.of(samples, rows(1500, 1, 0.9), rows(1200, 2, 0.9))
                .withColumns(COLUMNS);
        return metric.evaluate(given).stream().collect(Collectors.toMap(Figure::name, Function.identity()));
    }

    private static Metric detection() {
        Detection provider = new Detection();
        return provider.create(provider.options().defaults(), RunContext.quiet(1));
    }

    private static Metric tstr(String target) {
        return new TrainSynthetic().create(new TrainSynthetic.Options(target, 20_000, 60), RunContext.quiet(1));
    }

    /** Within four standard errors of one half where there is nothing to tell, and the floor likewise. */
    @Test
    void freshRowsAreNotDetected() {
        Figure figure = figures(detection(), rows(1500, 3, 0.9)).get("detection");
        double error = Ranking.error(1200, 1200);
        assertEquals(0.5, figure.value(), 4 * error);
        assertEquals(0.5, figure.floor().orElseThrow(), 4 * error);
        assertEquals(error, figure.error().orElseThrow());
    }

    /** Half of the rows have a c that does not go with their x. */
    @Test
    void aLostDependenceIsDetected() {
        double area = figures(detection(), rows(1500, 3, 0)).get("detection").value();
        assertTrue(area > 0.7, "area " + area);
    }

    /** Copies of training rows look right beside held-out rows; beside training rows both folds know them. */
    @Test
    void copiesAreLessDetectedThanFreshRows() {
        Map<String, Figure> copies = figures(detection(), rows(1500, 1, 0.9));
        double below =
                copies.get("detection").value() - copies.get("detection_train").value();
        assertTrue(below > 0.1, "against training rows " + below + " less");
    }

    @Test
    void levelsAreLearntFromSamplesAsFromRows() {
        Map<String, Figure> fresh = figures(tstr("c"), rows(1500, 3, 0.9));
        assertTrue(fresh.get("tstr_auc").value() > 0.9, fresh.toString());
        assertEquals(
                fresh.get("tstr_auc").floor().orElseThrow(),
                fresh.get("tstr_auc").value(),
                0.02);
        Map<String, Figure> independent = figures(tstr("c"), rows(1500, 3, 0));
        assertTrue(independent.get("tstr_auc").value() < 0.6, independent.toString());
        assertTrue(independent.get("tstr_f1").value() < fresh.get("tstr_f1").value() - 0.3, independent.toString());
    }

    /** Var(noise) is 0.01 of 4.01; what trees of 1,500 rows leave is some hundredths. */
    @Test
    void numbersAreLearntWhereTheyHaveAValue() {
        Figure figure = figures(tstr("y"), rows(1500, 3, 0.9)).get("tstr_r2");
        assertTrue(figure.value() > 0.95 && figure.value() < 1, figure.toString());
        assertEquals(figure.floor().orElseThrow(), figure.value(), 0.02);
    }

    /** The last column is the default: its seconds are known to 3 of a spread of 10. */
    @Test
    void momentsKeepTheirSeconds() {
        Figure figure = figures(tstr(""), rows(1500, 3, 0.9)).get("tstr_r2");
        assertTrue(figure.value() > 0.8, figure.toString());
        assertTrue(
                figure.words().orElseThrow().meaning().startsWith("R² of 't', learnt from 1,500 samples"),
                figure.toString());
    }

    @Test
    void anUnknownTargetIsTold() {
        InputException e = assertThrows(InputException.class, () -> figures(tstr("cc"), rows(1500, 3, 0.9)));
        assertTrue(e.getMessage().startsWith("evaluate: tstr: target: no column 'cc'"), e.getMessage());
    }
}
