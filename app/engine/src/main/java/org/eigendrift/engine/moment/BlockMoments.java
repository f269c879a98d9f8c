package org.eigendrift.engine.moment;

import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * The moments behind one block of A(t), the block of two clusters u and v, in the order in which assembly contracts
 * them: first the coordinates of u alone, then those of v alone, then the shared ones, each of the latter running
 * over all M functions. Immutable.
 */
public final class BlockMoments {
    private final int[] coordinates;
    private final int[] extents;
    private final int[] firstFunctions;
    private final int[] strides;
    private final int start;
    private final int shared;

    /**
     * Finds the moments of a block.
     *
     * @param layout the table's layout
     * @param basis the functions of the system: of a coordinate that is not shared, only the used ones are gathered
     * @param u first cluster
     * @param v second cluster, sharing a coordinate with the first
     */
    public BlockMoments(MomentLayout layout, ProductBasis basis, Cluster u, Cluster v) {
        MomentTensor tensor = layout.tensor(u, v);
        int axes = tensor.coordinates.length;
        this.coordinates = new int[axes];
        this.extents = new int[axes];
        this.firstFunctions = new int[axes];
        this.strides = new int[axes];
        int at = 0;
        int origin = tensor.start;
        int sharedCount = 0;
        for (int pass = 0; pass < 3; pass++) {
            for (int axis = 0; axis < axes; axis++) {
                int coordinate = tensor.coordinates[axis];
                boolean inU = u.axis(coordinate) >= 0;
                boolean inV = v.axis(coordinate) >= 0;
                boolean both = inU && inV;
                if (pass == 0 && inU && !both || pass == 1 && inV && !both || pass == 2 && both) {
                    coordinates[at] = coordinate;
                    extents[at] = both ? basis.coordinate(coordinate).tableSize() : basis.usedDegree(coordinate);
                    firstFunctions[at] = both ? 0 : 1;
                    strides[at] = tensor.strides[axis];
                    origin += (firstFunctions[at] - tensor.firstFunction(axis)) * tensor.strides[axis];
                    sharedCount += both ? 1 : 0;
                    at++;
                }
            }
        }
        this.start = origin;
        this.shared = sharedCount;
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
     * @return at least 1; they are the last axes
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
     * The number of functions along an axis.
     *
     * @param axis 0 to {@code axes() - 1}
     * @return the used degree, or M for a shared one
     */
    public int extent(int axis) {
        return extents[axis];
    }

    /**
     * The number of moments.
     *
     * @return the product of the extents
     */
    public int size() {
        int size = 1;
        for (int extent : extents) {
            size = Math.multiplyExact(size, extent);
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
        int first = firstFunctions[axis];
        int stride = strides[axis];
        int next = target;
        if (axis == coordinates.length - 1) {
            for (int c = 0; c < extents[axis]; c++) {
                double value = means[source + c * stride] * weight * e[first + c];
                damped[next] = value;
                rated[next++] = value * (rate + coordinate.rate(first + c));
            }
            return next;
        }
        for (int c = 0; c < extents[axis]; c++) {
            next = gather(
                    basis,
                    means,
                    decay,
                    damped,
                    rated,
                    axis + 1,
                    source + c * stride,
                    next,
                    weight * e[first + c],
                    rate + coordinate.rate(first + c));
        }
        return next;
    }
}
