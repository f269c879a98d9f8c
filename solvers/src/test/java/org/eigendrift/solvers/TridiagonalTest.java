package org.eigendrift.solvers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.linear.DenseSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Extreme eigenvalues against closed forms. */
final class TridiagonalTest {
    /** The second difference has eigenvalues 2 - 2 cos(k pi / (n + 1)). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 57})
    void secondDifference(int n) {
        double[] diagonal = new double[n];
        double[] off = new double[n];
        Arrays.fill(diagonal, 2);
        Arrays.fill(off, -1);
        double angle = Math.PI / (n + 1);
        // Bisection ends within a few ulps of the norm, 4.
        assertEquals(2 - 2 * Math.cos(angle), Tridiagonal.smallest(diagonal, off, n), 1e-14);
        assertEquals(2 - 2 * Math.cos(n * angle), Tridiagonal.largest(diagonal, off, n), 1e-14);
    }

    @Test
    void decoupledAndNegative() {
        double[] diagonal = {3, -5, 0};
        assertEquals(-5, Tridiagonal.smallest(diagonal, new double[2], 3), 1e-14);
        assertEquals(3, Tridiagonal.largest(diagonal, new double[2], 3), 1e-14);
    }

    @Test
    void lanczosOfAllStepsFindsTheEndsOfTheSpectrum() {
        double[] eigenvalues = Reference.spectrum(20, 1e3);
        DenseSymmetric matrix = Reference.matrix(eigenvalues, 5);
        Lanczos lanczos = new Lanczos();
        lanczos.run(matrix::apply, 20, 20, null);
        assertEquals(1, lanczos.largest(), 1e-13);
        assertEquals(1e-3, lanczos.smallest(), 1e-13);
        lanczos.run(matrix::apply, 20, 4, null);
        assertTrue(lanczos.largest() <= 1 + 1e-13 && lanczos.smallest() >= 1e-3 - 1e-13, "from inside");
    }
}
