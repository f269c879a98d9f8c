package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.basis.Families;
import org.junit.jupiter.api.Test;

/** Where logarithms give way to square roots. */
class ChartFramesTest {
    private static final ChartFrames FRAMES = new ChartFrames(Families.CATALOG);
    private static final List<Column> POSITIVE = List.of(Column.positive("p"));

    /** The value whose image under a knee is z: z = 2 log(exp(sqrt(x / s)) - 1) solved for x. */
    private static double value(double z, double knee) {
        double root = Math.log1p(Math.exp(z / 2));
        return knee * root * root;
    }

    /** Rows whose images under a knee are normal, about each centre in turn. */
    private static Points rows(int count, double knee, double deviation, double... centres) {
        CounterRandom random = new CounterRandom(9);
        double[] values = new double[count];
        for (int n = 0; n < count; n++) {
            values[n] = value(centres[n % centres.length] + deviation * random.normal(n, 0), knee);
        }
        return Points.wrap(1, count, values);
    }

    private static double knee(Points rows) {
        return FRAMES.knees(POSITIVE, rows, Optional.empty()).get(0);
    }

    @Test
    void theKneeOfOneNormalLawIsFound() {
        // A knee twice or half the true one leaves the images with a skewness of some 0.1, thirty times the error of a
        // sample's, sqrt(6 / 40,000).
        assertEquals(0.25, knee(rows(40_000, 0.25, 1.5, 0.5)));
        assertEquals(32, knee(rows(40_000, 32, 1.5, 0.5)));
    }

    @Test
    void logarithmsOfALogNormalLawHaveNoKnee() {
        CounterRandom random = new CounterRandom(4);
        double[] values = new double[40_000];
        Arrays.setAll(values, n -> Math.exp(2 * random.normal(n, 0)));
        // The most that is tried, 16 times the mean, would bend what lies a deviation above it.
        assertEquals(0, knee(Points.wrap(1, values.length, values)));
    }

