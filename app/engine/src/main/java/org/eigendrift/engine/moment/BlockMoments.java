package org.eigendrift.engine.moment;

import java.util.Arrays;
import java.util.TreeSet;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * The moments behind one block of A(t), the block of two clusters u and v, in the order in which assembly contracts
 * them: first the shared coordinates, each running over the functions in which products of u's and v's active
 * functions are expanded, then the coordinates of u alone, then those of v alone, over the active functions. Immutable.
 */
public final class BlockMoments {
    private final int[] coordinates;
    private final int[][] functions;
    private final int[][] ofU;
    private final int[][] ofV;
    private final int shared;
    private final int[][] offsets;
    private final int start;

    /** What a block needs, in the order of this class. */
    private record Needs(int[] coordinates, int[][] functions, int[][] ofU, int[][] ofV, int shared) {
        static Needs of(ProductBasis basis, Cluster u, Cluster v) {
            int[] ordered = new int[u.order() + v.order()];
            int count = 0;
            for (int pass = 0; pass < 3; pass++) {
                for (int axis = 0; axis < (pass == 2 ? v : u).order(); axis++) {
                    int i = (pass == 2 ? v : u).coordinate(axis);
                    boolean both = u.axis(i) >= 0 && v.axis(i) >= 0;
                    if (both == (pass == 0)) {
                        ordered[count++] = i;
                    }
                }
            }
            int[] coordinates = Arrays.copyOf(ordered, count);
            int[][] usedOfU = Ascending.used(u);
            int[][] usedOfV = Ascending.used(v);
            int[][] functions = new int[count][];
            int[][] ofU = new int[count][];
            int[][] ofV = new int[count][];
            int shared = 0;
            for (int at = 0; at < count; at++) {
                int i = coordinates[at];
                ofU[at] = u.axis(i) < 0 ? null : usedOfU[u.axis(i)];
                ofV[at] = v.axis(i) < 0 ? null : usedOfV[v.axis(i)];
                if (ofU[at] == null || ofV[at] == null) {
                    functions[at] = ofU[at] == null ? ofV[at] : ofU[at];
                } else {
                    shared++;
                    functions[at] =
                            Ascending.products(basis.coordinate(i).basis().products(), ofU[at], ofV[at]);
                }
            }
            return new Needs(coordinates, functions, ofU, ofV, shared);
        }

        /** The tensor of just these moments, its coordinates ascending. */
        MomentTensor tensor() {
            TreeSet<Integer> union = new TreeSet<>();
            Arrays.stream(coordinates).forEach(union::add);
            int[] ascending = union.stream().mapToInt(Integer::intValue).toArray();
            int[][] lists = new int[ascending.length][];
            for (int at = 0; at < lists.length; at++) {
                lists[Arrays.binarySearch(ascending, coordinates[at])] = functions[at];
            }
            return new MomentTensor(ascending, lists);
        }
    }

    /**
     * Finds the moments of a block.
     *
     * @param layout the table's layout
     * @param basis the functions of the system
     * @param u first cluster
     * @param v second cluster, sharing a coordinate with the first
     */
    public BlockMoments(MomentLayout layout, ProductBasis basis, Cluster u, Cluster v) {
        Needs needs = Needs.of(basis, u, v);
        this.coordinates = needs.coordinates;
        this.functions = needs.functions;
        this.ofU = needs.ofU;
        this.ofV = needs.ofV;
        this.shared = needs.shared;
        MomentTensor wanted = needs.tensor();
        MomentTensor tensor = layout.covering(wanted);
        this.start = tensor.start;
        this.offsets = new int[coordinates.length][];
        for (int at = 0; at < offsets.length; at++) {
            int axis = Arrays.binarySearch(tensor.coordinates, coordinates[at]);
            offsets[at] = Arrays.stream(functions[at])
                    .map(function -> tensor.offset(axis, function))
                    .toArray();
        }
    }

    /** The tensor that a block needs. */
    static MomentTensor needed(ProductBasis basis, Cluster u, Cluster v) {
        return Needs.of(basis, u, v).tensor();
    }

    /**
     * The number of coordinates.
     *
     * @return the size of the union of the clusters
     */
    public int axes() {
        return coordinates.length;
    }

    /**
     * The number of shared coordinates.
     *
     * @return at least 1; they are the first axes
     */
    public int shared() {
        return shared;
    }

    /**
     * The coordinate of an axis.
     *
     * @param axis 0 to {@code axes() - 1}
     * @return the coordinate
     */
    public int coordinate(int axis) {
        return coordinates[axis];
    }

    /**
     * The functions along an axis.
     *
     * @param axis 0 to {@code axes() - 1}
     * @return their numbers, ascending; shared, not to be modified
     */
    public int[] functions(int axis) {
        return functions[axis];
    }

    /**
     * The functions of an axis in u's active products.
     *
     * @param axis 0 to {@code axes() - 1}
     * @return their numbers, ascending, or null if u does not hold the coordinate; shared, not to be modified
     */
    public int[] functionsOfU(int axis) {
        return ofU[axis];
    }

    /**
     * The functions of an axis in v's active products.
     *
     * @param axis 0 to {@code axes() - 1}
     * @return their numbers, ascending, or null if v does not hold the coordinate; shared, not to be modified
     */
    public int[] functionsOfV(int axis) {
        return ofV[axis];
    }

    /**
     * Where the first moment stands in the table.
     *
     * @return its place
     */
    public int start() {
        return start;
    }

    /**
     * How much further a function's moments stand.
     *
     * @param axis 0 to {@code axes() - 1}
     * @param function one of {@link #functions(int)}
     * @return what is added to the place
     */
    public int offset(int axis, int function) {
        return offsets[axis][Arrays.binarySearch(functions[axis], function)];
    }

    /**
     * The number of moments.
     *
     * @return the product of the numbers of functions
     */
    public int size() {
        int size = 1;
        for (int[] list : functions) {
            size = Math.multiplyExact(size, list.length);
        }
        return size;
    }

    /**
     * Gathers E_{p_0} phi_c, damped to E_{p_t} phi_c = exp(-lambda_c t) E_{p_0} phi_c, and the same times lambda_c.
     *
     * @param basis the basis
     * @param means all moments of the table; not modified
     * @param decay for each coordinate, exp(-D lambda_c t) for all its functions; not modified
     * @param damped receives the damped moments, the last axis varying fastest; modified
     * @param rated receives lambda_c times the damped moments; modified
     */
    public void gather(ProductBasis basis, double[] means, double[][] decay, double[] damped, double[] rated) {
        gather(basis, means, decay, damped, rated, 0, start, 0, 1, 0);
    }

    private int gather(
            ProductBasis basis,
            double[] means,
            double[][] decay,
            double[] damped,
            double[] rated,
            int axis,
            int source,
            int target,
            double weight,
            double rate) {
        CoordinateBasis coordinate = basis.coordinate(coordinates[axis]);
        double[] e = decay[coordinates[axis]];
        int[] list = functions[axis];
        int[] at = offsets[axis];
        int next = target;
        if (axis == coordinates.length - 1) {
            for (int c = 0; c < list.length; c++) {
                double value = means[source + at[c]] * weight * e[list[c]];
                damped[next] = value;
                rated[next++] = value * (rate + coordinate.rate(list[c]));
            }
            return next;
        }
        for (int c = 0; c < list.length; c++) {
            next = gather(
                    basis,
                    means,
                    decay,
                    damped,
                    rated,
                    axis + 1,
                    source + at[c],
                    next,
                    weight * e[list[c]],
                    rate + coordinate.rate(list[c]));
        }
        return next;
    }
}
