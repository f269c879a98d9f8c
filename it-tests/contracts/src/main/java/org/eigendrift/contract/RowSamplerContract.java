package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.linear.RowSampler;
import org.junit.jupiter.api.Test;

/** What every sampler of rows promises, of a line through uneven points. */
public abstract class RowSamplerContract {
    private static final int ROWS = 60;
    private static final int COUNT = 12;
    private static final int REPETITIONS = 2000;

    /** Standard errors by which a mean may be off: by chance once in two million. */
    private static final double DEVIATIONS = 5;

    /** For subclasses. */
    protected RowSamplerContract() {}

    /**
     * The sampler under test.
     *
     * @return the sampler
     */
    protected abstract RowSampler sampler();

    /** 1 and x at points that become sparse. */
    private static double[] line() {
        double[] design = new double[2 * ROWS];
        for (int n = 0; n < ROWS; n++) {
            design[2 * n] = 1;
            design[2 * n + 1] = Math.pow(1.05, n);
        }
        return design;
    }

    private RowSampler.Sample sample(long seed) {
        return sampler().sample(line(), 2, COUNT, new CounterRandom(seed));
    }

    /** Upper triangle of phi'phi: 11, 12, 22. */
    private static double[] gram(int[] rows, double[] weights) {
        double[] design = line();
        double[] gram = new double[3];
        for (int k = 0; k < rows.length; k++) {
            double u = design[2 * rows[k]];
            double v = design[2 * rows[k] + 1];
            gram[0] += weights[k] * u * u;
            gram[1] += weights[k] * u * v;
            gram[2] += weights[k] * v * v;
        }
        return gram;
    }

    private static double[] full() {
        int[] all = new int[ROWS];
        double[] ones = new double[ROWS];
        Arrays.setAll(all, n -> n);
        Arrays.fill(ones, 1);
        return gram(all, ones);
    }

    @Test
    void rowsAscendAndWeightsArePositive() {
        for (int seed = 0; seed < 50; seed++) {
            RowSampler.Sample sample = sample(seed);
            int[] rows = sample.rows();
            assertTrue(rows.length >= 1 && rows.length <= COUNT, rows.length + " rows of " + COUNT + " draws");
            assertEquals(rows.length, sample.weights().length, "a weight for each row");
            for (int k = 0; k < rows.length; k++) {
                assertTrue(rows[k] >= 0 && rows[k] < ROWS, "the index " + rows[k] + " of " + ROWS + " rows");
                assertTrue(k == 0 || rows[k] > rows[k - 1], "rows do not ascend: " + Arrays.toString(rows));
                double weight = sample.weights()[k];
                assertTrue(
                        weight > 0 && Double.isFinite(weight), "the weight " + weight + "; expected a number above 0");
            }
        }
    }

    @Test
    void itDependsOnItsRandomNumbersAloneAndModifiesNothing() {
        double[] design = line();
        RowSampler.Sample once = sampler().sample(design, 2, COUNT, new CounterRandom(3));
        assertArrayEquals(line(), design, "the design is modified");
        assertArrayEquals(once.rows(), sample(3).rows(), "the same random numbers choose other rows");
        assertArrayEquals(once.weights(), sample(3).weights(), "the same random numbers give other weights");
        boolean differs = false;
        for (int seed = 4; seed < 14; seed++) {
            differs |= !Arrays.equals(once.rows(), sample(seed).rows());
        }
        assertTrue(differs, "all random numbers choose the same rows");
    }

    @Test
    void weightedSumsEstimateThoseOfAllRows() {
        double[] sums = new double[3];
        double[] squares = new double[3];
        for (int seed = 0; seed < REPETITIONS; seed++) {
            RowSampler.Sample sample = sample(seed);
            double[] gram = gram(sample.rows(), sample.weights());
            for (int i = 0; i < 3; i++) {
                sums[i] += gram[i];
                squares[i] += gram[i] * gram[i];
            }
        }
        double[] exact = full();
        for (int i = 0; i < 3; i++) {
            double mean = sums[i] / REPETITIONS;
            double error = Math.sqrt((squares[i] / REPETITIONS - mean * mean) / REPETITIONS);
            assertEquals(exact[i], mean, DEVIATIONS * error, "entry " + (i + 1) + " of the mean of phi' W phi");
        }
    }

    /** The eigenvalues of F^-1 (W - F), in closed form: of 2 x 2 matrices they solve l^2 - tr l + det = 0. */
    @Test
    void distortionIsTheLargestRelativeError() {
        double[] f = full();
        double determinant = f[0] * f[2] - f[1] * f[1];
        for (int seed = 0; seed < 20; seed++) {
            RowSampler.Sample sample = sample(seed);
            double[] w = gram(sample.rows(), sample.weights());
            double a = w[0] - f[0];
            double b = w[1] - f[1];
            double c = w[2] - f[2];
            double trace = (f[2] * a - 2 * f[1] * b + f[0] * c) / determinant;
            double product = (a * c - b * b) / determinant;
            double root = Math.sqrt(Math.max(0, trace * trace / 4 - product));
            double expected = Math.max(Math.abs(trace / 2 + root), Math.abs(trace / 2 - root));
            // The condition of F is some hundreds: as many roundings.
            assertEquals(expected, sample.distortion(), 1e-9 * (1 + expected), "distortion, seed " + seed);
        }
    }

    @Test
    void whatHasNoAnswerIsRefused() {
        CounterRandom random = new CounterRandom(1);
        RowSampler sampler = sampler();
        assertRefused(() -> sampler.sample(new double[] {1, 2}, 2, 2, random), "one row of two columns");
        assertRefused(() -> sampler.sample(line(), 2, 1, random), "one draw of two columns");
        double[] dependent = line();
        for (int n = 0; n < ROWS; n++) {
            dependent[2 * n + 1] = 3 * dependent[2 * n];
        }
        assertRefused(() -> sampler.sample(dependent, 2, COUNT, random), "dependent columns");
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable action, String what) {
        String message = assertThrows(InputException.class, action, what).getMessage();
        assertFalse(message.isBlank(), what + " refused without a reason");
    }
}
