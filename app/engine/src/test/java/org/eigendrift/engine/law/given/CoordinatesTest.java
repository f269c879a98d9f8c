package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.law.Decision;
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

    @Test
    void bentColumnsMustGainBeyondTheScatter() {
        double[] plain = {0, 0, 0, 0};
        assertEquals("bent", chosen(plain, new double[] {1, 1.1, 0.9, 1}));
        assertEquals("columns as they are", chosen(plain, new double[] {4, -3, 3, -3}));
        assertEquals("columns as they are", chosen(plain, new double[] {-1, -1, -1, -1.1}));
        // What is impossible to one of them alone decides.
        double[] impossible = {Double.NEGATIVE_INFINITY, 0, 0, 0};
        assertEquals("bent", chosen(impossible, plain));
        assertEquals("columns as they are", chosen(plain, impossible));
        assertEquals("columns as they are", chosen(impossible, impossible));
    }

    private static String chosen(double[] plain, double[] bent) {
        Decision decision = CoordinateChoice.decide(plain, bent, "bent");
        return decision.chosen();
    }
}
