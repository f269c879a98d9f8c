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
 * draw of the flow ever comes there to tell. A pair with a single function, a product, has no fine structure and is believed
 * further from rows, but not as far as other wells. Mutable while rows are marked, by one thread; then only read.
 */
final class Occupancy {
    private static final int FEWEST = 6;
    private static final int MOST = 32;

    /** Rows for each cell along the diagonal, squared. */
    private static final double ROWS = 16;

    private static final int FAR = 64;

    /** A cell counts as seen if one with rows lies within a sixteenth of the coordinate, and beside one in any case. */
    private static final int NEAR = 16;

    /** The same of a pair with a single function. */
    private static final int NEAR_OF_ONE = 6;

    private static final int SLOTS = 4;

    private final int[][] pairs;
    private final int bins;
    /** Of every coordinate the ends of its cells, ascending. */
    private final double[][] edges;

    /** Of every coordinate where among the cells to look. */
    private final int[][] beginnings;

    private final boolean[] circle;
    /** Cells to the next cell that holds a row, a row of cells after the other, for each pair. */
    private final int[][] distances;
    /** Of each pair the distance at which cells still count as seen. */
    private final int[] seen;

    private Occupancy(int[][] pairs, double[][] edges, boolean[] circle, int[][] distances, int[] seen) {
        this.seen = seen;
        this.pairs = pairs;
        this.bins = edges[0].length - 1;
        this.edges = edges;
        this.beginnings = Arrays.stream(edges).map(Occupancy::beginnings).toArray(int[][]::new);
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
        return new Occupancy(pairs, edges, circles(basis), distances, seen(basis, bins));
    }

    private static int[][] pairs(ProductBasis basis) {
        return basis.clusters().stream()
                .filter(cluster -> cluster.order() == 2)
                .map(Cluster::coordinates)
                .toArray(int[][]::new);
    }

    private static int[] seen(ProductBasis basis, int bins) {
        return basis.clusters().stream()
                .filter(cluster -> cluster.order() == 2)
                .mapToInt(cluster -> cluster.size() == 1 ? NEAR_OF_ONE : NEAR)
                .map(near -> (bins + near - 1) / near)
                .toArray();
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
        return new Occupancy(pairs, edges, circles(basis), distances, seen(basis, each - 1));
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

    /** The cells of coordinate i at points; beyond its ends the first and the last. */
    private int[] cells(int i, Points z) {
        double[] ends = edges[i];
        int[] begin = beginnings[i];
        double lower = ends[0];
        double scale = begin.length / (ends[bins] - lower);
        int[] cells = new int[z.size()];
        int at = z.offset(i);
        for (int n = 0; n < cells.length; n++) {
            double here = z.values()[at + n];
            int slot = (int) ((here - lower) * scale);
            int cell = begin[Math.max(0, Math.min(begin.length - 1, slot))];
            while (cell < bins - 1 && here >= ends[cell + 1]) {
                cell++;
            }
            cells[n] = cell;
        }
        return cells;
    }

    /** Of slots of equal width, finer than cells, a cell at or below which a search begins: the one before that of its lower end. */
    private static int[] beginnings(double[] ends) {
        int bins = ends.length - 1;
        int[] begin = new int[SLOTS * bins];
        int cell = 0;
        for (int slot = 0; slot < begin.length; slot++) {
            double end = ends[0] + (ends[bins] - ends[0]) * slot / begin.length;
            while (cell < bins - 1 && end >= ends[cell + 1]) {
                cell++;
            }
            // Rounding may place a point just below the end of a slot into it.
            begin[slot] = Math.max(0, cell - 1);
        }
        return begin;
    }

    private int[][] cells(Points z) {
        int[][] cells = new int[edges.length][];
        for (int[] pair : pairs) {
            for (int i : pair) {
                cells[i] = cells[i] == null ? cells(i, z) : cells[i];
            }
        }
        return cells;
    }

    /** A copy whose cells also hold some rows; distances are made right by {@link #spread}. */
    Occupancy copy() {
        return new Occupancy(
                pairs, edges, circle, Arrays.stream(distances).map(int[]::clone).toArray(int[][]::new), seen);
    }

    void mark(Points z) {
        int[][] cells = cells(z);
        for (int p = 0; p < pairs.length; p++) {
            int[] rows = cells[pairs[p][0]];
            int[] columns = cells[pairs[p][1]];
            for (int n = 0; n < z.size(); n++) {
                distances[p][rows[n] * bins + columns[n]] = 0;
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

    /** The cells that hold rows by distances that {@link #numbers} returned. */
    void markWhereZero(double[] numbers) {
        for (int k = 0; k < numbers.length; k++) {
            int[] map = distances[k / (bins * bins)];
            map[k % (bins * bins)] = numbers[k] == 0 ? 0 : map[k % (bins * bins)];
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

    /** How many cells points are away, in the worst of the pairs, from those that count as seen: the larger of it and what is there. */
    void strangeness(Points z, int[] worst) {
        int[][] cells = cells(z);
        for (int p = 0; p < pairs.length; p++) {
            int[] map = distances[p];
            int[] rows = cells[pairs[p][0]];
            int[] columns = cells[pairs[p][1]];
            for (int n = 0; n < worst.length; n++) {
                worst[n] = Math.max(worst[n], map[rows[n] * bins + columns[n]] - seen[p]);
            }
        }
    }
}
