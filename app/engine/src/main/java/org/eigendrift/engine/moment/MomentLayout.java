package org.eigendrift.engine.moment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eigendrift.api.InputException;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * Which joint moments a product basis needs for its A(t) and b(t), and where each stands in the table: for every two
 * clusters that share a coordinate, one tensor over their union, unless another tensor already holds those moments.
 * Immutable, and a function of the basis alone, so tables of one basis can be added.
 */
public final class MomentLayout {
    private final ProductBasis basis;
    private final Map<List<Integer>, List<MomentTensor>> tensors;
    private final List<MomentTensor> ordered;
    private final int size;

    /**
     * Lays out the table.
     *
     * @param basis the basis
     * @throws InputException if the table would exceed what one array holds
     */
    public MomentLayout(ProductBasis basis) {
        this(basis, Purpose.SYSTEMS);
    }

    private enum Purpose {
        SYSTEMS,
        CANDIDATES
    }

    private MomentLayout(ProductBasis basis, Purpose purpose) {
        this.basis = basis;
        this.tensors = new LinkedHashMap<>();
        List<Cluster> clusters = basis.clusters();
        for (int u = 0; u < clusters.size(); u++) {
            if (purpose == Purpose.CANDIDATES) {
                plain(clusters.get(u));
            } else {
                require(clusters.get(u), clusters.get(u));
                for (int v : basis.neighbours(u)) {
                    require(clusters.get(u), clusters.get(v));
                }
            }
        }
        this.ordered = new ArrayList<>();
        long at = 0;
        for (List<MomentTensor> same : tensors.values()) {
            for (MomentTensor tensor : same) {
                tensor.start = (int) Math.min(at, Integer.MAX_VALUE);
                at += tensor.size;
                ordered.add(tensor);
            }
        }
        if (at > Integer.MAX_VALUE / 2 - 8) {
            throw new InputException("the moment table would have " + at
                    + " entries; lower the degree, or keep fewer clusters (basis.clusters.max_size)");
        }
        this.size = (int) at;
    }

    /**
     * A layout of the moments m_alpha of the basis functions alone, from which significant ones are chosen; systems
     * cannot be assembled from it.
     *
     * @param basis candidate functions
     * @return the layout
     */
    public static MomentLayout ofCandidates(ProductBasis basis) {
        return new MomentLayout(basis, Purpose.CANDIDATES);
    }

    private void plain(Cluster cluster) {
        int[] coordinates = cluster.coordinates();
        int[] extents = new int[coordinates.length];
        for (int axis = 0; axis < extents.length; axis++) {
            extents[axis] = cluster.degree(axis);
        }
        tensors.put(key(coordinates), List.of(new MomentTensor(coordinates, new boolean[coordinates.length], extents)));
    }

    private void require(Cluster u, Cluster v) {
        int[] union = union(u, v);
        boolean[] full = new boolean[union.length];
        int[] extents = new int[union.length];
        for (int axis = 0; axis < union.length; axis++) {
            CoordinateBasis coordinate = basis.coordinate(union[axis]);
            full[axis] = u.axis(union[axis]) >= 0 && v.axis(union[axis]) >= 0;
            extents[axis] = full[axis] ? coordinate.tableSize() : coordinate.size() - 1;
        }
        List<MomentTensor> same = tensors.computeIfAbsent(key(union), k -> new ArrayList<>());
        for (MomentTensor tensor : same) {
            if (tensor.covers(full)) {
                return;
            }
        }
        MomentTensor added = new MomentTensor(union, full, extents);
        same.removeIf(tensor -> added.covers(tensor.full));
        same.add(added);
    }

    private static int[] union(Cluster u, Cluster v) {
        TreeSet<Integer> union = new TreeSet<>();
        Arrays.stream(u.coordinates()).forEach(union::add);
        Arrays.stream(v.coordinates()).forEach(union::add);
        return union.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> key(int[] coordinates) {
        return Arrays.stream(coordinates).boxed().toList();
    }

    /** The tensor that holds the moments which the block of two clusters needs. */
    MomentTensor tensor(Cluster u, Cluster v) {
        int[] union = union(u, v);
        boolean[] full = new boolean[union.length];
        for (int axis = 0; axis < union.length; axis++) {
            full[axis] = u.axis(union[axis]) >= 0 && v.axis(union[axis]) >= 0;
        }
        for (MomentTensor tensor : tensors.get(key(union))) {
            if (tensor.covers(full)) {
                return tensor;
            }
        }
        throw new IllegalStateException("no tensor for " + u + " and " + v);
    }

    /** All tensors in the order of the table. */
    List<MomentTensor> tensors() {
        return ordered;
    }

    /**
     * The basis.
     *
     * @return the basis the layout was made for
     */
    public ProductBasis basis() {
        return basis;
    }

    /**
     * The number of moments.
     *
     * @return entries of the table
     */
    public int size() {
        return size;
    }

    /**
     * Where the moment of a basis function stands.
     *
     * @param cluster the cluster
     * @param position position of the function in the cluster's full tensor
     * @return index into the table
     */
    public int indexOf(Cluster cluster, int position) {
        MomentTensor tensor = tensors.get(key(cluster.coordinates())).get(0);
        int index = tensor.start;
        for (int axis = 0; axis < cluster.order(); axis++) {
            index += (cluster.functionAt(position, axis) - tensor.firstFunction(axis)) * tensor.strides[axis];
        }
        return index;
    }
}
