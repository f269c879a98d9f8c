package org.eigendrift.engine.assembly;

import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.BlockMoments;
import org.eigendrift.engine.moment.MomentLayout;

/**
 * Derivatives of l^T (b(t) - A(t) y), A and b unscaled as {@link Assembler#unscaled} has them, with respect to the moments, in which they are
 * linear. Immutable, thread-safe.
 */
public final class MomentSlopes {
    private final MomentLayout layout;
    private final ProductBasis basis;

    /**
     * Prepares.
     *
     * @param layout the layout of the moments
     * @param basis the functions of the systems
     */
    public MomentSlopes(MomentLayout layout, ProductBasis basis) {
        this.layout = layout;
        this.basis = basis;
    }

    /**
     * Adds the derivatives.
     *
     * @param t forward time
     * @param left l, a number for each function; not modified
     * @param right y; not modified
     * @param out receives, added to what it holds, the derivative with respect to each moment of the table; modified
     */
    public void add(double t, double[] left, double[] right, double[] out) {
        for (int u = 0; u < basis.clusters().size(); u++) {
            int[] own = layout.indicesOf(basis.clusters().get(u));
            for (int index = 0; index < own.length; index++) {
                int a = basis.start(u) + index;
                out[own[index]] += left[a] * basis.rate(a) * Math.exp(-basis.rate(a) * t);
            }
            new Block(u, u, t, left, right, out).add();
            for (int v : basis.neighbours(u)) {
                new Block(u, v, t, left, right, out).add();
                new Block(u, v, t, right, left, out).add();
            }
        }
    }

    /** Pairs of functions of two clusters: l of the first one's, y of the second one's. */
    private final class Block {
        private final Cluster cu;
        private final Cluster cv;
        private final int u;
        private final int v;
        private final double t;
        private final double[] left;
        private final double[] right;
        private final double[] out;
        private final BlockMoments moments;

        Block(int u, int v, double t, double[] left, double[] right, double[] out) {
            this.u = u;
            this.v = v;
            this.cu = basis.clusters().get(u);
            this.cv = basis.clusters().get(v);
            this.t = t;
            this.left = left;
            this.right = right;
            this.out = out;
            this.moments = new BlockMoments(layout, basis, cu, cv);
        }

        void add() {
            for (int a = 0; a < cu.size(); a++) {
                for (int b = 0; b < cv.size(); b++) {
                    int row = basis.start(u) + a;
                    int column = basis.start(v) + b;
                    double factor = -0.5 * left[row] * right[column];
                    if (factor != 0) {
                        double rates = basis.rate(row) + basis.rate(column);
                        expand(0, a, b, factor, rates, moments.start());
                    }
                }
            }
        }

        /** Every moment of a product of two functions: sum of rates less its own, and its damping. */
        private void expand(int axis, int a, int b, double factor, double rates, int place) {
            if (axis == moments.axes()) {
                out[place] += factor * rates;
                return;
            }
            int i = moments.coordinate(axis);
            int f = function(cu, a, i);
            int g = function(cv, b, i);
            if (axis >= moments.shared()) {
                step(axis, a, b, factor, rates, place, f < 0 ? g : f);
                return;
            }
            ProductTable products = basis.coordinate(i).basis().products();
            for (int term = products.start(f, g); term < products.end(f, g); term++) {
                step(axis, a, b, factor * products.coefficient(term), rates, place, products.function(term));
            }
        }

        private void step(int axis, int a, int b, double factor, double rates, int place, int function) {
            double rate = basis.coordinate(moments.coordinate(axis)).rate(function);
            expand(axis + 1, a, b, factor * Math.exp(-rate * t), rates - rate, place + moments.offset(axis, function));
        }

        private int function(Cluster cluster, int index, int coordinate) {
            int axis = cluster.axis(coordinate);
            return axis < 0 ? -1 : cluster.functionAt(cluster.position(index), axis);
        }
    }
}
