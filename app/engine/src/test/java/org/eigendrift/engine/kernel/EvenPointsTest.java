package org.eigendrift.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.model.ProductProcess;
import org.junit.jupiter.api.Test;

/** What makes a lattice, and what makes every point of it a draw. */
class EvenPointsTest {
    private static Points points(long seed, int dim, long first, int count) {
        Points points = Points.zeros(dim, count);
        new EvenPoints(new CounterRandom(seed), dim).fill(first, points);
        return points;
    }

    private static double[] column(Points points, int i) {
        return Arrays.copyOfRange(points.values(), points.offset(i), points.offset(i) + points.size());
    }

    /** The numbers of the generating vector are odd: of 2^k points every column is an even grid of step 2^-k. */
    @Test
    void everyColumnIsAGrid() {
        int count = 1024;
        Points points = points(1, 250, 0, count);
        for (int i = 0; i < 250; i++) {
            double[] sorted = column(points, i);
            Arrays.sort(sorted);
            for (int n = 1; n < count; n++) {
                // A sum of a number below 2^19 and a shift rounds to 2^-34.
                assertEquals(1.0 / count, sorted[n] - sorted[n - 1], 1e-9, "column " + i);
            }
        }
    }

    /**
     * A lattice integrates exp(2 pi i h u) to 0 unless h lies in its dual: for two columns with the numbers 1 and g, unless h1
     * + g h2 is a multiple of N. By definition, with sums of N terms.
     */
    @Test
    void twoColumnsIntegrateWavesExactly() {
        int count = 1024;
        Points points = points(2, 2, 0, count);
        for (int a = -20; a <= 20; a++) {
            for (int b = 0; b <= 20; b++) {
                double real = 0;
                double imaginary = 0;
                for (int n = 0; n < count; n++) {
                    double phase = 2 * Math.PI * (a * points.get(0, n) + b * points.get(1, n));
                    real += Math.cos(phase) / count;
                    imaginary += Math.sin(phase) / count;
                }
                double expected = Math.floorMod(a + 182667L * b, (long) count) == 0 ? 1 : 0;
                // Phases err by 40 * 2 pi * 2^-34.
                assertEquals(expected, Math.hypot(real, imaginary), 1e-7, "wave " + a + ", " + b);
            }
        }
    }

    @Test
    void pointsDependOnTheirNumbersAlone() {
        Points all = points(3, 5, 0, 300);
        Points some = points(3, 5, 77, 150);
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(Arrays.copyOfRange(column(all, i), 77, 227), column(some, i));
        }
        assertTrue(all.get(0, 0) != points(4, 5, 0, 1).get(0, 0));
    }

    /** Without the order within blocks every second point would lie in one half of the first column. */
    @Test
    void everySecondPointIsUniformToo() {
        int seeds = 400;
        double sum = 0;
        double squares = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Points points = points(seed, 1, 0, 256);
            double mean = 0;
            for (int n = 0; n < 256; n += 2) {
                mean += points.get(0, n) / 128;
            }
            sum += mean;
            squares += (mean - 0.5) * (mean - 0.5);
        }
        double independent = 1.0 / 12 / 128;
        // Four standard errors; and the spread is at most that of independent points, give or take four of its errors.
        assertEquals(0.5, sum / seeds, 4 * Math.sqrt(independent / seeds));
        assertTrue(squares / seeds < independent * (1 + 4 * Math.sqrt(2.0 / seeds)), "variance " + squares / seeds);
    }

    /** Products of columns, of the lattice and beyond it. */
    @Test
    void meansScatterLess() {
        int count = 4096;
        double even = 0;
        double independent = 0;
        for (int seed = 0; seed < 50; seed++) {
            Points points = points(seed, 252, 0, count);
            even += square(points, 9, 200) / 50;
            independent += square(points, 250, 251) / 50;
        }
        // (u - 1/2)(v - 1/2) has the variance 1/144; the mean of 50 squares errs by a fifth, of which four.
        assertEquals(1.0 / 144 / count, independent, 4 * 0.2 / 144 / count);
        assertTrue(even < independent / 25, even + " of " + independent);
    }

    /** Second moments of even draws from a prior against quadrature of its quantile functions. */
    @Test
    void evenDrawsHaveThePriorsMoments() {
        ProductBasis basis = Families.complete(Families.coordinates(List.of("hermite", "laguerre", "fourier"), 2), 2);
        int count = 8192;
        Points draws = Points.zeros(3, count);
        ProductProcess.of(basis, 3, 0.01).evenPrior(new CounterRandom(6), 0, draws);
        for (int i = 0; i < 3; i++) {
            double expected = 0;
            double actual = 0;
            for (int n = 0; n < count; n++) {
                double middle = basis.coordinate(i).basis().quantile((n + 0.5) / count);
                expected += middle * middle / count;
                actual += draws.get(i, n) * draws.get(i, n) / count;
            }
            // A shifted grid of a function with two logarithmic ends: the last step holds log(N)^2 / N = 0.01 of the
            // mean.
            assertEquals(expected, actual, 0.01 * expected);
        }
    }

    private static double square(Points points, int i, int j) {
        double mean = 0;
        for (int n = 0; n < points.size(); n++) {
            mean += (points.get(i, n) - 0.5) * (points.get(j, n) - 0.5) / points.size();
        }
        return mean * mean;
    }
}
