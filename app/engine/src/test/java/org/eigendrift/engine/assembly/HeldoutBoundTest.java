package org.eigendrift.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.sampler.TimeGrid;
import org.junit.jupiter.api.Test;

/** The rule over log t against integrals in closed form, and a gain by hand. */
class HeldoutBoundTest {
    private static double integral(double[] times, java.util.function.DoubleUnaryOperator f) {
        double[] values =
                Arrays.stream(times).map(t -> f.applyAsDouble(Math.log(t))).toArray();
        return HeldoutBound.integral(TimeGrid.of(times), values);
    }

    /** Simpson's rule for unequal steps is exact for parabolas: u^2 - 3 u + 2 from log 0.01 to log 2. */
    @Test
    void parabolasOnAnUnevenGridAreExact() {
        double[] times = {2, 1.1, 0.3, 0.25, 0.01};
        double a = Math.log(0.01);
        double b = Math.log(2);
        double exact = (b * b * b - a * a * a) / 3 - 1.5 * (b * b - a * a) + 2 * (b - a);
        assertEquals(exact, integral(times, u -> u * u - 3 * u + 2), 1e-12 * Math.abs(exact));
    }

    /** What is left over is a trapezoid, exact for lines. */
    @Test
    void linesAreExactWithAnOddNumberOfSteps() {
        double[] times = {2, 1.1, 0.3, 0.01};
        double a = Math.log(0.01);
        double b = Math.log(2);
        assertEquals((b * b - a * a) / 2 + 5 * (b - a), integral(times, u -> u + 5), 1e-12);
        assertEquals(3 * Math.log(4), integral(new double[] {2, 0.5}, u -> 3), 1e-14);
    }

    /** y = (1, 2), b = (3, 4), A = (2, 1; 1, 5): 2 * 11 - (2 + 4 + 20). */
    @Test
    void theGainIsTwiceTheProductLessTheSquare() {
        DenseSymmetric matrix = new DenseSymmetric(2, new double[] {2, 1, 1, 5}, new int[] {0, 2});
        assertEquals(-4, HeldoutBound.gain(matrix, new double[] {3, 4}, new double[] {1, 2}), 0);
    }
}
