package org.eigendrift.engine.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.junit.jupiter.api.Test;

/** Posteriors of Gaussians beside their information form, C^-1 + A'A / s^2, which shares no formula with the gain. */
class GaussianPosteriorTest {
    private static final double[] MEAN = {0.3, -1, 2};
    private static final double[] COVARIANCE = {2, 0.9, -0.4, 0.9, 1.6, 0.3, -0.4, 0.3, 1.1};
    private static final double[][] ROWS = {{1, 0.5, 0}, {0, -1, 2}};
    private static final double NOISE = 0.4;

    private static Dataset rows() {
        List<Column> columns =
                IntStream.range(0, 3).mapToObj(i -> Column.real("x" + i)).toList();
        return new InMemory(columns, GaussianRows.sigmaPoints(MEAN, COVARIANCE));
    }

    @Test
    void meanAndDeviationsAreThoseOfTheInformationForm() {
        double[] precision = LowerTriangle.inverseOfSymmetric(COVARIANCE, 3);
        double[] information = precision.clone();
        double[] observed = {1.5, -0.7};
        double[] right = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                right[i] += precision[i * 3 + k] * MEAN[k];
                for (double[] row : ROWS) {
                    information[i * 3 + k] += row[i] * row[k] / (NOISE * NOISE);
                }
            }
            for (int j = 0; j < 2; j++) {
                right[i] += ROWS[j][i] * observed[j] / (NOISE * NOISE);
            }
        }
        double[] covariance = LowerTriangle.inverseOfSymmetric(information, 3);
        GaussianPosterior posterior = new GaussianPosterior(rows(), new DenseOperator(ROWS), NOISE);
        double[] expected = new double[3];
        double[] deviations = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                expected[i] += covariance[i * 3 + k] * right[k];
            }
            deviations[i] = Math.sqrt(covariance[i * 3 + i]);
        }
        // Rounding of some ten operations on numbers of order 10.
        assertArrayEquals(expected, posterior.mean(Points.ofRows(observed)).row(0), 1e-12);
        assertArrayEquals(deviations, posterior.deviations(), 1e-12);
        assertArrayEquals(new double[] {Math.sqrt(2), Math.sqrt(1.6), Math.sqrt(1.1)}, posterior.scales(), 1e-12);
    }

    @Test
    void outputsThatDependOnEachOtherNeedNoise() {
        DenseOperator twice = new DenseOperator(new double[][] {{1, 0, 0}, {1, 0, 0}});
        assertThrows(NumericalException.class, () -> new GaussianPosterior(rows(), twice, 0));
        // Two equal outputs of noise s are one of noise s / sqrt(2).
        GaussianPosterior one =
                new GaussianPosterior(rows(), new DenseOperator(new double[][] {{1, 0, 0}}), NOISE / Math.sqrt(2));
        assertArrayEquals(one.deviations(), new GaussianPosterior(rows(), twice, NOISE).deviations(), 1e-12);
    }

    @Test
    void rankedScoreIsTheIntegralOfSquaredDifferencesOfDistributionFunctions() {
        double deviation = 0.7;
        for (double miss : new double[] {0, 0.4, -2.5}) {
            double sum = 0;
            double step = 1e-3;
            double below = 0;
            // The trapezoid's running sum of the density is its distribution function to step^2.
            for (double x = -8; x < 8; x += step) {
                double middle = x + step / 2;
                double density =
                        Math.exp(-middle * middle / (2 * deviation * deviation)) / (deviation * Math.sqrt(2 * Math.PI));
                double at = below + density * step / 2;
                below += density * step;
                sum += (middle < miss ? at * at : (1 - at) * (1 - at)) * step;
            }
            assertEquals(sum, GaussianPosterior.rankedScore(miss, deviation), 2 * step);
        }
        assertEquals(1.5, GaussianPosterior.rankedScore(-1.5, 0), 0, "of a point the distance");
    }
}
