package org.eigendrift.engine.basis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The functions of a model: products of one-dimensional eigenfunctions over clusters of coordinates. Functions are
 * numbered cluster by cluster, within a cluster by position. Immutable.
 */
public final class ProductBasis {
    private final List<CoordinateBasis> coordinates;
    private final List<Cluster> clusters;
    private final int[] starts;
    private final double[] rates;
    private final int[][] neighbours;
    private final int[] usedDegrees;
    /** Null until it is asked for: a function of the coordinates, of which each costs hundreds of quantiles. */
    private volatile double[] scales;

    /**
     * Creates the basis.
     *
     * @param coordinates one basis for each coordinate; copied
     * @param clusters clusters of those coordinates, each over all non-constant functions of its coordinates, of which
     *     it may hold some; copied. One that holds none is dropped
     * @throws IllegalArgumentException if a cluster's coordinates or degrees are not those of the bases
     */
    public ProductBasis(List<CoordinateBasis> coordinates, List<Cluster> clusters) {
        this.coordinates = List.copyOf(coordinates);
        this.clusters = clusters.stream().filter(c -> c.size() > 0).toList();
        this.clusters.forEach(this::checkDegrees);
        this.starts = new int[this.clusters.size() + 1];
        for (int c = 0; c < this.clusters.size(); c++) {
            starts[c + 1] = Math.addExact(starts[c], this.clusters.get(c).size());
        }
        this.rates = new double[size()];
        this.neighbours = neighbours(coordinates.size(), this.clusters);
        this.usedDegrees = new int[coordinates.size()];
        for (int c = 0; c < this.clusters.size(); c++) {
            Cluster cluster = this.clusters.get(c);
            for (int index = 0; index < cluster.size(); index++) {
                use(cluster, cluster.position(index));
                rates[starts[c] + index] = rate(cluster, cluster.position(index));
            }
        }
    }

    /**
     * How wide the stationary laws of the coordinates are.
     *
     * @param estimate tells it, and is asked once
     * @return one for each coordinate; shared, not to be modified
     */
    public double[] scales(Supplier<double[]> estimate) {
        double[] known = scales;
        if (known == null) {
            known = estimate.get();
            scales = known;
        }
        return known;
    }

    /** Tables and blocks are laid out by the degrees of the coordinates, so clusters may leave out functions only. */
    private void checkDegrees(Cluster cluster) {
        for (int axis = 0; axis < cluster.order(); axis++) {
            int i = cluster.coordinate(axis);
            if (i < 0
                    || i >= coordinates.size()
                    || cluster.degree(axis) != coordinates.get(i).size() - 1) {
                throw new IllegalArgumentException("cluster " + cluster + " has degree " + cluster.degree(axis)
                        + " in coordinate " + i + " of " + coordinates.size());
            }
        }
    }

    /** For each cluster the later clusters that share a coordinate with it. */
    private static int[][] neighbours(int dim, List<Cluster> clusters) {
        List<List<Integer>> holding = new ArrayList<>();
        for (int i = 0; i < dim; i++) {
            holding.add(new ArrayList<>());
        }
        for (int c = 0; c < clusters.size(); c++) {
            for (int coordinate : clusters.get(c).coordinates()) {
                holding.get(coordinate).add(c);
            }
        }
        int[][] neighbours = new int[clusters.size()][];
        for (int u = 0; u < clusters.size(); u++) {
            TreeSet<Integer> later = new TreeSet<>();
            for (int coordinate : clusters.get(u).coordinates()) {
                List<Integer> list = holding.get(coordinate);
                int from = Collections.binarySearch(list, u) + 1;
                later.addAll(list.subList(from, list.size()));
            }
            neighbours[u] = later.stream().mapToInt(Integer::intValue).toArray();
        }
        return neighbours;
    }

    private void use(Cluster cluster, int position) {
        for (int axis = 0; axis < cluster.order(); axis++) {
            int i = cluster.coordinate(axis);
            usedDegrees[i] = Math.max(usedDegrees[i], cluster.functionAt(position, axis));
        }
    }

    private double rate(Cluster cluster, int position) {
        double rate = 0;
        for (int axis = 0; axis < cluster.order(); axis++) {
            rate += coordinates.get(cluster.coordinate(axis)).rate(cluster.functionAt(position, axis));
        }
        return rate;
    }

    /**
     * The number of coordinates.
     *
     * @return d
     */
    public int dim() {
        return coordinates.size();
    }

