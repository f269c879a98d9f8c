package org.eigendrift.targets.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumericTest {

    /** I_m(z) exp(-z) = (1 / pi) integral_0^pi exp(z (cos t - 1)) cos(m t) dt, which the trapezoid rule gives exactly. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-8, 0.3, 1, 7.5, 29.999, 30, 31, 200, 5000})
    void besselFunctionsAreTheirIntegrals(double z) {
        int nodes = 4000;
        double zero = 0;
        double one = 0;
        for (int j = 0; j < nodes; j++) {
            double t = 2 * Math.PI * j / nodes;
            double sine = Math.sin(t / 2);
            double factor = Math.exp(-2 * z * sine * sine) / nodes;
            zero += factor;
            one += factor * Math.cos(t);
        }
        assertEquals(zero, Bessel.i0Scaled(z), 1e-13 * zero);
        assertEquals(one, Bessel.i1Scaled(z), 1e-13 * Math.max(zero, one));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16, 64})
    void gaussLegendreIsExactToDegreeTwoNMinusOne(int n) {
        GaussLegendre rule = GaussLegendre.of(n);
        for (int degree = 0; degree < 2 * n; degree++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += rule.weights()[j] * Math.pow(rule.nodes()[j], degree);
            }
            assertEquals(degree % 2 == 0 ? 2.0 / (degree + 1) : 0, sum, 1e-13);
        }
    }

    @Test
    void eigenvectorsRebuildTheMatrix() {
        CounterRandom random = new CounterRandom(9);
        for (int n : new int[] {1, 2, 7, 20}) {
            double[][] matrix = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    matrix[i][j] = random.normal(i, j);
                    matrix[j][i] = matrix[i][j];
                }
            }
            JacobiEigen eigen = JacobiEigen.of(matrix);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double rebuilt = 0;
                    double product = 0;
                    for (int k = 0; k < n; k++) {
                        rebuilt += eigen.vectors()[i][k] * eigen.values()[k] * eigen.vectors()[j][k];
                        product += eigen.vectors()[k][i] * eigen.vectors()[k][j];
                    }
                    // Backward error of a few n rounding units of the norm, which is about 2 sqrt(n).
                    assertEquals(matrix[i][j], rebuilt, 1e-13 * n);
                    assertEquals(i == j ? 1 : 0, product, 1e-13 * n);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void eigenproblemsOfWhatIsNotFiniteAreRefused(double wrong) {
        double[][] matrix = {{1, 0.5, 0}, {0.5, 1, wrong}, {0, wrong, 1}};
        NumericalException refusal = assertThrows(NumericalException.class, () -> JacobiEigen.of(matrix));
        assertEquals(
                "a symmetric eigenproblem of order 3 has the entry " + wrong + " in row 2, column 3",
                refusal.getMessage());
    }

    /** The eigenvalues of the matrix are -1, 2 and 2 times its first entry. */
    @Test
    void largeEntriesAreScaledAndEigenvaluesOutOfRangeRefused() {
        double huge = 0.25 * Double.MAX_VALUE;
        double[][] matrix = {{huge, huge, huge}, {huge, huge, -huge}, {huge, -huge, huge}};
        double[] values = JacobiEigen.of(matrix).values();
        Arrays.sort(values);
        assertArrayEquals(new double[] {-huge, 2 * huge, 2 * huge}, values, 1e-14 * huge);
        for (double[] row : matrix) {
            Arrays.setAll(row, j -> 4 * row[j]);
        }
        NumericalException refusal = assertThrows(NumericalException.class, () -> JacobiEigen.of(matrix));
        assertEquals("a symmetric eigenproblem of order 3 left the range of doubles", refusal.getMessage());
    }

    /** Singular, graded and tiny matrices: rotations end where rounding is all that is left. */
    @Test
    void rotationsEndForSingularMatrices() {
        CounterRandom random = new CounterRandom(10);
        for (double scale : new double[] {1e-280, 1, 1e150}) {
            for (int rank = 0; rank <= 3; rank++) {
                int n = 24;
                double[][] matrix = new double[n][n];
                double trace = 0;
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        for (int k = 0; k < rank; k++) {
                            matrix[i][j] += scale * random.normal(i, k) * random.normal(j, k);
                        }
                    }
                    trace += matrix[i][i];
                }
                double sum = 0;
                for (double value : JacobiEigen.of(matrix).values()) {
                    sum += value;
                }
                // Rotations keep the trace up to a rounding unit for each of some ten sweeps of n.
                assertEquals(trace, sum, 1e-13 * n * trace);
            }
        }
    }
}
