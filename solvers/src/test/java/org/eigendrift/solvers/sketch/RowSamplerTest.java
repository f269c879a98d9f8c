package org.eigendrift.solvers.sketch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.RowSampler;
import org.eigendrift.contract.RowSamplerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row samplers against enumeration, exact expectations and the full fit. */
final class RowSamplerTest {
    private static RowSampler sampler(String name) {
        return name.equals("volume")
                ? new VolumeSampler().create(new VolumeSampler.Options(), RunContext.quiet(1))
                : new LeverageSampler().create(new LeverageSampler.Options(), RunContext.quiet(1));
    }

    @Nested
    class Volume extends RowSamplerContract {
        @Override
        protected RowSampler sampler() {
            return RowSamplerTest.sampler("volume");
        }
    }

    @Nested
    class Leverage extends RowSamplerContract {
        @Override
        protected RowSampler sampler() {
            return RowSamplerTest.sampler("leverage");
        }
    }

    /** Columns 1 and x at uneven points. */
    private static double[] line(int rows) {
        double[] design = new double[2 * rows];
        for (int n = 0; n < rows; n++) {
            design[2 * n] = 1;
            design[2 * n + 1] = (double) n * n / rows;
        }
        return design;
    }

    /** The weighted least-squares line, by Cramer's rule. */
    private static double[] fit(double[] design, double[] y, int[] rows, double[] weights) {
        double a = 0;
        double b = 0;
        double c = 0;
        double p = 0;
        double q = 0;
        for (int k = 0; k < rows.length; k++) {
            double u = design[2 * rows[k]];
            double v = design[2 * rows[k] + 1];
            a += weights[k] * u * u;
            b += weights[k] * u * v;
            c += weights[k] * v * v;
            p += weights[k] * u * y[rows[k]];
            q += weights[k] * v * y[rows[k]];
        }
        double determinant = a * c - b * b;
        return new double[] {(p * c - q * b) / determinant, (a * q - b * p) / determinant};
    }

    private static double[] response(int rows) {
        double[] y = new double[rows];
        Arrays.setAll(y, n -> Math.cos(n) + 0.3 * n);
        return y;
    }

    private static int[] all(int rows) {
        int[] numbers = new int[rows];
        Arrays.setAll(numbers, n -> n);
        return numbers;
    }