    /** Brute force: the normal law of each component with the moments of its rows, at every power of two. */
    @Test
    void theKneeOfAMixtureIsThatOfItsComponents() {
        Points positive = rows(6000, 2, 1.5, -3, 3);
        List<Column> columns = List.of(Column.real("group"), Column.positive("p"));
        Points rows = Points.zeros(2, positive.size());
        CounterRandom random = new CounterRandom(3);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, (n % 2 == 0 ? -20 : 20) + random.normal(n, 0));
            rows.set(1, n, positive.get(0, n));
        }
        ChartCoordinates coordinates = ChartCoordinates.of(columns, rows, Optional.empty(), FRAMES);
        ChartMixture mixture;
        Parallel parallel = new Parallel(1);
        RunContext run = RunContext.quiet(2);
        mixture = new ExpectationMaximisation(coordinates, coordinates.of(rows), 1, run, parallel)
                .fit(2, 50, run.random(1));
        double found = FRAMES.knees(columns, rows, Optional.of(mixture)).get(0);
        double best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int exponent = -12; exponent <= 12; exponent++) {
            double here = logLikelihood(positive, Math.scalb(1.0, exponent));
            if (here > most) {
                most = here;
                best = Math.scalb(1.0, exponent);
            }
        }
        assertEquals(best, found);
        assertTrue(found != coordinates.knees().get(0), "one component alone has the same knee, " + found);
    }

    /** By the other column every second row is certain to be of the same component. */
    private static double logLikelihood(Points rows, double knee) {
        double sum = 0;
        for (int k = 0; k < 2; k++) {
            double first = 0;
            double second = 0;
            int count = rows.size() / 2;
            for (int n = k; n < rows.size(); n += 2) {
                double x = rows.get(0, n);
                double z = 2 * Math.log(Math.expm1(Math.sqrt(x / knee)));
                first += z / count;
                second += z * z / count;
                sum += Math.log(Math.sqrt(x / knee) / x / -Math.expm1(-Math.sqrt(x / knee)));
            }
            sum -= 0.5 * count * Math.log(second - first * first);
        }
        return sum;
    }

    /**
     * A component of a single row has no spread and one of no row has no moments; the knee is that of the others. Half and twice the
     * knee leave a skewness of 0.1, three times the error of a sample's, sqrt(6 / 6000).
     */
    @Test
    void componentsOfNextToNoRowsHaveNoSayInTheKnee() {
        Points many = rows(6000, 0.25, 1.5, 0.5);
        List<Column> columns = List.of(Column.real("group"), Column.positive("p"));
        Points rows = Points.zeros(2, many.size());
        for (int n = 0; n < rows.size(); n++) {
            rows.set(1, n, many.get(0, n));
        }
        rows.set(0, 17, 1);
        ChartCoordinates coordinates = ChartCoordinates.of(columns, rows, Optional.empty(), FRAMES);
        Points u = coordinates.of(rows);
        double here = u.get(0, 0);
        double there = u.get(0, 17);
        // So narrow along the first coordinate that a row is of one component for certain.
        double[] whitening = {100 / Math.abs(there - here), 0, 0, 1e-3};
        ChartMixture mixture = new ChartMixture(
                coordinates,
                new double[] {0.8, 0.1, 0.1},
                new double[][] {{here, 0}, {there, 0}, {2 * here - there, 0}},
                new double[][] {whitening, whitening, whitening},
                new double[3][0]);
        assertArrayEquals(
                new double[] {5999, 1, 0},
                Arrays.stream(mixture.responsibilities(rows))
                        .mapToDouble(r -> Arrays.stream(r).sum())
                        .toArray());
        assertEquals(List.of(0.25), FRAMES.knees(columns, rows, Optional.of(mixture)));
    }

    /** The coordinates of rows on a bound are finite. */
    @Test
    void rowsOnABound() {
        List<Column> columns = List.of(Column.positive("p"), Column.bounded("b", -1, 1));
        Points rows =
                Points.ofRows(new double[] {1, 0}, new double[] {0, -1}, new double[] {2, 1}, new double[] {3, 0});
        Points u = ChartCoordinates.of(columns, rows, Optional.empty(), FRAMES).of(rows);
        for (double value : u.values()) {
            assertTrue(Double.isFinite(value), "u = " + value);
        }
    }

    private static int[] frames(Column... columns) {
        List<Column> all = List.of(columns);
        List<Double> knees = all.stream()
                .filter(c -> c.kind() == Column.Kind.POSITIVE)
                .map(c -> 1.0)
                .toList();
        return new int[] {
            FRAMES.plain(all, knees).frames().size(),
            FRAMES.uncorrelated(all, knees).size()
        };
    }

    /** Bounds are opened and angles turned where there are any, and real columns made uncorrelated but where there are none. */
    @Test
    void columnsHaveTheFramesThatTheyNeed() {
        Column real = Column.real("r");
        Column positive = Column.positive("p");
        Column bounded = Column.bounded("b", 0, 1);
        Column angle = Column.angle("a", 0, 360);
        assertArrayEquals(new int[] {0, 1}, frames(real, Column.real("s")));
        assertArrayEquals(new int[] {1, 2}, frames(real, positive));
        assertArrayEquals(new int[] {1, 2}, frames(bounded));
        assertArrayEquals(new int[] {1, 1}, frames(angle));
        assertArrayEquals(new int[] {1, 2}, frames(angle, real));
        assertArrayEquals(new int[] {2, 3}, frames(angle, positive, real));
        assertEquals(2, FRAMES.normalScores(List.of(real, positive)).size());
        assertEquals(
                List.of(),
                FRAMES.knees(List.of(real), Points.ofRows(new double[] {1}, new double[] {2}), Optional.empty()));
        for (Column column :
                FRAMES.plain(List.of(positive, bounded, angle), List.of(1.0)).columns()) {
            assertTrue(column.kind() == Column.Kind.REAL || column.kind() == Column.Kind.ANGLE, column.name());
        }
    }
}
