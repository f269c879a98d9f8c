package org.eigendrift.engine.assembly;

import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.SumLayout;

/** Where the blocks of A(t) come from: the one place in which the kinds of sums over rows differ. Thread-safe. */
interface BlockSource {

    /**
     * The blocks of one time.
     *
     * @param means the means of all sums; shared
     * @param t forward time
     * @return makes blocks
     * @throws IllegalArgumentException if the sums do not tell A(t) at this time
     */
    Blocks at(double[] means, double t);

    /** The blocks of one time. */
    @FunctionalInterface
    interface Blocks {

        /**
         * Computes a block.
         *
         * @param u number of the first cluster
         * @param k 0 for its own block, from 1 on for that with its k-th neighbour
         * @param target receives the entries, entry (a, b) times scale[a] scale[b]
         */
        void assemble(int u, int k, Target target);
    }

    /** Where entries go: the block's own array, or a place in a dense matrix and its mirror image. */
    record Target(double[] values, int at, int stride, int mirrorAt, int mirrorStride) {
        boolean mirrored() {
            return mirrorStride > 0;
        }

        /** Writes one entry, and its mirror image if there is one. */
        void set(int row, int column, double value) {
            values[at + row * stride + column] = value;
            if (mirrored()) {
                values[mirrorAt + column * mirrorStride + row] = value;
            }
        }
    }

    /**
     * The source that suits a layout.
     *
     * @param layout which sums there are
     * @param basis the functions of the systems: those of the layout's basis, or some of them
     * @param scale factor of each function's row and column; shared
     * @return the source
     */
    static BlockSource of(SumLayout layout, ProductBasis basis, double[] scale) {
        return layout instanceof GridLayout grid
                ? new GridBlocks(grid, basis, scale)
                : new MomentBlocks((MomentLayout) layout, basis, scale);
    }
}
