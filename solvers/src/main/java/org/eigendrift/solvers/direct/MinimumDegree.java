package org.eigendrift.solvers.direct;

import java.util.BitSet;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.SymmetricMatrix;

/**
 * A fill-reducing order of the blocks: eliminate next the block whose elimination touches the fewest rows, the first
 * of equals (minimum degree; Tinney, Walker 1967). Works on the graph of blocks, which is small beside the matrix.
 */
final class MinimumDegree {
    private MinimumDegree() {}

    /**
     * The order of elimination.
     *
     * @param matrix a partitioned matrix
     * @return rows in the order of elimination: new row k is old row result[k]
     */
    static int[] order(SymmetricMatrix matrix) {
        int blocks = matrix.blocks();
        BitSet[] neighbours = graph(matrix);
        boolean[] gone = new boolean[blocks];
        int[] degree = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            degree[i] = degree(matrix, neighbours[i]);
        }
        int[] order = new int[matrix.size()];
        int filled = 0;
        for (int step = 0; step < blocks; step++) {
            int next = -1;
            for (int i = 0; i < blocks; i++) {
                if (!gone[i] && (next < 0 || degree[i] < degree[next])) {
                    next = i;
                }
            }
            gone[next] = true;
            for (int row = matrix.blockStart(next); row < matrix.blockStart(next + 1); row++) {
                order[filled++] = row;
            }
            BitSet clique = neighbours[next];
            for (int i = clique.nextSetBit(0); i >= 0; i = clique.nextSetBit(i + 1)) {
                neighbours[i].or(clique);
                neighbours[i].clear(i);
                neighbours[i].clear(next);
                degree[i] = degree(matrix, neighbours[i]);
            }
        }
        return order;
    }

    private static int degree(SymmetricMatrix matrix, BitSet neighbours) {
        int rows = 0;
        for (int i = neighbours.nextSetBit(0); i >= 0; i = neighbours.nextSetBit(i + 1)) {
            rows += matrix.blockStart(i + 1) - matrix.blockStart(i);
        }
        return rows;
    }

    private static BitSet[] graph(SymmetricMatrix matrix) {
        int blocks = matrix.blocks();
        BitSet[] neighbours = new BitSet[blocks];
        for (int i = 0; i < blocks; i++) {
            neighbours[i] = new BitSet(blocks);
        }
        if (matrix instanceof BlockSymmetric sparse) {
            for (int i = 0; i < blocks; i++) {
                for (int k = sparse.rowStart(i) + 1; k < sparse.rowStart(i + 1); k++) {
                    neighbours[i].set(sparse.column(k));
                    neighbours[sparse.column(k)].set(i);
                }
            }
        } else {
            for (int i = 0; i < blocks; i++) {
                neighbours[i].set(0, blocks);
                neighbours[i].clear(i);
            }
        }
        return neighbours;
    }
}