    /**
     * The basis of a coordinate.
     *
     * @param i 0 to {@code dim() - 1}
     * @return eigenfunctions and time scale
     */
    public CoordinateBasis coordinate(int i) {
        return coordinates.get(i);
    }

    /**
     * The bases of all coordinates.
     *
     * @return an immutable list
     */
    public List<CoordinateBasis> coordinates() {
        return coordinates;
    }

    /**
     * The highest function of a coordinate that any function of the basis holds.
     *
     * @param i 0 to {@code dim() - 1}
     * @return at most {@code coordinate(i).size() - 1}; 0 if there is none
     */
    public int usedDegree(int i) {
        return usedDegrees[i];
    }

    /**
     * The clusters.
     *
     * @return an immutable list
     */
    public List<Cluster> clusters() {
        return clusters;
    }

    /**
     * The number of functions.
     *
     * @return the size of theta
     */
    public int size() {
        return starts[starts.length - 1];
    }

    /**
     * The first function of a cluster.
     *
     * @param cluster 0 to {@code clusters().size()}
     * @return its number; {@link #size()} at the end
     */
    public int start(int cluster) {
        return starts[cluster];
    }

    /**
     * The first functions of all clusters, with the size at the end.
     *
     * @return a copy
     */
    public int[] starts() {
        return starts.clone();
    }

    /**
     * A scaled eigenvalue.
     *
     * @param function 0 to {@code size() - 1}
     * @return lambda_alpha = sum_i D_i lambda_{alpha_i}
     */
    public double rate(int function) {
        return rates[function];
    }

    /**
     * The same coordinates with other clusters.
     *
     * @param newClusters the clusters
     * @return a new basis
     */
    public ProductBasis withClusters(List<Cluster> newClusters) {
        return new ProductBasis(coordinates, newClusters);
    }

    /**
     * The same functions, trusted also where other rows were seen.
     *
     * @param ranges for each coordinate where
     * @return a new basis
     */
    public ProductBasis trustedIn(List<CoordinateBasis.Range> ranges) {
        List<CoordinateBasis> wider = new ArrayList<>();
        for (int i = 0; i < coordinates.size(); i++) {
            CoordinateBasis own = coordinates.get(i);
            wider.add(new CoordinateBasis(own.basis(), own.range().union(ranges.get(i))));
        }
        return new ProductBasis(wider, clusters);
    }

    /**
     * The later clusters that share a coordinate with a cluster.
     *
     * @param cluster number of the cluster
     * @return ascending numbers above {@code cluster}; shared, not to be modified
     */
    public int[] neighbours(int cluster) {
        return neighbours[cluster];
    }

    /**
     * The number of entries of A, counted in both triangles.
     *
     * @return entries of blocks of clusters that share a coordinate
     */
    public long matrixNonzeros() {
        long count = 0;
        for (int u = 0; u < clusters.size(); u++) {
            long rows = clusters.get(u).size();
            count += rows * rows;
            for (int v : neighbours[u]) {
                count += 2 * rows * clusters.get(v).size();
            }
        }
        return count;
    }

    /**
     * The functions whose rate is at most a bound, in the same clusters; clusters that lose all functions are dropped.
     *
     * @param largestRate bound of lambda_alpha
     * @return a basis of some of the functions; see {@link #indicesIn}
     */
    public ProductBasis upTo(double largestRate) {
        List<Cluster> kept = new ArrayList<>();
        for (int c = 0; c < clusters.size(); c++) {
            Cluster cluster = clusters.get(c);
            int[] positions = new int[cluster.size()];
            int count = 0;
            for (int index = 0; index < cluster.size(); index++) {
                if (rates[starts[c] + index] <= largestRate) {
                    positions[count++] = cluster.position(index);
                }
            }
            if (count > 0) {
                kept.add(cluster.withPositions(Arrays.copyOf(positions, count)));
            }
        }
        return withClusters(kept);
    }

    /**
     * Where the functions of this basis stand in a larger one.
     *
     * @param larger a basis that holds all functions of this one, with its clusters in the same order
     * @return for each function its number in {@code larger}
     */
    public int[] indicesIn(ProductBasis larger) {
        int[] indices = new int[size()];
        int at = 0;
        int c = 0;
        for (Cluster cluster : clusters) {
            while (!Arrays.equals(larger.clusters.get(c).coordinates(), cluster.coordinates())) {
                c++;
            }
            int[] positions = larger.clusters.get(c).positions();
            for (int index = 0; index < cluster.size(); index++) {
                indices[at++] = larger.starts[c] + Arrays.binarySearch(positions, cluster.position(index));
            }
        }
        return indices;
    }
}