    private static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** P({i, j}) = det(phi_i, phi_j)^2 / det(sum phi phi'), by Cauchy and Binet. */
    @Test
    void pairsAppearAsOftenAsTheirSquaredVolume() {
        int rows = 5;
        double[] design = line(rows);
        double[][] volume = new double[rows][rows];
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = i + 1; j < rows; j++) {
                double det = design[2 * j + 1] - design[2 * i + 1];
                volume[i][j] = det * det;
                sum += det * det;
            }
        }
        int draws = 20_000;
        int[][] seen = new int[rows][rows];
        for (int k = 0; k < draws; k++) {
            int[] pair =
                    sampler("volume").sample(design, 2, 2, new CounterRandom(k)).rows();
            seen[pair[0]][pair[1]]++;
        }
        double chiSquare = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = i + 1; j < rows; j++) {
                double expected = draws * volume[i][j] / sum;
                chiSquare += (seen[i][j] - expected) * (seen[i][j] - expected) / expected;
            }
        }
        // The 0.999 quantile of chi-square with 9 degrees of freedom (tables: 27.88); seeds are fixed.
        assertTrue(chiSquare < 27.88, "chi-square " + chiSquare);
    }

    /** The volume-rescaled fit is unbiased, by theorem; so is the estimate of the normal matrix, for both samplers. */
    @Test
    void theFitOfVolumeSamplingIsUnbiased() {
        int rows = 12;
        double[] design = line(rows);
        double[] y = response(rows);
        double[] full = fit(design, y, all(rows), ones(rows));
        int draws = 20_000;
        double[] sum = new double[2];
        double[] squares = new double[2];
        for (int k = 0; k < draws; k++) {
            RowSampler.Sample sample = sampler("volume").sample(design, 2, 4, new CounterRandom(k));
            double[] c = fit(design, y, sample.rows(), sample.weights());
            for (int i = 0; i < 2; i++) {
                sum[i] += c[i] - full[i];
                squares[i] += (c[i] - full[i]) * (c[i] - full[i]);
            }
        }
        for (int i = 0; i < 2; i++) {
            // Four standard errors: fails once in 16,000 draws of the fixed seeds.
            double error = Math.sqrt(squares[i] / draws / draws);
            assertTrue(Math.abs(sum[i] / draws) <= 4 * error, "bias " + sum[i] / draws + ", error " + error);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"leverage", "volume"})
    void distortionBoundsTheLossAgainstTheFullFit(String name) {
        int rows = 2000;
        double[] design = line(rows);
        double[] y = response(rows);
        double[] full = fit(design, y, all(rows), ones(rows));
        double least = loss(design, y, full);
        double[] distortions = new double[2];
        for (int k = 0; k < 2; k++) {
            RowSampler.Sample sample = sampler(name).sample(design, 2, k == 0 ? 40 : 1000, new CounterRandom(3));
            distortions[k] = sample.distortion();
            assertTrue(sample.distortion() < 1);
            // |c - c*|_F <= |g|_F^-1 / (1 - distortion), g the weighted normal residual at c*.
            double[] c = fit(design, y, sample.rows(), sample.weights());
            double shift = normalResidual(design, y, full, sample) / (1 - sample.distortion());
            double excess = loss(design, y, c) - least;
            assertTrue(excess <= shift * shift * (1 + 1e-9), "excess " + excess + " bound " + shift * shift);
            assertTrue(excess < 0.2 * least, "the sample answers for all rows");
        }
        assertTrue(distortions[1] < distortions[0]);
        RowSampler.Sample again = sampler(name).sample(design, 2, 40, new CounterRandom(3));
        assertArrayEquals(
                sampler(name).sample(design, 2, 40, new CounterRandom(3)).rows(), again.rows());
    }

    private static double loss(double[] design, double[] y, double[] c) {
        double sum = 0;
        for (int n = 0; n < y.length; n++) {
            double residual = y[n] - design[2 * n] * c[0] - design[2 * n + 1] * c[1];
            sum += residual * residual;
        }
        return sum;
    }

    /** sqrt(g' F^-1 g) for g = sum w phi (y - phi'c). */
    private static double normalResidual(double[] design, double[] y, double[] c, RowSampler.Sample sample) {
        double p = 0;
        double q = 0;
        for (int k = 0; k < sample.rows().length; k++) {
            int n = sample.rows()[k];
            double residual = sample.weights()[k] * (y[n] - design[2 * n] * c[0] - design[2 * n + 1] * c[1]);
            p += design[2 * n] * residual;
            q += design[2 * n + 1] * residual;
        }
        double a = 0;
        double b = 0;
        double d = 0;
        for (int n = 0; n < y.length; n++) {
            a += design[2 * n] * design[2 * n];
            b += design[2 * n] * design[2 * n + 1];
            d += design[2 * n + 1] * design[2 * n + 1];
        }
        return Math.sqrt((p * p * d - 2 * p * q * b + q * q * a) / (a * d - b * b));
    }

    @ParameterizedTest
    @ValueSource(strings = {"leverage", "volume"})
    void refusesWhatHasNoUniqueFit(String name) {
        double[] dependent = {1, 2, 2, 4, 3, 6};
        CounterRandom random = new CounterRandom(1);
        assertTrue(assertThrows(InputException.class, () -> sampler(name).sample(dependent, 2, 2, random))
                .getMessage()
                .contains("dependent"));
        assertThrows(InputException.class, () -> sampler(name).sample(line(5), 2, 1, random));
    }
}
