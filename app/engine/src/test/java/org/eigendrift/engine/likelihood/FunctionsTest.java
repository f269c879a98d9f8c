package org.eigendrift.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    private static final CounterRandom RANDOM = new CounterRandom(3);

    @Test
    void functionsAreWhatTheySay() {
        Functions kinked = Functions.kinked(new double[][] {{0, 5}, {1, 6}, {2, 7}, {3, 8}}, 1);
        double[] values = new double[kinked.size()];
        kinked.at(new double[] {2.5, 5.5}, values);
        assertArrayEquals(new double[] {1, 2.5, 5.5, 1.5, 0}, values);
        Functions waving = Functions.waving(2, 3, RANDOM);
        double[] waves = new double[waving.size()];
        waving.at(new double[] {0.3, -0.4}, waves);
        for (int w = 0; w < 3; w++) {
            double[] of = Arrays.copyOfRange(waving.waves(), 3 * w, 3 * w + 3);
            assertEquals(Math.cos(of[0] * 0.3 - of[1] * 0.4 + of[2]), waves[3 + w], 1e-15);
        }
    }

    /** Of 11 rows the knots of four kinks are those numbered 2, 4, 6 and 8, of both columns. */
    @Test
    void kinksAreAtQuantilesOfEachColumn() {
        double[][] rows = new double[11][];
        for (int n = 0; n < 11; n++) {
            int k = n * 7 % 11;
            rows[n] = new double[] {k * k, 100 - k};
        }
        assertArrayEquals(
                new double[] {4, 16, 36, 64, 92, 94, 96, 98},
                Functions.kinked(rows, 4).knots());
        assertEquals(0, Functions.kinked(rows, 0).knots().length);
    }

    /** The mean product of waves at two points is half of exp(-|difference|^2 / (2 w^2)), of w = 0.8 sqrt(dim). */
    @Test
    void wavesInSumAreAKernelOfTheirWidth() {
        for (int dim : new int[] {1, 3}) {
            int count = 4000;
            Functions waving = Functions.waving(dim, count, RANDOM);
            assertEquals(1 + dim + count, waving.size());
            double[] x = new double[dim];
            double[] y = new double[dim];
            Arrays.setAll(y, i -> 0.7 + 0.2 * i);
            double[] a = new double[waving.size()];
            double[] b = new double[waving.size()];
            waving.at(x, a);
            waving.at(y, b);
            double mean = 0;
            for (int w = 1 + dim; w < a.length; w++) {
                mean += a[w] * b[w] / count;
            }
            double apart = Arrays.stream(y).map(v -> v * v).sum();
            // Products of cosines have a deviation below 0.5; five standard errors.
            assertEquals(0.5 * Math.exp(-apart / (2 * 0.64 * dim)), mean, 5 * 0.5 / Math.sqrt(count));
        }
    }

    @Test
    void straightFunctionsAreTheConstantAndTheColumns() {
        Functions straight = Functions.straight(2);
        double[] values = new double[straight.size()];
        straight.at(new double[] {4, -3}, values);
        assertArrayEquals(new double[] {1, 4, -3}, values);
    }

    /** What is straight a tenth as much as what bends, the constant by nothing that matters. */
    @Test
    void theConstantIsNotShrunkAndStraightFunctionsLittle() {
        assertArrayEquals(
                new double[] {1e-9, 0.1, 0.1, 1, 1, 1},
                Functions.waving(2, 3, RANDOM).shrinkage());
    }

    /** More rows than are formed at once. */
    @Test
    void valuesAtRowsAreThoseAtEachPoint() {
        double[][] rows = new double[1100][];
        Arrays.setAll(rows, n -> new double[] {RANDOM.normal(n, 0), RANDOM.normal(n, 1)});
        Functions functions = Functions.kinked(rows, 2);
        Parallel parallel = RunContext.quiet(3).parallel();
        double[] all = functions.of(rows, parallel);
        int size = functions.size();
        assertEquals(1100 * size, all.length);
        double[] one = new double[size];
        for (int n = 0; n < rows.length; n++) {
            functions.at(rows[n], one);
            assertArrayEquals(one, Arrays.copyOfRange(all, n * size, (n + 1) * size));
        }
    }
}
