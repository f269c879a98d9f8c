package org.eigendrift.engine.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.GivenEvaluation;
import org.junit.jupiter.api.Test;

/** Metrics of the recorded rows against NumPy's values, see {@link Recorded}, and against closed forms. */
class SampleMetricsTest {
    /** Both sides sum some 10^4 to 10^5 terms of order 1 in double precision, in different orders. */
    private static final double ROUNDING = 1e-11;

    static <O extends Record> List<Figure> figures(MetricProvider<O> provider, GivenEvaluation evaluation) {
        Metric metric = provider.create(provider.options().defaults(), RunContext.quiet(1));
        return metric.evaluate(evaluation);
    }

    static Figure figure(MetricProvider<?> provider, GivenEvaluation evaluation, String name) {
        List<Figure> figures = figures(provider, evaluation);
        return figures.stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " not in " + figures));
    }

    private static void assertFigure(MetricProvider<?> provider, String name, double value, double floor) {
        Figure figure = figure(provider, Recorded.evaluation(), name);
        assertEquals("samples", figure.group());
        assertEquals(value, figure.value(), ROUNDING * (1 + Math.abs(value)), name);
        assertEquals(floor, figure.floor().orElseThrow(), ROUNDING * (1 + Math.abs(floor)), name + " floor");
    }

    @Test
    void momentsAgreeWithNumPy() {
        assertFigure(new SecondMoment(), "second_moment_relative_error", 0.08426849203058717, 0.3012100132964022);
        assertFigure(new SecondMoment(), "covariance_relative_error", 0.07619536498053045, 0.27430886003950894);
        assertFigure(new SecondMoment(), "mean_error", 0.1510851573920217, 0.17182573181676764);
    }

    @Test
    void discrepancyAgreesWithNumPy() {
        assertEquals(4.9323005, MaximumMeanDiscrepancy.medianSquaredDistance(Recorded.REFERENCE), ROUNDING);
        assertFigure(new MaximumMeanDiscrepancy(), "mmd", 0.0054578865688550415, 0.004861067316545897);
    }

    @Test
    void energyDistanceAgreesWithNumPy() {
        assertFigure(new EnergyDistance(), "energy_distance", 0.02343804902287161, 0.024678728321800403);
    }

    @Test
    void fourthMomentsAgreeWithNumPy() {
        assertFigure(new FourthMoment(), "fourth_moment_relative_error", 0.18723338139291304, 0.7169799490769574);
    }

    @Test
    void coverageAgreesWithNumPy() {
        assertFigure(new Coverage(), "precision", 0.975, 0.9916666666666667);
        assertFigure(new Coverage(), "recall", 0.965, 0.995);
        assertFigure(new Coverage(), "density", 0.9866666666666667, 1.0108333333333333);
        assertFigure(new Coverage(), "coverage", 0.985, 0.985);
        // 200 reference rows.
        assertEquals(
                Math.sqrt(0.985 * 0.015 / 200),
                figure(new Coverage(), Recorded.evaluation(), "coverage")
                        .error()
                        .orElseThrow(),
                1e-15);
    }

    @Test
    void nearestNeighboursAgreeWithNumPy() {
        assertFigure(new NearestNeighbour(), "nearest_neighbour_ratio", 1.0263509420111907, 1.1251753816520291);
        assertFigure(new NearestNeighbour(), "copies", 0.008333333333333333, 0.01);
    }

    @Test
    void copiesAreFound() {
        GivenEvaluation copied = GivenEvaluation.of(Recorded.STAND_INS, Recorded.TRAIN, Recorded.REFERENCE);
        assertEquals(
                0,
                figure(new NearestNeighbour(), copied, "nearest_neighbour_ratio")
                        .value());
        assertEquals(1, figure(new NearestNeighbour(), copied, "copies").value());
    }

    @Test
    void anglesAreEmbeddedAsNumPyEmbedsThem() {
        // A period of 2 pi from any start is the same circle.
        List<Column> angles = IntStream.of(0, 1, 2)
                .mapToObj(i -> Column.angle("a" + i, -i, 2 * Math.PI - i))
                .toList();
        GivenEvaluation torus = Recorded.evaluation().withColumns(angles);
        assertEquals(
                0.2480605590040138,
                figure(new SecondMoment(), torus, "second_moment_relative_error")
                        .value(),
                ROUNDING);
        assertEquals(
                0.004827892482813345,
                figure(new MaximumMeanDiscrepancy(), torus, "mmd").value(),
                ROUNDING);
        Figure sliced = figure(new SlicedWasserstein(), torus, "sliced_wasserstein");
        assertWithinDirections(0.11662402367761443, sliced);
    }

    @Test
    void onlyAnglesAreEmbedded() {
        Points mixed = Points.ofRows(new double[] {90, 5}, new double[] {180, 7});
        Points embedded = new AngleEmbedding(List.of(Column.angle("a", -180, 180), Column.real("b"))).apply(mixed);
        // Columns: b, cos a, sin a.
        assertEquals(3, embedded.dim());
        double[] expected = {5, 7, 0, -1, 1, 0};
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], embedded.values()[k], 1e-15);
        }
    }

    @Test
    void slicedCostsAgreeWithNumPyAlongGivenDirections() {
        double[][] directions = {{1, 2, 2}, {2, -1, 2}, {0, 3, -4}, {6, 2, -3}, {-1, 1, 1}};
        for (double[] direction : directions) {
            double norm = Math.sqrt(Arrays.stream(direction).map(u -> u * u).sum());
            Arrays.setAll(direction, i -> direction[i] / norm);
        }
        double[] expected = {
            0.026580596759259265, 0.031066902777777797, 0.03364470549999998, 0.09055065280612241, 0.057202004166666674
        };
        double[] costs = SlicedWasserstein.costs(
                List.of(Recorded.STAND_INS, Recorded.SAMPLES), Recorded.REFERENCE, directions, new Parallel(1))[1];
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], costs[k], ROUNDING);
        }
        assertEquals(0.21865262953361717, SlicedWasserstein.root(costs), ROUNDING);
    }

    @Test
    void slicedDistanceAgreesWithNumPyWithinTheErrorOfTheDirections() {
        Figure figure = figure(new SlicedWasserstein(), Recorded.evaluation(), "sliced_wasserstein");
        assertWithinDirections(0.22158570954061493, figure);
        assertEquals(0.2558469935534283, figure.floor().orElseThrow(), 0.1 * 0.2558469935534283);
    }

    /** The recorded value has 300 other random directions: the difference has sqrt(2) times the stated error. */
    private static void assertWithinDirections(double recorded, Figure figure) {
        double error = figure.error().orElseThrow();
        assertTrue(error > 0 && error < 0.1 * figure.value(), figure.toString());
        assertEquals(recorded, figure.value(), 4 * Math.sqrt(2) * error);
    }

    /** W_2 of N(0, I) and N(m, I) is |m|; the mean of (u . m)^2 over the sphere is |m|^2 / d. */
    @Test
    void slicedDistanceOfShiftedRowsIsKnown() {
        double[] shift = {0.3, -0.4, 1.2};
        Points shifted = Recorded.REFERENCE.copy();
        for (int i = 0; i < 3; i++) {
            for (int n = 0; n < shifted.size(); n++) {
                shifted.set(i, n, shifted.get(i, n) + shift[i]);
            }
        }
        GivenEvaluation evaluation = GivenEvaluation.of(shifted, Recorded.TRAIN, Recorded.REFERENCE);
        Figure figure = figure(new SlicedWasserstein(), evaluation, "sliced_wasserstein");
        double expected = Math.sqrt((0.09 + 0.16 + 1.44) / 3);
        assertEquals(expected, figure.value(), 4 * figure.error().orElseThrow());
    }

    @Test
    void equalRowsHaveNoDistance() {
        GivenEvaluation same = GivenEvaluation.of(Recorded.REFERENCE, Recorded.TRAIN, Recorded.REFERENCE);
        assertEquals(
                0, figure(new SlicedWasserstein(), same, "sliced_wasserstein").value());
        assertEquals(
                0,
                figure(new SecondMoment(), same, "second_moment_relative_error").value());
        // For equal sets the unbiased estimate is 2 (mean of k over pairs - 1) / n: below 0.
        assertTrue(figure(new MaximumMeanDiscrepancy(), same, "mmd").value() < 0);
    }

    /** A column in other units changes distances in the data's units, but not standardised ones, and these appear. */
    @Test
    void unlikeScalesAreStandardised() {
        List<String> distances = List.of("sliced_wasserstein", "mmd", "energy_distance");
        List<MetricProvider<?>> metrics =
                List.of(new SlicedWasserstein(), new MaximumMeanDiscrepancy(), new EnergyDistance());
        for (int k = 0; k < metrics.size(); k++) {
            String name = distances.get(k);
            assertTrue(figures(metrics.get(k), Recorded.evaluation()).stream()
                    .noneMatch(f -> f.name().contains("standardised")));
            Figure millimetres = figure(metrics.get(k), scaled(100), name + "_standardised");
            Figure metres = figure(metrics.get(k), scaled(0.1), name + "_standardised");
            assertEquals(millimetres.value(), metres.value(), ROUNDING);
            assertEquals(millimetres.floor().orElseThrow(), metres.floor().orElseThrow(), ROUNDING);
        }
        // NumPy's value of the recorded rows, of which each column is divided by the reference's deviation.
        assertEquals(
                0.0291901251013984,
                figure(new EnergyDistance(), scaled(100), "energy_distance_standardised")
                        .value(),
                ROUNDING);
    }

    private static GivenEvaluation scaled(double factor) {
        return GivenEvaluation.of(
                scaled(Recorded.SAMPLES, factor), scaled(Recorded.TRAIN, factor), scaled(Recorded.REFERENCE, factor));
    }

    private static Points scaled(Points points, double factor) {
        Points out = points.copy();
        for (int n = 0; n < out.size(); n++) {
            out.set(1, n, factor * out.get(1, n));
        }
        return out;
    }

    @Test
    void aSampleThatIsNotFiniteIsRefused() {
        Points broken = Recorded.SAMPLES.copy();
        broken.set(1, 17, Double.NaN);
        GivenEvaluation evaluation = GivenEvaluation.of(broken, Recorded.TRAIN, Recorded.REFERENCE);
        NumericalException thrown =
                assertThrows(NumericalException.class, () -> figures(new SecondMoment(), evaluation));
        assertEquals(
                "samples: row 18, coordinate 2 is NaN, so samples cannot be compared with data", thrown.getMessage());
    }

    /** Gaps are values of a column that may have them: rows without any are compared. */
    @Test
    void rowsWithGapsAreLeftOut() {
        Points gapped = Recorded.SAMPLES.copy();
        gapped.set(1, 17, Double.NaN);
        Points rest = Recorded.SAMPLES.select(
                IntStream.range(0, gapped.size()).filter(n -> n != 17).toArray());
        List<Column> columns = IntStream.range(0, gapped.dim())
                .mapToObj(i -> Column.real("x" + i).withGaps(true))
                .toList();
        assertEquals(
                figures(new SecondMoment(), GivenEvaluation.of(rest, Recorded.TRAIN, Recorded.REFERENCE)),
                figures(
                        new SecondMoment(),
                        GivenEvaluation.of(gapped, Recorded.TRAIN, Recorded.REFERENCE)
                                .withColumns(columns)));
    }

    @Test
    void equalReferenceRowsHaveNoBandwidth() {
        Points constant = Points.zeros(2, 5);
        GivenEvaluation evaluation = GivenEvaluation.of(constant, constant, constant);
        NumericalException thrown =
                assertThrows(NumericalException.class, () -> figures(new MaximumMeanDiscrepancy(), evaluation));
        assertEquals("mmd: all 5 reference rows are equal, so the kernel has no bandwidth", thrown.getMessage());
    }
}
