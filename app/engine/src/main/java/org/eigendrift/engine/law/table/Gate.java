package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * A binary tree that sends rows to leaves by the bins of other columns. Every inner node asks one column whether its bin is at
 * most a number, or in a set. Immutable.
 *
 * @param column the column that each node asks, -1 at leaves; shared
 * @param cuts the last bin that goes left, -1 where a set is asked; shared
 * @param sets the bins that go left, as bits of up to 64; shared
 * @param children numbers of the left nodes, the right one being the next; shared
 */
record Gate(int[] column, int[] cuts, long[] sets, int[] children) {

    /** Every row in one leaf. */
    static Gate trivial() {
        return new Gate(new int[] {-1}, new int[1], new long[1], new int[1]);
    }

    /** The number of nodes. */
    int size() {
        return column.length;
    }

    /** The node where a row ends. */
    int leaf(byte[] row) {
        int at = 0;
        while (column[at] >= 0) {
            at = children[at] + (left(cuts[at], sets[at], row[column[at]]) ? 0 : 1);
        }
        return at;
    }

    /** Whether a bin, as an unsigned byte, goes left. */
    static boolean left(int cut, long set, byte bin) {
        return cut < 0 ? (set >>> bin & 1) != 0 : (bin & 0xFF) <= cut;
    }

    /** The parent of each node, -1 of the root. */
    int[] parents() {
        int[] parents = new int[size()];
        Arrays.fill(parents, -1);
        for (int at = 0; at < size(); at++) {
            if (column[at] >= 0) {
                parents[children[at]] = at;
                parents[children[at] + 1] = at;
            }
        }
        return parents;
    }
}
