package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.numbers.gamma.Erfc;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.engine.kernel.LogSum;
import org.junit.jupiter.api.Test;

/** The law around draws near a condition, and walks that leave a normal law as it is. */
class WalkTest {
    private static final CounterRandom RANDOM = new CounterRandom(9);
    private static final int SIZE = 4000;

    private static Points normal(int dim, double mean, double deviation, long key) {
        Points points = Points.zeros(dim, SIZE);
        CounterRandom random = RANDOM.derive(key);
        for (int n = 0; n < SIZE; n++) {
            for (int i = 0; i < dim; i++) {
                points.set(i, n, mean + deviation * random.normal(n, i));
            }
        }
        return points;
    }

    /** Around draws of wide columns, of which the last is asked to be between 0 and 2. */
    private static Nearby nearby(int dim) {
        List<Column> columns = java.util.stream.IntStream.range(0, dim)
                .mapToObj(i -> Column.real("x" + i))
                .toList();
        double[] last = new double[dim];
        last[dim - 1] = 1;
        return Nearby.of(
                normal(dim, 1, 2, 1), Relations.of(columns, Evidence.of(new Evidence.Condition.Linear(last, 0, 2))));
    }

    /** On a grid whose spacing is far below the kernels' width; shares of 4,000 draws scatter by at most 1 / 126. */
    @Test
    void theDensityIsNormalisedAndIsThatOfTheDraws() {
        Nearby nearby = nearby(1);
        double step = 0.01;
        double from = -20;
        Points grid = Points.zeros(1, 4001);
        for (int n = 0; n < grid.size(); n++) {
            grid.set(0, n, from + step * n);
        }
        double[] logs = nearby.logDensity(grid);
        assertEquals(1, step * Math.exp(LogSum.of(logs)), 1e-6);
        double[] draws = nearby.draw(RANDOM.derive(2), 0, SIZE).column(0);
        Arrays.sort(draws);
        double below = 0;
        double farthest = 0;
        int place = 0;
        for (int n = 0; n < grid.size(); n++) {
            below += step * Math.exp(logs[n]);
            while (place < SIZE && draws[place] < grid.get(0, n) + step / 2) {
                place++;
            }
            farthest = Math.max(farthest, Math.abs(below - (double) place / SIZE));
        }
        // Kolmogorov's statistic exceeds 2.3 / sqrt(n) once in 20,000 times.
        assertTrue(farthest < 2.3 / Math.sqrt(SIZE), "distribution functions differ by " + farthest);
    }

    /** Draws are numbered: those of a part are those of all. */
    @Test
    void drawsAreThoseOfTheirNumbers() {
        Nearby nearby = nearby(2);
        double[] all = nearby.draw(RANDOM.derive(3), 0, 60).slice(25, 60).values();
        assertTrue(Arrays.equals(all, nearby.draw(RANDOM.derive(3), 25, 35).values()));
    }

    /** Of two angles 10 degrees either side of the seam, one seen at the seam: draws near it stay near it, on their sides. */
    @Test
    void anglesAreNearAcrossTheSeam() {
        Points pilots = Points.zeros(2, SIZE);
        for (int n = 0; n < SIZE; n++) {
            double angle = 360 * RANDOM.uniform(n, 7);
            pilots.set(0, n, angle);
            pilots.set(1, n, angle > 350 ? 5 : angle < 10 ? -5 : 0);
        }
        List<Column> columns = List.of(Column.angle("angle", 0, 360), Column.real("x"));
        Relations relations =
                Relations.of(columns, Evidence.of(new Evidence.Condition.Linear(new double[] {1, 0}, 359.9, 359.9)));
        double[] free =
                Nearby.of(pilots, relations).draw(RANDOM.derive(4), 0, SIZE).column(0);
        // The regression on the angle's distance, from -5 above the seam to 5 below it, is drawn to 0, in deviations of
        // some units.
        assertEquals(0, Arrays.stream(free).average().orElseThrow(), 1);
        double square = Arrays.stream(free).map(x -> x * x).average().orElseThrow();
        assertTrue(square > 4, "draws either side of the seam have a mean square of " + square + ", on one side 0");
    }

    /**
     * Independent standard normal columns, whatever the walk is proposed from: means and variances after thirty sweeps, and how many of a column
     * lie below a quartile, which scatter like those of independent draws.
     */
    @Test
    void theTargetIsLeftAsItIs() {
        for (int dim : new int[] {1, 3}) {
            Walk walk = new Walk(nearby(dim), u -> {
                double[] logs = new double[u.size()];
                for (int n = 0; n < logs.length; n++) {
                    for (int i = 0; i < u.dim(); i++) {
                        logs[n] -= 0.5 * u.get(i, n) * u.get(i, n);
                    }
                }
                return logs;
            });
            Points start = normal(dim, 0, 1, 5);
            Steps.Places at = walk.at(start);
            double taken = 0;
            for (int sweep = 0; sweep < 30; sweep++) {
                taken += walk.sweep(at, 1, 1, at.u().copy(), RANDOM.derive(100 + sweep), 0) / 30;
            }
            assertTrue(taken > 0.1 && taken < 0.9, "steps taken " + taken);
            for (int i = 0; i < dim; i++) {
                double[] x = at.u().column(i);
                assertEquals(0, Arrays.stream(x).average().orElseThrow(), 4.5 / Math.sqrt(SIZE), "mean");
                double square = Arrays.stream(x).map(v -> v * v).average().orElseThrow();
                assertEquals(1, square, 4.5 * Math.sqrt(2.0 / SIZE), "variance");
                double share = 0.5 * Erfc.value(0.6745 / Math.sqrt(2));
                double below = Arrays.stream(x).filter(v -> v < -0.6745).count() / (double) SIZE;
                assertEquals(share, below, 4.5 * Math.sqrt(share * (1 - share) / SIZE), "quartile");
            }
        }
    }

    /** At power 0 the walk's law is the proposal's, so that every independent place is taken, and walks leave that as it is. */
    @Test
    void atPowerNoughtTheLawIsTheProposal() {
        Nearby nearby = nearby(1);
        Walk walk = new Walk(nearby, u -> new double[u.size()]);
        Points start = nearby.draw(RANDOM.derive(6), 0, SIZE);
        double[] before = {Arrays.stream(start.column(0)).average().orElseThrow(), spread(start.column(0))};
        Steps.Places at = walk.at(start);
        for (int sweep = 0; sweep < 20; sweep++) {
            walk.sweep(at, 0, 1, at.u().copy(), RANDOM.derive(200 + sweep), 0);
        }
        double scatter = before[1] * Math.sqrt(2.0 / SIZE);
        assertEquals(before[0], Arrays.stream(at.u().column(0)).average().orElseThrow(), 4.5 * scatter, "mean");
        // Of a law with wide shoulders the fourth moment is at most ten times the variance's square.
        assertEquals(before[1], spread(at.u().column(0)), 4.5 * before[1] * Math.sqrt(9.0 / 4 * 2 / SIZE), "deviation");
    }

    private static double spread(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Math.sqrt(
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }
}
