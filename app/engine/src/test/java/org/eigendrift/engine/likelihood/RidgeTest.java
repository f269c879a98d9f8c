package org.eigendrift.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

class RidgeTest {
    private static final CounterRandom RANDOM = new CounterRandom(11);

    /** Solves a small system by Gauss's elimination with pivots: another way than Cholesky's. */
    private static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        double[][] m = new double[n][];
        for (int i = 0; i < n; i++) {
            m[i] = Arrays.copyOf(a[i], n + 1);
            m[i][n] = b[i];
        }
        for (int p = 0; p < n; p++) {
            int best = p;
            for (int i = p; i < n; i++) {
                best = Math.abs(m[i][p]) > Math.abs(m[best][p]) ? i : best;
            }
            double[] row = m[best];
            m[best] = m[p];
            m[p] = row;
            for (int i = 0; i < n; i++) {
                double factor = i == p ? 0 : m[i][p] / m[p][p];
                for (int j = p; j <= n; j++) {
                    m[i][j] -= factor * m[p][j];
                }
            }
        }
        double[] x = new double[n];
        Arrays.setAll(x, i -> m[i][n] / m[i][i]);
        return x;
    }

    /** The same coefficients from the definition: each shrinkage in turn, with the trace of the matrix that smooths. */
    private static double[] naive(double[][] design, double[] weights, double[] shrinkage, double[] y) {
        int size = design[0].length;
        int rows = y.length;
        double[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int l = -8; l <= 2; l++) {
            double[][] system = new double[size][size];
            double[] right = new double[size];
            for (int n = 0; n < rows; n++) {
                for (int i = 0; i < size; i++) {
                    right[i] += weights[n] * design[n][i] * y[n];
                    for (int j = 0; j < size; j++) {
                        system[i][j] += weights[n] * design[n][i] * design[n][j];
                    }
                }
            }
            double[] own = new double[size];
            for (int i = 0; i < size; i++) {
                own[i] = system[i][i];
            }
            for (int i = 0; i < size; i++) {
                system[i][i] += Math.pow(10, l) * shrinkage[i] * own[i];
            }
            double[] x = solve(system, right);
            double trace = 0;
            double squares = 0;
            for (int n = 0; n < rows; n++) {
                double[] row = design[n];
                double[] smoothed = solve(system, row);
                double told = 0;
                for (int i = 0; i < size; i++) {
                    trace += weights[n] * row[i] * smoothed[i];
                    told += row[i] * x[i];
                }
                squares += weights[n] * (y[n] - told) * (y[n] - told);
            }
            double criterion = squares / Math.pow(rows - 1.2 * trace, 2);
            if (criterion < least) {
                least = criterion;
                best = x;
            }
        }
        return best;
    }

    @Test
    void coefficientsAreThoseOfTheDefinition() {
        int rows = 300;
        int size = 6;
        double[][] design = new double[rows][size];
        double[] flat = new double[rows * size];
        double[] weights = new double[rows];
        double[] y = new double[rows];
        double[] shrinkage = {1e-9, 0.1, 0.1, 1, 1, 1};
        for (int n = 0; n < rows; n++) {
            weights[n] = Math.exp(RANDOM.normal(n, 20));
            for (int i = 0; i < size; i++) {
                design[n][i] = i == 0 ? 1 : (i + 1) * RANDOM.normal(n, i);
                flat[n * size + i] = design[n][i];
            }
            y[n] = 2 + 0.3 * design[n][1] + 0.02 * design[n][4] + RANDOM.normal(n, 30);
        }
        double[] expected = naive(design, weights, shrinkage, y);
        // Systems of condition below 1e3 and 300 sums of rounding errors.
        assertArrayEquals(expected, new Ridge(flat, size, weights, shrinkage).solve(y), 1e-9);
    }

    @Test
    void aFunctionThatIsNothingOnAllRowsHasNoCoefficient() {
        double[] flat = new double[3 * 40];
        double[] ones = new double[40];
        double[] y = new double[40];
        for (int n = 0; n < 40; n++) {
            ones[n] = 1;
            flat[3 * n] = 1;
            flat[3 * n + 1] = n / 40.0;
            y[n] = 1 + 2 * flat[3 * n + 1];
        }
        double[] found = new Ridge(flat, 3, ones, new double[] {1e-9, 0.1, 1}).solve(y);
        assertEquals(0, found[2]);
        // The least shrinkage is 1e-9 of the column's mean square, its coefficient's correlation with the constant
        // below 0.9.
        assertEquals(2, found[1], 2e-8);
    }

    @Test
    void whatCoefficientsTellOfRowsIsTheProduct() {
        assertArrayEquals(
                new double[] {1 * 7 + 2 * 0.5, 3 * 7 + 4 * 0.5, 5 * 7 + 6 * 0.5},
                Ridge.told(new double[] {1, 2, 3, 4, 5, 6}, 2, new double[] {7, 0.5}));
    }
}
