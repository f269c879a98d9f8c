package org.eigendrift.engine.assembly;

import java.util.Arrays;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.MatrixKernel;
import org.eigendrift.engine.moment.BlockMoments;
import org.eigendrift.engine.moment.MomentLayout;

/**
 * How one block of A(t), of clusters u and v, follows from its moments, for every t: the shared axes are contracted
 * with the product coefficients one after the other, the last first; the contraction of the first axis goes straight to
 * the block's entries, row by row of pairs (a, b) of that axis's functions, and computes no more than those that the
 * basis holds. Immutable.
 */
final class BlockPlan {
    private final ProductBasis basis;
    private final BlockMoments moments;
    private final boolean diagonal;
    private final int firstRow;
    private final int firstColumn;
    /** For each shared axis and function its place along the axis. */
    private final int[][] places;

    private final int post;
    private final Side rows;
    private final Side columns;

    /**
     * The functions of one cluster, grouped by their factor in the first shared coordinate.
     *
     * @param numbers for each such factor the functions' numbers within the cluster
     * @param offsets for each of those, its share of the index into the moments contracted but for the first axis
     */
    private record Side(int[][] numbers, int[][] offsets) {}

    /**
     * Plans a block.
     *
     * @param layout the layout of the moments
     * @param basis the functions of the system
     * @param u number of the first cluster
     * @param v number of the second cluster, at least {@code u}
     */
    BlockPlan(MomentLayout layout, ProductBasis basis, int u, int v) {
        Cluster cu = basis.clusters().get(u);
        Cluster cv = basis.clusters().get(v);
        this.basis = basis;
        this.moments = new BlockMoments(layout, basis, cu, cv);
        this.diagonal = u == v;
        this.firstRow = basis.start(u);
        this.firstColumn = basis.start(v);
        this.places = new int[moments.shared()][];
        for (int axis = 0; axis < places.length; axis++) {
            places[axis] =
                    new int[basis.coordinate(moments.coordinate(axis)).basis().tableSize()];
            for (int at = 0; at < moments.functions(axis).length; at++) {
                places[axis][moments.functions(axis)[at]] = at;
            }
        }
        int[] rowStrides = new int[moments.axes()];
        int[] columnStrides = new int[moments.axes()];
        int stride = 1;
        for (int axis = moments.axes() - 1; axis > 0; axis--) {
            if (axis < places.length) {
                columnStrides[axis] = stride;
                rowStrides[axis] = stride * moments.functionsOfV(axis).length;
                stride = rowStrides[axis] * moments.functionsOfU(axis).length;
            } else {
                columnStrides[axis] = stride;
                rowStrides[axis] = stride;
                stride *= moments.functions(axis).length;
            }
        }
        this.post = stride;
        int[][] ofU = new int[moments.axes()][];
        int[][] ofV = new int[moments.axes()][];
        for (int axis = 0; axis < ofU.length; axis++) {
            ofU[axis] = moments.functionsOfU(axis);
            ofV[axis] = moments.functionsOfV(axis);
        }
        this.rows = side(cu, ofU, rowStrides);
        this.columns = side(cv, ofV, columnStrides);
    }

    private Side side(Cluster cluster, int[][] lists, int[] strides) {
        int[][] numbers = new int[lists[0].length][cluster.size()];
        int[][] offsets = new int[lists[0].length][cluster.size()];
        int[] counts = new int[lists[0].length];
        for (int index = 0; index < cluster.size(); index++) {
            int offset = 0;
            int group = 0;
            for (int axis = 0; axis < lists.length; axis++) {
                int own = cluster.axis(moments.coordinate(axis));
                if (own >= 0) {
                    int at = Arrays.binarySearch(lists[axis], cluster.functionAt(cluster.position(index), own));
                    group = axis == 0 ? at : group;
                    offset += at * strides[axis];
                }
            }
            numbers[group][counts[group]] = index;
            offsets[group][counts[group]++] = offset;
        }
        for (int group = 0; group < counts.length; group++) {
            numbers[group] = Arrays.copyOf(numbers[group], counts[group]);
            offsets[group] = Arrays.copyOf(offsets[group], counts[group]);
        }
        return new Side(numbers, offsets);
    }

    /**
     * Computes the block.
     *
     * @param means all moments of the table; not modified
     * @param decay for each coordinate, exp(-D lambda_c t) for all its functions; not modified
     * @param rates lambda of each function of the basis; not modified
     * @param scale factor of each function's row and column; not modified
     * @param target receives the entries
     */
    void assemble(double[] means, double[][] decay, double[] rates, double[] scale, BlockSource.Target target) {
        double[] damped = new double[moments.size()];
        double[] rated = new double[damped.length];
        moments.gather(basis, means, decay, damped, rated);
        int behind = 1;
        for (int axis = moments.shared(); axis < moments.axes(); axis++) {
            behind *= moments.functions(axis).length;
        }
        for (int axis = moments.shared() - 1; axis > 0; axis--) {
            damped = contract(damped, axis, behind);
            rated = contract(rated, axis, behind);
            behind *= moments.functionsOfU(axis).length * moments.functionsOfV(axis).length;
        }
        double[][] dampedRows = rows(damped);
        double[][] ratedRows = rows(rated);
        double[] d = new double[post];
        double[] r = new double[post];
        int[] ofU = moments.functionsOfU(0);
        int[] ofV = moments.functionsOfV(0);
        ProductTable products = basis.coordinate(moments.coordinate(0)).basis().products();
        for (int a = 0; a < ofU.length; a++) {
            for (int b = diagonal ? a : 0; b < ofV.length; b++) {
                combine(products, 0, ofU[a], ofV[b], dampedRows, d);
                combine(products, 0, ofU[a], ofV[b], ratedRows, r);
                scatter(a, b, d, r, rates, scale, target);
            }
        }
    }

