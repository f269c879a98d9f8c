package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * A column that another one fixes in all rows that were seen. Draws keep it; its probability leaves room for rows that do not.
 *
 * @param column the column that fixes, before the fixed one in the chain
 * @param cells of each of its cells the one that it fixes, -1 where nobody knows; shared
 * @param doubt probability of a row that is otherwise, above 0
 */
record Relation(int column, int[] cells, double doubt) {
    /** Rows for each cell of the fixing column, on average. */
    private static final int SUPPORT = 5;

    /** The cell that a row's columns fix, or -1. */
    int cell(int[] row) {
        return cells[row[column]];
    }

    /** Of columns before it the one of the fewest cells that fixes a column, or null. */
    static Relation find(Coded coded, int[][] cells, int j) {
        Relation best = null;
        int fewest = Integer.MAX_VALUE;
        for (int p = 0; p < j; p++) {
            int size = coded.scales()[p].size();
            if (size < fewest && points(coded.scales()[p]) && points(coded.scales()[j]) && size < Coded.BINS) {
                int[] map = map(cells[p], cells[j], size);
                if (map != null) {
                    best = new Relation(p, map, 1.0 / (cells[j].length + 2));
                    fewest = size;
                }
            }
        }
        return best;
    }

    /** Values, not ranges of them, but for those that nobody saw. */
    private static boolean points(CellScale scale) {
        double apart = 0;
        for (CellScale.Cell cell : scale.cells()) {
            apart += cell.kind() == CellScale.Kind.RANGE || cell.kind() == CellScale.Kind.GRID && cell.mass() >= 1
                    ? cell.mass()
                    : 0;
        }
        return apart == 0;
    }

    private static int[] map(int[] from, int[] to, int size) {
        int[] map = new int[size];
        Arrays.fill(map, -1);
        int known = 0;
        for (int n = 0; n < from.length; n++) {
            if (map[from[n]] < 0) {
                map[from[n]] = to[n];
                known++;
            } else if (map[from[n]] != to[n]) {
                return null;
            }
        }
        boolean constant = Arrays.stream(to).distinct().count() == 1;
        return known * SUPPORT <= from.length && (known > 1 || constant) ? map : null;
    }
}
