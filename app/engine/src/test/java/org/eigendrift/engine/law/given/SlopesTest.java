package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

class SlopesTest {
    private static final int ROWS = 60;

    private static double[][] rows(int dim, long stream) {
        CounterRandom random = new CounterRandom(9).derive(stream);
        double[][] rows = new double[ROWS][dim];
        for (int n = 0; n < ROWS; n++) {
            for (int i = 0; i < dim; i++) {
                rows[n][i] = random.normal(n, 2L * i);
            }
        }
        return rows;
    }

    private static double[] weights(long stream) {
        CounterRandom random = new CounterRandom(10).derive(stream);
        double[] weights = new double[ROWS];
        Arrays.setAll(weights, n -> random.uniform(n, 0));
        return weights;
    }

    /** The gradient of the weighted squares that are left, by differences: nothing is gained by other slopes. */
    @Test
    void sharedSlopesLeaveTheLeastSquares() {
        double[][] a = rows(2, 0);
        double[][] b = rows(3, 1);
        double[] ones = new double[ROWS];
        Arrays.fill(ones, 1);
        Slopes slopes = new Slopes(2, 3, 0, new WeightedMoments(a, b, ones));
        double[][] factors = {{0.5, 0, 0.3, 0.4}, {2, 0, -1, 1.5}};
        double[][] weights = {weights(0), weights(1)};
        WeightedMoments[] moments = {new WeightedMoments(a, b, weights[0]), new WeightedMoments(a, b, weights[1])};
        double[] found = slopes.of(moments, factors);
        double least = squares(a, b, weights, factors, moments, found);
        for (int i = 0; i < found.length; i++) {
            for (double step : new double[] {-1e-3, 1e-3}) {
                double[] other = found.clone();
                other[i] += step;
                // A quadratic form: a step raises it by at least some 1e-6 of its curvature, which is above 1.
                double raised = squares(a, b, weights, factors, moments, other) - least;
                assertEquals(true, raised > 1e-7, "slope " + i + " gains " + raised);
            }
        }
    }

    private static double squares(
            double[][] a,
            double[][] b,
            double[][] weights,
            double[][] factors,
            WeightedMoments[] moments,
            double[] slopes) {
        double sum = 0;
        for (int k = 0; k < factors.length; k++) {
            double[] map = moments[k].map(slopes);
            for (int n = 0; n < ROWS; n++) {
                double[] mean = new double[2];
                for (int c = 0; c < 2; c++) {
                    mean[c] = map[4 * c];
                    for (int j = 0; j < 3; j++) {
                        mean[c] += map[4 * c + 1 + j] * b[n][j];
                    }
                }
                double[] none = new double[2];
                sum += weights[k][n]
                        * (Gaussians.logNormal(none, none, factors[k]) - Gaussians.logNormal(a[n], mean, factors[k]));
            }
        }
        return sum;
    }

    @Test
    void covariancesAreThoseOfWhatIsLeft() {
        double[][] a = rows(2, 2);
        double[][] b = rows(3, 3);
        double[] weights = weights(2);
        WeightedMoments moments = new WeightedMoments(a, b, weights);
        double[] slopes = {0.1, -0.4, 0.2, 0.5, 0.3, -0.2};
        double[] map = moments.map(slopes);
        double[] expected = new double[4];
        double total = Arrays.stream(weights).sum();
        for (int n = 0; n < ROWS; n++) {
            double[] left = new double[2];
            for (int c = 0; c < 2; c++) {
                left[c] = a[n][c] - map[4 * c];
                for (int j = 0; j < 3; j++) {
                    left[c] -= map[4 * c + 1 + j] * b[n][j];
                }
            }
            for (int c = 0; c < 2; c++) {
                for (int d = 0; d < 2; d++) {
                    expected[2 * c + d] += weights[n] * left[c] * left[d] / total;
                }
            }
        }
        // Sums of 60 terms near 1.
        assertArrayEquals(expected, moments.covariance(slopes, 0, new double[4], 0), 1e-13);
    }
}