    /** An array for each function of the first axis. */
    private double[][] rows(double[] x) {
        double[][] rows = new double[moments.functions(0).length][];
        for (int c = 0; c < rows.length; c++) {
            rows[c] = Arrays.copyOfRange(x, c * post, (c + 1) * post);
        }
        return rows;
    }

    /** Replaces a shared axis, before which there are others and behind which {@code behind} numbers, by pairs. */
    private double[] contract(double[] x, int axis, int behind) {
        int[] ofU = moments.functionsOfU(axis);
        int[] ofV = moments.functionsOfV(axis);
        ProductTable products =
                basis.coordinate(moments.coordinate(axis)).basis().products();
        int extent = moments.functions(axis).length;
        int before = x.length / (extent * behind);
        int pairs = ofU.length * ofV.length;
        double[] y = new double[before * pairs * behind];
        double[][] rows = byFunction(x, before, extent, behind);
        double[] sum = new double[before * behind];
        for (int a = 0; a < ofU.length; a++) {
            for (int b = diagonal ? a : 0; b < ofV.length; b++) {
                combine(products, axis, ofU[a], ofV[b], rows, sum);
                place(sum, behind, y, (a * ofV.length + b) * behind, pairs * behind);
                if (diagonal && a != b) {
                    place(sum, behind, y, (b * ofV.length + a) * behind, pairs * behind);
                }
            }
        }
        return y;
    }

    /** All numbers of one function of the axis side by side: loops over them are long, whichever axis it is. */
    private static double[][] byFunction(double[] x, int before, int extent, int behind) {
        double[][] rows = new double[extent][before * behind];
        for (int c = 0; c < extent; c++) {
            take(x, c * behind, extent * behind, rows[c], behind);
        }
        return rows;
    }

    /** Every so many numbers from a place on, runs of {@code behind} of them. */
    private static void take(double[] x, int at, int stride, double[] out, int behind) {
        int from = at;
        for (int to = 0; to < out.length; to += behind) {
            for (int q = 0; q < behind; q++) {
                out[to + q] = x[from + q];
            }
            from += stride;
        }
    }

    private static void place(double[] sum, int behind, double[] y, int at, int stride) {
        for (int p = 0; p * behind < sum.length; p++) {
            for (int q = 0; q < behind; q++) {
                y[at + p * stride + q] = sum[p * behind + q];
            }
        }
    }

    /** y = sum_c C[a,b,c] x[c]. */
    private void combine(ProductTable products, int axis, int a, int b, double[][] x, double[] y) {
        Arrays.fill(y, 0);
        for (int term = products.start(a, b); term < products.end(a, b); term++) {
            MatrixKernel.addScaled(products.coefficient(term), x[places[axis][products.function(term)]], y, y.length);
        }
    }

    /** Entries of the functions with the a-th factor of u and the b-th of v. */
    private void scatter(
            int a, int b, double[] damped, double[] rated, double[] rates, double[] scale, BlockSource.Target target) {
        int[] rowNumbers = rows.numbers[a];
        int[] columnNumbers = columns.numbers[b];
        int[] columnOffsets = columns.offsets[b];
        double[] values = target.values();
        for (int k = 0; k < rowNumbers.length; k++) {
            int row = rowNumbers[k];
            int offset = rows.offsets[a][k];
            double rate = rates[firstRow + row];
            double root = 0.5 * scale[firstRow + row];
            int at = target.at() + row * target.stride();
            for (int l = 0; l < columnNumbers.length; l++) {
                int column = columnNumbers[l];
                int q = offset + columnOffsets[l];
                double sum = (rate + rates[firstColumn + column]) * damped[q] - rated[q];
                values[at + column] = sum * (root * scale[firstColumn + column]);
            }
        }
        // Of the diagonal both halves were computed.
        if (target.mirrored() && !(diagonal && a == b)) {
            mirror(rowNumbers, columnNumbers, target);
        }
    }

    /** Column by column, so that what is written lies side by side; what is read has just been written. */
    private static void mirror(int[] rowNumbers, int[] columnNumbers, BlockSource.Target target) {
        double[] values = target.values();
        for (int column : columnNumbers) {
            int to = target.mirrorAt() + column * target.mirrorStride();
            int from = target.at() + column;
            for (int row : rowNumbers) {
                values[to + row] = values[from + row * target.stride()];
            }
        }
    }
}
