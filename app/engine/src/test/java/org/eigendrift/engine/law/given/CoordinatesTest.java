package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.contract.LawCopy;
import org.junit.jupiter.api.Test;

/** Columns bend where they are nearer to normal laws so, and only where held-out rows gain. */
class CoordinatesTest {
    private static final int ROWS = 2000;

    private static double[] column(DoubleUnaryOperator of) {
        CounterRandom random = new CounterRandom(11);
        return IntStream.range(0, ROWS)
                .mapToDouble(n -> of.applyAsDouble(random.normal(n, 0)))
                .toArray();
    }

    @Property
    void aBendIsUndoneAndItsSlopeIsTheDerivative(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double x,
            @ForAll @DoubleRange(min = 0.01, max = 1e3) double knee) {
        Bend bend = Bend.asinh(0.5, knee);
        double u = bend.to(x);
        // u has an error of half a bit of it, which sinh makes an error of u bits of the distance; u is below 22.
        assertEquals(x, bend.from(u), 64 * Math.ulp(Math.abs(x) + Math.abs(x - 0.5) + knee));
        // Central differences: h^2 / 6 of sinh, which is its own third derivative, and rounding.
        double h = 1e-4;
        double slope = (bend.from(u + h) - bend.from(u - h)) / (2 * h);
        assertEquals(1, slope / bend.slope(u), 1e-8);
        assertEquals(Math.log(bend.slope(u)), bend.logSlope(u), 1e-12 * (1 + Math.abs(u)));
    }

    @Test
    void farOutNothingOverflows() {
        Bend bend = Bend.asinh(0, 1e-3);
        // asinh(z) is log 2z far out.
        assertEquals(Math.log(2) + Math.log(1e300) - Math.log(1e-3), bend.to(1e300), 1e-9);
        assertEquals(-bend.to(1e300), bend.to(-1e300));
        assertEquals(Double.NEGATIVE_INFINITY, bend.to(Double.NEGATIVE_INFINITY));
        assertEquals(Math.log(1e-3) + 800 - Math.log(2), bend.logSlope(800), 1e-9);
    }

    @Test
    void skewedAndHeavyTailedColumnsBendOthersDoNot() {
        assertEquals(Bend.PLAIN, Bend.of(column(z -> z)));
        assertEquals(Bend.PLAIN, Bend.of(column(z -> 1e6 + 1e-3 * z)));
        // Uniform between bounds: any bend makes it more so.
        assertEquals(Bend.PLAIN, Bend.of(column(z -> Math.sin(3 * z))));
        assertEquals(Bend.PLAIN, Bend.of(new double[] {3, 3, 3, 3}));
        Bend positive = Bend.of(column(z -> Math.exp(2 * z)));
        assertEquals(Bend.Shape.ASINH, positive.shape());
        assertEquals(0, positive.center());
        // As near to the logarithm as the knees that are tried allow: the lowest fiftieth lies below.
        assertTrue(positive.knee() < Math.exp(2 * -1.9), "knee " + positive.knee());
        Bend heavy = Bend.of(column(z -> 5 + Math.sinh(2 * z)));
        assertEquals(5, heavy.center(), 5 * 1.25 * 2 / Math.sqrt(ROWS));
        // What was bent by sinh is straight again: the ranks tried around 1 lie within a factor of 1.7.
        assertEquals(0, Math.log(heavy.knee()), Math.log(1.7));
    }

    @Test
    void coordinatesOfADensityAreThoseOfTheColumn() {
        Coordinates coordinates = Coordinates.of(
                Arrays.stream(column(z -> Math.exp(2 * z)))
                        .mapToObj(v -> new double[] {v, Math.log(v)})
                        .toArray(double[][]::new),
                2);
        assertFalse(coordinates.arePlain());
        assertTrue(coordinates.of(new int[] {1}).arePlain());
        // The integral of exp(-u^2 / 2) over the column, by the midpoint rule on a grid that the bend makes even.
        Coordinates bent = coordinates.of(new int[] {0});
        double sum = 0;
        double step = 0.01;
        for (double u = -8; u < 8; u += step) {
            double x = bent.from(0, u);
            double next = bent.from(0, u + step);
            double mid = bent.to(0, 0.5 * (x + next));
            sum += (next - x) * Math.exp(-0.5 * mid * mid + bent.logJacobian(new double[] {mid}));
        }
        // The rule's error is step squared over 12 of the curvature.
        assertEquals(Math.sqrt(2 * Math.PI), sum, 1e-4);
    }

    /** Of all knees that are to be tried, and none, the one by which a normal law of the bent column is likeliest. */
    @Test
    void theKneeIsTheLikeliestOfThoseTried() {
        double[] heavy = column(z -> 5 + Math.sinh(2 * z));
        double[] skewed = column(z -> Math.exp(1.5 * z));
        // A third of nothing, which is no distance.
        double[] hurdle = column(z -> z < -0.43 ? 0 : Math.exp(2 * z));
        double[] negative = Arrays.stream(hurdle).map(v -> -v).toArray();
        for (double[] values : List.of(heavy, skewed, hurdle, negative)) {
            Bend bend = Bend.of(values);
            double[] sorted = Arrays.stream(values).sorted().toArray();
            double center = values == heavy ? sorted[ROWS / 2] : 0;
            assertEquals(center, bend.center());
            double[] distances = Arrays.stream(values)
                    .map(v -> Math.abs(v - center))
                    .filter(d -> d != 0)
                    .sorted()
                    .toArray();
            double[] knees = new double[9];
            knees[8] = distances[0] / 10;
            double[] shares = {0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9};
            for (int k = 0; k < shares.length; k++) {
                knees[k] = distances[(int) (shares[k] * distances.length)];
            }
            double best =
                    Arrays.stream(knees).map(k -> nats(values, center, k)).max().orElseThrow();
            // Sums of 2,000 numbers near 1 in other orders.
            assertEquals(best, nats(values, center, bend.knee()), 1e-11);
            assertTrue(
                    Arrays.stream(knees).anyMatch(k -> Math.abs(k - bend.knee()) <= Math.ulp(k)),
                    "knee " + bend.knee());
        }
    }

