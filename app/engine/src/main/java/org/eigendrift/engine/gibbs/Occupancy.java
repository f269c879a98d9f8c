package org.eigendrift.engine.gibbs;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * In which cells of the squares of interacting pairs rows were seen, and how far every other cell is from those. The sum of a
 * pair's functions is determined where rows are and arbitrary elsewhere, by hundreds of nats in an empty corner, while no
 * draw of the flow ever comes there to tell. Mutable while rows are marked, by one thread; then only read.
 */
final class Occupancy {
    private static final int FEWEST = 6;
    private static final int MOST = 32;

    /** Rows for each cell along the diagonal, squared. */
    private static final double ROWS = 16;

    private static final int FAR = 64;

    /** A cell counts as seen if one with rows lies within a sixteenth of the coordinate, and beside one in any case. */
    private static final int NEAR = 16;

    private final int[][] pairs;
    private final int bins;
    /** Of every coordinate the ends of its cells, ascending. */
    private final double[][] edges;

    private final boolean[] circle;
    /** Cells to the next cell that holds a row, a row of cells after the other, for each pair. */
    private final int[][] distances;

    private Occupancy(int[][] pairs, double[][] edges, boolean[] circle, int[][] distances) {
        this.pairs = pairs;
        this.bins = edges[0].length - 1;
        this.edges = edges;
        this.circle = circle;
        this.distances = distances;
    }

    /** The number of cells along a coordinate that so many rows can fill. */
    static int bins(long rows) {
        return (int) Math.max(FEWEST, Math.min(MOST, Math.sqrt(rows / ROWS)));
    }

    /** Cells of the pairs of a basis, none of which holds a row; edges are shared, and not to be modified. */
    static Occupancy empty(ProductBasis basis, double[][] edges) {
        int[][] pairs = pairs(basis);
        int bins = edges[0].length - 1;
        int[][] distances = new int[pairs.length][bins * bins];
        for (int[] map : distances) {
            Arrays.fill(map, FAR);
        }
        return new Occupancy(pairs, edges, circles(basis), distances);
    }

    private static int[][] pairs(ProductBasis basis) {
        return basis.clusters().stream()
                .filter(cluster -> cluster.order() == 2)
                .map(Cluster::coordinates)
                .toArray(int[][]::new);
    }

    private static boolean[] circles(ProductBasis basis) {
        List<CoordinateBasis> coordinates = basis.coordinates();
        boolean[] circle = new boolean[coordinates.size()];
        for (int i = 0; i < circle.length; i++) {
            circle[i] = coordinates.get(i).basis().domain() instanceof Domain.Circle;
        }
        return circle;
    }

    /** Cells again, from what {@link #numbers} and {@link #edges} returned. */
    static Occupancy restore(ProductBasis basis, double[] joined, double[] numbers) {
        int[][] pairs = pairs(basis);
        int each = joined.length / basis.dim();
        if (each * basis.dim() != joined.length || each - 1 < FEWEST || each - 1 > MOST) {
            throw new IllegalArgumentException(joined.length + " ends of cells");
        }
        double[][] edges = new double[basis.dim()][];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = Arrays.copyOfRange(joined, i * each, (i + 1) * each);
            for (int k = 0; k < each; k++) {
                if (!Double.isFinite(edges[i][k]) || k > 0 && edges[i][k] < edges[i][k - 1]) {
                    throw new IllegalArgumentException("ends of cells that do not ascend");
                }
            }
        }
        int cells = (each - 1) * (each - 1);
        if (numbers.length != cells * pairs.length) {
            throw new IllegalArgumentException(numbers.length + " cells of " + pairs.length + " pairs");
        }
        int[][] distances = new int[pairs.length][cells];
        for (int k = 0; k < numbers.length; k++) {
            if (!(numbers[k] >= 0 && numbers[k] <= FAR) || numbers[k] != Math.rint(numbers[k])) {
                throw new IllegalArgumentException("a cell at the distance " + numbers[k]);
            }
            distances[k / cells][k % cells] = (int) numbers[k];
        }
        return new Occupancy(pairs, edges, circles(basis), distances);
    }

    /** The distances, pair by pair. */
    double[] numbers() {
        return Arrays.stream(distances)
                .flatMapToInt(Arrays::stream)
                .asDoubleStream()
                .toArray();
    }

    /** The ends of cells, coordinate by coordinate. */
    double[] edges() {
        return Arrays.stream(edges).flatMapToDouble(Arrays::stream).toArray();
    }

    private int cell(int i, double z) {
        int at = Arrays.binarySearch(edges[i], z);
        return Math.max(0, Math.min(bins - 1, at >= 0 ? at : -at - 2));
    }

    /** A copy whose cells also hold some rows; distances are made right by {@link #spread}. */
    Occupancy copy() {
        return new Occupancy(
                pairs, edges, circle, Arrays.stream(distances).map(int[]::clone).toArray(int[][]::new));
    }

    void mark(Points z) {
        for (int p = 0; p < pairs.length; p++) {
            for (int n = 0; n < z.size(); n++) {
                distances[p][
                        cell(pairs[p][0], z.get(pairs[p][0], n)) * bins + cell(pairs[p][1], z.get(pairs[p][1], n))] = 0;
            }
        }
    }

    /** The cells of another occupancy too. */
    void mark(Occupancy other) {
        for (int p = 0; p < pairs.length; p++) {
            for (int c = 0; c < distances[p].length; c++) {
                distances[p][c] = Math.min(distances[p][c], other.distances[p][c]);
            }
        }
    }

    /** Computes distances, counted in steps to any of eight neighbours, from the cells that hold rows. */
    void spread() {
        for (int p = 0; p < pairs.length; p++) {
            int[] map = distances[p];
            for (int c = 0; c < map.length; c++) {
                map[c] = map[c] == 0 ? 0 : FAR;
            }
            for (int reach = 0;
                    reach < FAR - 1 && step(map, reach, circle[pairs[p][0]], circle[pairs[p][1]]);
                    reach++) {}
        }
    }

    /** Gives the neighbours of cells at a distance theirs; tells whether there were any. */
    private boolean step(int[] map, int reach, boolean rowCircle, boolean columnCircle) {
        boolean any = false;
        for (int c = 0; c < map.length; c++) {
            for (int k = 0; map[c] == reach && k < 9; k++) {
                int row = neighbour(c / bins + k / 3 - 1, rowCircle);
                int column = neighbour(c % bins + k % 3 - 1, columnCircle);
                if (row >= 0 && column >= 0 && map[row * bins + column] > reach + 1) {
                    map[row * bins + column] = reach + 1;
                    any = true;
                }
            }
        }
        return any;
    }

    private int neighbour(int cell, boolean round) {
        return round ? Math.floorMod(cell, bins) : cell < bins ? cell : -1;
    }

    /** How many cells a point is away, in the worst of the pairs, from those that count as seen. */
    int strangeness(Points z, int n) {
        int seen = (bins + NEAR - 1) / NEAR;
        int worst = seen;
        for (int p = 0; p < pairs.length; p++) {
            int cell = cell(pairs[p][0], z.get(pairs[p][0], n)) * bins + cell(pairs[p][1], z.get(pairs[p][1], n));
            worst = Math.max(worst, distances[p][cell]);
        }
        return worst - seen;
    }
}
