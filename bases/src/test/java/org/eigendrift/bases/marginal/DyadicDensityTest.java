package org.eigendrift.bases.marginal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

class DyadicDensityTest {
    private static double[] uniform(int seed, int rows) {
        CounterRandom random = new CounterRandom(seed);
        double[] x = new double[rows];
        for (int n = 0; n < rows; n++) {
            x[n] = random.uniform(n, 0);
        }
        Arrays.sort(x);
        return x;
    }

    private static double log(DyadicDensity density, double x) {
        int k = 0;
        while (density.edge(k + 1) <= x) {
            k++;
        }
        return Math.log(density.height(k));
    }

    /** Sum over all trees of so many levels, of their probability times the rows' likelihood, by the chain rule. */
    static double evidence(double[] rows, double left, double width, int level) {
        double[] inside =
                Arrays.stream(rows).filter(x -> x >= left && x < left + width).toArray();
        if (level == 0 || Arrays.stream(inside).distinct().count() < 2) {
            return 1;
        }
        double half = 0.5 * width;
        double divided = 1;
        int[] seen = new int[2];
        for (double x : inside) {
            int side = x < left + half ? 0 : 1;
            // Pólya's urn: a Beta(1/2, 1/2) share integrated out, row by row.
            divided *= 2 * (seen[side] + 0.5) / (seen[0] + seen[1] + 1);
            seen[side]++;
        }
        return 0.5
                + 0.5 * divided * evidence(rows, left, half, level - 1) * evidence(rows, left + half, half, level - 1);
    }

    /**
     * The density at a point is the evidence of the rows with it over that without: the posterior mean by another way. The
     * point is no row's neighbour within the last level, so that it opens no cell of its own below those the rows have.
     */
    @Test
    void heightsAreRatiosOfEvidence() {
        double[] rows = {0.11, 0.12, 0.125, 0.13, 0.131, 0.14, 0.52, 0.61, 0.62, 0.9};
        int levels = 10; // 4 bits for the number of rows, 6 beyond
        DyadicDensity density = DyadicDensity.of(rows);
        for (double row : rows) {
            double[] more = Arrays.copyOf(rows, rows.length + 1);
            more[rows.length] = row;
            double expected = evidence(more, 0, 1, levels) / evidence(rows, 0, 1, levels);
            // Cells are kept whole where trees that halve them carry less than a hundredth of the density.
            assertEquals(Math.log(expected), log(density, row), 1e-2, "at " + row);
        }
    }

    @Test
    void theIntegralIsOne() {
        for (int rows : new int[] {1, 2, 10, 1000, 100_000}) {
            double[] x = uniform(rows, rows);
            for (int n = 0; n < rows; n++) {
                x[n] = x[n] * x[n] * x[n];
            }
            DyadicDensity density = DyadicDensity.of(x);
            // Rounding of as many sums as there are cells.
            assertEquals(1, density.below(density.cells()), 1e-16 * (10 + density.cells()));
            for (int k = 0; k <= density.cells(); k++) {
                assertEquals(1, density.below(k) + density.above(k), 1e-16 * (10 + density.cells()));
            }
        }
    }

    /**
     * The evidence is at least 1/2 whatever the rows, so the losses of predicting row after row are log 2 together. The
     * loss falls as rows come, so that after n it is at most log(2) / n; half as much again for the noise of the mean of 40 samples.
     */
    @Test
    void uniformRowsLoseAtMostOneBit() {
        for (int rows : new int[] {50, 400, 3000}) {
            double sum = 0;
            for (int seed = 0; seed < 40; seed++) {
                DyadicDensity density = DyadicDensity.of(uniform(100 + seed, rows));
                for (int k = 0; k < density.cells(); k++) {
                    sum -= (density.edge(k + 1) - density.edge(k)) * Math.log(density.height(k)) / 40;
                }
            }
            assertTrue(sum >= 0 && sum < 1.5 * Math.log(2) / rows, rows + " rows: " + sum);
        }
    }

    /** A step of known place and height: all mass in the first quarter. */
    @Test
    void aStepOnTheGridIsFound() {
        double[] rows = uniform(3, 10_000);
        for (int n = 0; n < rows.length; n++) {
            rows[n] *= 0.25;
        }
        DyadicDensity density = DyadicDensity.of(rows);
        // Two halvings, each by its n rows known to 1 / (2 n).
        assertEquals(Math.log(4), log(density, 0.1), 2e-4);
        assertTrue(log(density, 0.7) < Math.log(1e-4));
    }

    @Test
    void tiesAreNotHalved() {
        double[] rows = new double[300];
        Arrays.fill(rows, 0, 100, 0.3);
        Arrays.fill(rows, 100, 300, 0.7);
        DyadicDensity density = DyadicDensity.of(rows);
        assertEquals(2, density.cells());
        // One Beta(1/2, 1/2) share; that the halves differ is nearly certain.
        assertEquals(2 * 100.5 / 301, density.height(0), 1e-3);
        assertEquals(1, DyadicDensity.of(new double[] {0.4, 0.4, 0.4}).cells());
        assertEquals(1, DyadicDensity.of(new double[] {0.4, 0.4, 0.4}).height(0));
    }

    /** No more cells than the rows can speak for: uniform ones leave one. */
    @Test
    void cellsFollowStructure() {
        assertEquals(1, DyadicDensity.of(uniform(1, 200_000)).cells());
    }

    @Test
    void startsAndHeightsRestoreEveryBit() {
        double[] x = uniform(1, 1000);
        for (int n = 0; n < x.length; n++) {
            x[n] *= x[n];
        }
        DyadicDensity density = DyadicDensity.of(x);
        double[] starts =
                IntStream.range(0, density.cells()).mapToDouble(density::edge).toArray();
        double[] heights =
                IntStream.range(0, density.cells()).mapToDouble(density::height).toArray();
        DyadicDensity again = DyadicDensity.restore(starts, heights);
        assertEquals(density.cells(), again.cells());
        for (int k = 0; k <= density.cells(); k++) {
            assertArrayEquals(
                    new double[] {density.edge(k), density.below(k), density.above(k)},
                    new double[] {again.edge(k), again.below(k), again.above(k)});
        }
    }
}
