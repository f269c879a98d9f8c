package org.eigendrift.engine.moment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * Which joint moments a product basis needs for its A(t) and b(t), and where each stands in the table: for every two
 * clusters that share a coordinate, a tensor over their union, cut to the functions in use. Tensors of the same
 * coordinates are joined where the joint one is no larger than both. Immutable, and a function of the basis alone, so
 * tables of one basis can be added.
 */
public final class MomentLayout implements SumLayout {
    private final ProductBasis basis;
    private final Map<List<Integer>, List<MomentTensor>> tensors;
    private final List<MomentTensor> ordered;
    private final long entries;

    /**
     * Lays out the table.
     *
     * @param basis the basis
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
                add(new MomentTensor(clusters.get(u).coordinates(), Ascending.used(clusters.get(u))));
            } else {
                add(withFunctions(clusters.get(u)));
                for (int v : basis.neighbours(u)) {
                    add(BlockMoments.needed(basis, clusters.get(u), clusters.get(v)));
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
        this.entries = at;
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

    /** What a cluster's diagonal block and right-hand side need: the functions that products expand in, and its own. */
    private MomentTensor withFunctions(Cluster cluster) {
        MomentTensor block = BlockMoments.needed(basis, cluster, cluster);
        return block.joined(new MomentTensor(block.coordinates, Ascending.used(cluster)));
    }

    private void add(MomentTensor needed) {
        List<MomentTensor> same = tensors.computeIfAbsent(key(needed.coordinates), k -> new ArrayList<>());
        for (MomentTensor tensor : same) {
            if (tensor.covers(needed.functions)) {
                return;
            }
        }
        MomentTensor added = needed;
        for (int k = 0; k < same.size(); k++) {
            if (same.get(k).joinedSize(added) <= (double) same.get(k).size + added.size) {
                added = same.remove(k).joined(added);
                k = -1;
            }
        }
        same.add(added);
    }

    private static List<Integer> key(int[] coordinates) {
        return Arrays.stream(coordinates).boxed().toList();
    }

    /** The first tensor that holds the moments of another. */
    MomentTensor covering(MomentTensor wanted) {
        for (MomentTensor tensor : tensors.getOrDefault(key(wanted.coordinates), List.of())) {
            if (tensor.covers(wanted.functions)) {
                return tensor;
            }
        }
        throw new IllegalArgumentException("no moments of " + Arrays.toString(wanted.coordinates) + " for "
                + Arrays.deepToString(wanted.functions));
    }

    /** All tensors in the order of the table. */
    List<MomentTensor> tensors() {
        return ordered;
    }

    @Override
    public ProductBasis basis() {
        return basis;
    }

    /**
     * The number of moments, which may be beyond what a table holds.
     *
     * @return the number
     */
    public long entries() {
        return entries;
    }

    /**
     * The number of moments.
     *
     * @return entries of the table
     * @throws InputException if there are more than one array holds
     */
    @Override
    public int size() {
        if (entries > Integer.MAX_VALUE / 2 - 8) {
            throw new InputException("the moment table would have " + entries
                    + " entries; lower the degree, or keep fewer clusters (basis.clusters.max_size)");
        }
        return (int) entries;
    }

    @Override
    public Optional<double[]> onlyTimes() {
        return Optional.empty();
    }

    @Override
    public SumLayout until(double earliest) {
        return this;
    }

    @Override
    public SumPass pass() {
        return new MomentPass(this);
    }

    @Override
    public int[] indicesOf(Cluster cluster) {
        MomentTensor tensor = covering(new MomentTensor(cluster.coordinates(), Ascending.used(cluster)));
        int[] indices = new int[cluster.size()];
        for (int index = 0; index < indices.length; index++) {
            indices[index] = tensor.start;
            for (int axis = 0; axis < cluster.order(); axis++) {
                indices[index] += tensor.offset(axis, cluster.functionAt(cluster.position(index), axis));
            }
        }
        return indices;
    }
}
