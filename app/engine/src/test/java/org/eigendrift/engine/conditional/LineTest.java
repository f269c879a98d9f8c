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
        Line line = Line.of(density(x -> -x), new double[] {0, 5}, new double[] {1}, 1);
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
        Line whole = Line.of(density(peaks), new double[] {-INFINITE, INFINITE}, new double[] {-3, 2}, 1);
        assertEquals(0, whole.logIntegral(), 1e-5);
        assertTrue(whole.error() <= 1e-5 && whole.error() > 0, "error " + whole.error());
        Line half = Line.of(density(x -> 40 + normal(x, 1, 2)), new double[] {1, INFINITE}, new double[] {1.5}, 0.1);
        assertEquals(40 - Math.log(2), half.logIntegral(), 1e-5);
    }

    /** Straight between points an eighth of a deviation apart: the density bends by z^2 - 1 of itself, and a quantile by 1/8 of that times the square. */
    @Test
    void quantilesAreThoseOfTheDistribution() {
        Line line = Line.of(density(x -> normal(x, 3, 0.5)), new double[] {-INFINITE, INFINITE}, new double[] {3}, 0.5);
        assertEquals(0, line.logIntegral(), 1e-5);
        for (double z : new double[] {-3, -1, -0.2, 0, 0.7, 2}) {
            double share = 0.5 * Erfc.value(-z / Math.sqrt(2));
            assertEquals(3 + 0.5 * z, line.quantile(share), 0.5 * 8e-3, "quantile of " + share);
        }
        assertTrue(line.quantile(0) < 3 - 0.5 * 7 && line.quantile(1) > 3 + 0.5 * 4);
    }

    @Test
    void noMassIsSaid() {
        UnaryOperator<double[]> nothing = density(x -> Double.NEGATIVE_INFINITY);
        String message = assertThrows(
                        InputException.class, () -> Line.of(nothing, new double[] {0, 1}, new double[] {0.5}, 1))
                .getMessage();
        assertTrue(message.contains("no mass") && message.contains("between 0.0 and 1.0"), message);
    }
}