    /** Nats a row of log N(asinh((x - c) / k); m, s) - log sqrt((x - c)^2 + k^2), of the images' own m and s. */
    private static double nats(double[] values, double center, double knee) {
        double[] u = Arrays.stream(values)
                .map(x -> (x - center) / knee)
                .map(z -> Math.signum(z) * Math.log(Math.abs(z) + Math.sqrt(z * z + 1)))
                .toArray();
        double mean = Arrays.stream(u).average().orElseThrow();
        double square = Arrays.stream(u).map(v -> v * v).average().orElseThrow();
        double slopes = Arrays.stream(values)
                .map(x -> 0.5 * Math.log((x - center) * (x - center) + knee * knee))
                .average()
                .orElseThrow();
        return -0.5 - 0.5 * Math.log(square - mean * mean) - slopes;
    }

    @Test
    void aColumnOfNothingHasNoKnee() {
        assertEquals(Bend.PLAIN, Bend.of(new double[20]));
    }

    @Test
    void eachColumnHasItsOwn() {
        Coordinates mixed = new Coordinates(List.of(Bend.PLAIN, Bend.LOGARITHM, Bend.asinh(1, 2)));
        assertFalse(mixed.arePlain());
        assertTrue(Coordinates.plain(2).arePlain());
        assertEquals(
                List.of(Bend.LOGARITHM, Bend.PLAIN),
                Coordinates.logarithms(new boolean[] {true, false}).bends());
        // asinh(x) = log(x + sqrt(x^2 + 1)) at (5 - 1) / 2.
        double[] to = {-3, Math.log(7), Math.log(2 + Math.sqrt(5))};
        assertArrayEquals(to, mixed.to(new double[] {-3, 7, 5}), 1e-15);
        assertArrayEquals(to, mixed.to(new double[][] {{0, 1, 1}, {-3, 7, 5}})[1], 1e-15);
        // Their slopes are 1, x and sqrt((x - 1)^2 + 2^2).
        assertEquals(-Math.log(7) - Math.log(Math.sqrt(20)), mixed.logJacobian(to), 1e-14);
    }

    private static LawCopy file() {
        return new LawCopy(List.of(), new Provenance("none", 0, List.of()), Catalog.discover(List.of()));
    }

    private static Coordinates read(LawCopy file) {
        return Coordinates.read(file, "logarithmic", "bent", 3);
    }

    @Test
    void aFileHasThemAndAnOldOneHasPlainOnes() {
        assertTrue(read(file()).arePlain());
        for (Coordinates of : List.of(
                Coordinates.plain(3),
                new Coordinates(List.of(Bend.asinh(1, 2), Bend.LOGARITHM, Bend.asinh(-3, 0.25))))) {
            LawCopy file = file();
            of.write(file, "logarithmic", "bent");
            assertEquals(of, read(file));
            file.requireAllRead();
        }
        LawCopy plain = file();
        Coordinates.plain(3).write(plain, "logarithmic", "bent");
        assertFalse(plain.has("bent"), "former versions do not know of bends");
    }

    @Test
    void damagedFilesAreRefused() {
        for (int column : new int[] {-1, 3}) {
            LawCopy file = file();
            file.ints("logarithmic", new int[] {0, column});
            String said = assertThrows(InputException.class, () -> read(file)).getMessage();
            assertTrue(said.contains("names the column " + column + "; expected one of 0 to 2"), said);
        }
        LawCopy file = file();
        file.ints("logarithmic", new int[0]);
        file.ints("bent", new int[] {1, 2});
        file.doubles("bent.center", new double[] {1, 2});
        file.doubles("bent.knee", new double[] {1, 0});
        String said = assertThrows(InputException.class, () -> read(file)).getMessage();
        assertTrue(said.contains("'bent.knee' has a number that is not above 0"), said);
    }

    /** What is known of a row in units of its bent columns, and the density that this costs. */
    @Test
    void knownColumnsAreBentThenScaled() {
        Coordinates coordinates = new Coordinates(List.of(Bend.LOGARITHM, Bend.PLAIN));
        double[][] rows = {{1, 4}, {Math.E * Math.E, 8}};
        Known known = Known.of(coordinates, rows);
        // Logarithms 0 and 2, numbers 4 and 8: about 1 and 6, with deviations 1 and 2.
        assertArrayEquals(new double[] {-1, -1}, known.to(rows[0]), 1e-14);
        assertArrayEquals(new double[] {1, 1}, known.to(rows)[1], 1e-14);
        double[] b = {3, 5};
        assertEquals(-Math.log(3) - Math.log(2), known.logJacobian(coordinates.to(b)), 1e-14);
        LawCopy file = file();
        known.write(file, "known");
        Known again = Known.read(file, "known", 2);
        file.requireAllRead();
        assertEquals(coordinates, again.coordinates());
        assertArrayEquals(known.to(b), again.to(b));
    }
}
