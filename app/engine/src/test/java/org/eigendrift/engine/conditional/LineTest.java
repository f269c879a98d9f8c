package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.apache.commons.numbers.gamma.Erfc;
import org.eigendrift.api.InputException;
import org.junit.jupiter.api.Test;

/** Densities along a line beside their integrals in closed form. */
class LineTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final double TOLERANCE = 1e-5;

    private static UnaryOperator<double[]> density(DoubleUnaryOperator log) {
        return points -> Arrays.stream(points).map(log).toArray();
    }

    private static double normal(double x, double mean, double deviation) {
        double z = (x - mean) / deviation;
        return -0.5 * z * z - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
    }

    /**
     * The fourth derivative of exp(-x) has one sign, so that errors of panels add up: the estimate is the error but for the next power of a
     * panel's width, a tenth, and the logarithm's error is that of the integral over the integral.
     */
    @Test
    void theErrorIsThatOfSimpsonsRule() {
        Line line = Line.of(density(x -> -x), new double[] {0, 5}, new double[] {1}, 1, TOLERANCE);
        double exact = Math.log(1 - Math.exp(-5));
        double error = line.logIntegral() - exact;
        assertTrue(error > 1e-10, "an error of " + error + " is rounding");
        assertEquals(1, line.error() / error, 0.05);
    }

    /** Peaks a thousand times narrower than the panels, found by guides; tails that the window cuts or does not. */
    @Test
    void integralsAreExactToTheTolerance() {
        DoubleUnaryOperator peaks =
                x -> Math.log(0.25 * Math.exp(normal(x, -3, 1)) + 0.75 * Math.exp(normal(x, 2, 1e-3)));
        Line whole = Line.of(density(peaks), new double[] {-INFINITE, INFINITE}, new double[] {-3, 2}, 1, TOLERANCE);
        assertEquals(0, whole.logIntegral(), 1e-5);
        assertTrue(whole.error() <= 1e-5 && whole.error() > 0, "error " + whole.error());
        Line half = Line.of(
                density(x -> 40 + normal(x, 1, 2)), new double[] {1, INFINITE}, new double[] {1.5}, 0.1, TOLERANCE);
        assertEquals(40 - Math.log(2), half.logIntegral(), 1e-5);
    }

    /**
     * The density is straight between points no more than h = 0.4 of a deviation apart, so off by h^2 / 8 of its second derivative,
     * |z^2 - 1| of itself, at most; its integral over one such interval by h^3 / 12 of it, and that moves a quantile by as much over the
     * density. The many intervals before have errors that add up to h^2 / 12 of the first derivative, z of the density.
     */
    @Test
    void quantilesAreThoseOfTheDistribution() {
        Line line = Line.of(
                density(x -> normal(x, 3, 0.5)), new double[] {-INFINITE, INFINITE}, new double[] {3}, 0.5, TOLERANCE);
        assertEquals(0, line.logIntegral(), 1e-5);
        for (double z : new double[] {-3, -1, -0.2, 0, 0.7, 2}) {
            double share = 0.5 * Erfc.value(-z / Math.sqrt(2));
            double off = 0.4 * 0.4 / 12 * (Math.abs(z) + 0.4 * Math.abs(z * z - 1));
            assertEquals(3 + 0.5 * z, line.quantile(share), 0.5 * off + 1e-5, "quantile of " + share);
        }
        assertTrue(line.quantile(0) < 3 - 0.5 * 7 && line.quantile(1) > 3 + 0.5 * 4);
    }

    /**
     * What a likelihood's integration leaves: each log-density is off by up to 0.01, one way or the other, so the integral of at least 64 points
     * by 0.01 at most. No number of panels mends that, and few are tried.
     */
    @Test
    void noiseIsNotHalvedAway() {
        int[] points = {0};
        UnaryOperator<double[]> rough = at -> {
            points[0] += at.length;
            return Arrays.stream(at)
                    .map(x -> normal(x, 3, 0.5) + 0.01 * Math.signum(Math.sin(1e6 * x)))
                    .toArray();
        };
        Line line = Line.of(rough, new double[] {-INFINITE, INFINITE}, new double[] {3}, 0.5, TOLERANCE);
        assertEquals(0, line.logIntegral(), 0.01);
        assertTrue(points[0] < 1000, points[0] + " points");
        assertTrue(line.error() > 1e-4 && line.error() < 0.01, "error " + line.error());
    }

    /** A density that is known to a thousandth is asked for at as many points as that needs. */
    @Test
    void aToleranceIsWorthItsPoints() {
        int[] points = {0};
        UnaryOperator<double[]> counted = at -> {
            points[0] += at.length;
            return Arrays.stream(at).map(x -> normal(x, 3, 0.5)).toArray();
        };
        Line line = Line.of(counted, new double[] {-INFINITE, INFINITE}, new double[] {2.5, 3, 3.4}, 0.5, 1e-3);
        assertEquals(0, line.logIntegral(), 1e-3);
        assertTrue(points[0] <= 80, points[0] + " points");
    }

    @Test
    void noMassIsSaid() {
        UnaryOperator<double[]> nothing = density(x -> Double.NEGATIVE_INFINITY);
        String message = assertThrows(
                        InputException.class,
                        () -> Line.of(nothing, new double[] {0, 1}, new double[] {0.5}, 1, TOLERANCE))
                .getMessage();
        assertTrue(message.contains("no mass") && message.contains("between 0.0 and 1.0"), message);
    }
}
