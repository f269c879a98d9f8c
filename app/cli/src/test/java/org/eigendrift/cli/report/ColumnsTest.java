package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    private static Points single(double... values) {
        return Points.wrap(1, values.length, values);
    }

    /** Pearson's correlation of (1, 2, 3, 4) and (2, 1, 4, 3) is 0.6: 3 over 5. */
    @Test
    void correlationByHand() {
        Points points = Points.wrap(2, 4, new double[] {1, 2, 3, 4, 2, 1, 4, 3});
        double[] correlations =
                new Columns(List.of(Column.real("a"), Column.real("b")), points, points).correlations(points);
        assertEquals(1, correlations[0], 1e-15);
        assertEquals(0.6, correlations[1], 1e-15);
        assertEquals(0.6, correlations[2], 1e-15);
    }

    /** Angles do not feel where their period begins: one turned by 350 degrees is still the same angle. */
    @Test
    void anglesCorrelateRoundTheCircle() {
        CounterRandom random = new CounterRandom(1);
        Points points = Points.zeros(2, 500);
        for (int n = 0; n < 500; n++) {
            double angle = 15 * random.normal(n, 0);
            points.set(0, n, angle < 0 ? angle + 360 : angle);
            points.set(1, n, Math.floorMod((long) Math.floor(angle), 360L) + angle - Math.floor(angle));
        }
        Columns columns = new Columns(List.of(Column.angle("a", 0, 360), Column.angle("b", -180, 180)), points, points);
        assertEquals(1, columns.correlations(points)[1], 1e-12);
    }

    @Test
    void aConstantColumnHasNoCorrelation() {
        Points points = Points.wrap(2, 3, new double[] {1, 2, 3, 5, 5, 5});
        double[] correlations =
                new Columns(List.of(Column.real("a"), Column.real("b")), points, points).correlations(points);
        assertTrue(Double.isNaN(correlations[1]));
    }

    /** Each density times its bin width sums to the share of rows within the axis. */
    @Test
    void histogramsAreDensities() {
        CounterRandom random = new CounterRandom(2);
        Points data = Points.zeros(1, 5000);
        Points samples = Points.zeros(1, 3000);
        for (int n = 0; n < 5000; n++) {
            data.set(0, n, random.normal(n, 0));
        }
        for (int n = 0; n < 3000; n++) {
            samples.set(0, n, random.normal(n, 2));
        }
        samples.set(0, 0, 1e6);
        samples.set(0, 1, Double.NaN);
        Columns.Histogram histogram = new Columns(List.of(Column.real("x")), data, samples).histogram(0);
        double width = histogram.edges()[1] - histogram.edges()[0];
        double inside = 0;
        for (int k = 0; k < histogram.data().length; k++) {
            inside += width * (5000 * histogram.data()[k] + 3000 * histogram.samples()[k]);
        }
        assertEquals(8000, inside + histogram.outside(), 1e-6);
        assertTrue(histogram.outside() >= 2 && histogram.outside() <= 20, "outside " + histogram.outside());
        assertTrue(histogram.edges()[0] > -5 && histogram.edges()[histogram.edges().length - 1] < 5);
    }

    @Test
    void axesRespectBounds() {
        Points points = single(0.001, 0.5, 0.999);
        assertEquals(
                new Columns.Range(0, 1), new Columns(List.of(Column.bounded("share", 0, 1)), points, points).range(0));
        assertEquals(
                new Columns.Range(-180, 180),
                new Columns(List.of(Column.angle("angle", -180, 180)), points, points).range(0));
        assertEquals(
                0,
                new Columns(List.of(Column.positive("mass")), points, points)
                        .range(0)
                        .low());
    }

    @Test
    void axesOfConstantAndEmptyColumnsHaveWidth() {
        Columns.Range constant = new Columns(List.of(Column.real("x")), single(3, 3), single(3)).range(0);
        assertTrue(constant.low() < 3 && constant.high() > 3);
        Columns.Range empty = new Columns(List.of(Column.real("x")), single(), single()).range(0);
        assertTrue(empty.low() < empty.high());
    }

    @Test
    void columnsThatDifferMostComeFirst() {
        Points data = Points.wrap(2, 4, new double[] {1, 2, 3, 4, 10, 20, 30, 40});
        Points samples = Points.wrap(2, 4, new double[] {3, 4, 5, 6, 11, 21, 31, 41});
        Columns columns = new Columns(List.of(Column.real("a"), Column.real("b")), data, samples);
        assertEquals(List.of(0, 1), columns.mostDifferent());
    }
}
