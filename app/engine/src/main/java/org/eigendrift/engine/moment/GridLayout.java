package org.eigendrift.engine.moment;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * The layout of sums of A(t) itself at given times (docs/method.md, 4.3): first m_alpha of every function, then for
 * each time the entries of the blocks that may differ from 0, those of the upper triangle, unscaled. Blocks stand in
 * the order of their first cluster: its own block, of which the upper triangle is kept row by row, then those with
 * later clusters that share a coordinate, row by row. Immutable.
 */
public final class GridLayout implements SumLayout {
    private final ProductBasis basis;
    private final double[] times;
    private final Map<List<Integer>, Integer> numbers;
    /** For each cluster the starts of its blocks within a time's entries. */
    private final int[][] starts;

    private final int entries;
    private final int size;

    /**
     * Lays out the sums.
     *
     * @param basis the functions
     * @param times forward times, at least one, descending, the last at least 0; copied
     * @throws InputException if there would be more sums than one array holds
     * @throws IllegalArgumentException if the times do not descend or one is negative
     */
    public GridLayout(ProductBasis basis, double... times) {
        this.basis = basis;
        this.times = times.clone();
        for (int j = 0; j < times.length; j++) {
            if (!(times[j] >= 0) || j > 0 && !(times[j] < times[j - 1])) {
                throw new IllegalArgumentException("times " + Arrays.toString(times));
            }
        }
        this.numbers = new HashMap<>();
        this.starts = new int[basis.clusters().size()][];
        long at = 0;
        for (int u = 0; u < starts.length; u++) {
            numbers.put(key(basis.clusters().get(u)), u);
            starts[u] = new int[1 + basis.neighbours(u).length];
            for (int k = 0; k < starts[u].length; k++) {
                starts[u][k] = (int) Math.min(at, Integer.MAX_VALUE);
                at += blockEntries(basis, u, k);
            }
        }
        double total = basis.size() + (double) times.length * at;
        if (total > Integer.MAX_VALUE / 2 - 8) {
            throw new InputException("A(t) at " + times.length + " times would have " + (long) total
                    + " sums; keep fewer functions (basis.clusters.max_size) or times (process.times)");
        }
        this.entries = (int) at;
        this.size = (int) total;
    }

    private static List<Integer> key(Cluster cluster) {
        return Arrays.stream(cluster.coordinates()).boxed().toList();
    }

    /** The number of entries that are kept of a block. */
    private static long blockEntries(ProductBasis basis, int u, int k) {
        long rows = basis.clusters().get(u).size();
        return k == 0
                ? rows * (rows + 1) / 2
                : rows * basis.clusters().get(basis.neighbours(u)[k - 1]).size();
    }

    /**
     * The number of entries of A that are kept for each time.
     *
     * @param basis the functions
     * @return entries of the upper triangle that may differ from 0
     */
    public static long entries(ProductBasis basis) {
        return (basis.matrixNonzeros() + basis.size()) / 2;
    }

    @Override
    public ProductBasis basis() {
        return basis;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Optional<double[]> onlyTimes() {
        return Optional.of(times.clone());
    }

    @Override
    public SumLayout until(double earliest) {
        double[] kept = Arrays.stream(times).filter(t -> t >= earliest).toArray();
        return kept.length == times.length ? this : new GridLayout(basis, kept);
    }

    /**
     * The number of a time.
     *
     * @param t one of the times, to the last bit
     * @return its place among them
     * @throws IllegalArgumentException if it is none of them
     */
    public int indexOf(double t) {
        for (int j = 0; j < times.length; j++) {
            if (times[j] == t) {
                return j;
            }
        }
        throw new IllegalArgumentException("no sums at t = " + t + ", only at " + Arrays.toString(times));
    }

    /**
     * The number of a cluster.
     *
     * @param cluster a cluster of the basis, with all its functions or some of them
     * @return its number in the basis
     * @throws IllegalArgumentException if the basis has no cluster of those coordinates
     */
    public int numberOf(Cluster cluster) {
        Integer number = numbers.get(key(cluster));
        if (number == null) {
            throw new IllegalArgumentException("no sums of cluster " + cluster);
        }
        return number;
    }

    /**
     * Where a block's entries begin.
     *
     * @param j number of the time
     * @param u number of the first cluster
     * @param k 0 for its own block, from 1 on for its k-th neighbour's
     * @return index into the table
     */
    public int start(int j, int u, int k) {
        return basis.size() + j * entries + starts[u][k];
    }

    /**
     * Where an entry of a cluster's own block stands.
     *
     * @param row number of a function within the cluster
     * @param column number of a function, at least {@code row}
     * @param functions functions of the cluster
     * @return index counted from the block's start
     */
    public static int triangle(int row, int column, int functions) {
        return row * (2 * functions - row - 1) / 2 + column;
    }

    @Override
    public int[] indicesOf(Cluster cluster) {
        int number = numberOf(cluster);
        int[] indices = placesIn(basis.clusters().get(number), cluster);
        for (int index = 0; index < indices.length; index++) {
            indices[index] += basis.start(number);
        }
        return indices;
    }

    /**
     * Where the functions of a cluster stand among those of a larger one.
     *
     * @param larger a cluster of the same coordinates
     * @param cluster one with some of its functions
     * @return for each function its number within {@code larger}; a new array
     * @throws IllegalArgumentException if {@code larger} does not hold one of them
     */
    public static int[] placesIn(Cluster larger, Cluster cluster) {
        int[] held = larger.positions();
        int[] places = new int[cluster.size()];
        for (int index = 0; index < places.length; index++) {
            places[index] = Arrays.binarySearch(held, cluster.position(index));
            if (places[index] < 0) {
                throw new IllegalArgumentException(
                        "no sums of function " + cluster.position(index) + " of cluster " + cluster);
            }
        }
        return places;
    }

    @Override
    public SumPass pass() {
        return new GridPass(this);
    }
}
