package org.eigendrift.engine.gibbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distances of cells against a search over all of them. */
class OccupancyTest {
    private static final int BINS = 20;

    /** Cells of equal width, and of width that grows. */
    private static final double[][] EDGES = new double[2][BINS + 1];

    static {
        for (int k = 0; k <= BINS; k++) {
            EDGES[0][k] = (double) k / BINS;
            EDGES[1][k] = (double) (k * k) / (BINS * BINS);
        }
    }

    private static Points cellCentres() {
        Points all = Points.zeros(2, BINS * BINS);
        for (int n = 0; n < all.size(); n++) {
            all.set(0, n, (n / BINS + 0.5) / BINS);
            all.set(1, n, Math.pow((n % BINS + 0.5) / BINS, 2));
        }
        return all;
    }

    private static int steps(int a, int b, boolean round) {
        int straight = Math.abs(a - b);
        return round ? Math.min(straight, BINS - straight) : straight;
    }

    private static int[] strangeness(Occupancy occupancy, Points z) {
        int[] worst = new int[z.size()];
        occupancy.strangeness(z, worst);
        return worst;
    }

    @ParameterizedTest
    @ValueSource(strings = {"hermite", "fourier"})
    void distancesAreThoseToTheNearestRow(String second) {
        ProductBasis basis = Families.complete(Families.coordinates(List.of("hermite", second), 2), 2);
        Occupancy occupancy = Occupancy.empty(basis, EDGES);
        CounterRandom random = new CounterRandom(3);
        Points rows = Points.zeros(2, 4);
        for (int n = 0; n < 4; n++) {
            rows.set(0, n, 0.3 * random.uniform(n, 0));
            rows.set(1, n, 0.2 * random.uniform(n, 1));
        }
        occupancy.mark(rows);
        occupancy.spread();
        Points all = cellCentres();
        int[] strangeness = strangeness(occupancy, all);
        for (int n = 0; n < all.size(); n++) {
            int nearest = Integer.MAX_VALUE;
            for (int r = 0; r < 4; r++) {
                int down = steps(n / BINS, (int) (rows.get(0, r) * BINS), false);
                int across = steps(n % BINS, (int) (Math.sqrt(rows.get(1, r)) * BINS), second.equals("fourier"));
                nearest = Math.min(nearest, Math.max(down, across));
            }
            // Two of twenty cells are within a sixteenth, or begin there.
            assertEquals(Math.max(0, nearest - 2), strangeness[n], "cell " + n);
        }
        Occupancy again = Occupancy.restore(basis, occupancy.edges(), occupancy.numbers());
        assertArrayEquals(strangeness, strangeness(again, all));
        double[] damaged = occupancy.numbers();
        damaged[7] = 0.5;
        assertThrows(IllegalArgumentException.class, () -> Occupancy.restore(basis, occupancy.edges(), damaged));
        assertThrows(IllegalArgumentException.class, () -> Occupancy.restore(basis, occupancy.edges(), new double[7]));
        assertEquals(BINS, Occupancy.bins(16L * BINS * BINS));
    }

    /** Four cells of twenty are within a sixth, or begin there. */
    @Test
    void aPairOfOneFunctionIsBelievedFurther() {
        List<CoordinateBasis> coordinates = Families.coordinates(List.of("hermite", "hermite"), 2);
        Cluster product = new Cluster(new int[] {0, 1}, new int[] {2, 2}, new int[] {0});
        Occupancy occupancy = Occupancy.empty(new ProductBasis(coordinates, List.of(product)), EDGES);
        occupancy.mark(Points.zeros(2, 1));
        occupancy.spread();
        int[] strangeness = strangeness(occupancy, cellCentres());
        for (int n = 0; n < strangeness.length; n++) {
            assertEquals(Math.max(0, Math.max(n / BINS, n % BINS) - 4), strangeness[n]);
        }
    }
}
