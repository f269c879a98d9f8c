package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * A column that another one fixes in all rows that were seen, or of which another one fixes where it has gaps. Draws keep it; its
 * probability leaves room for rows that do not.
 *
 * @param column the column that fixes, before the fixed one in the chain
 * @param cells of each of its cells the one that it fixes, {@link #VALUE} for any but a gap, -1 where nobody knows; shared
 * @param doubt probability of a row that is otherwise, above 0
 */
record Relation(int column, int[] cells, double doubt) {
    /** Rows for each cell of the fixing column, on average. */
    static final int SUPPORT = 5;
    /** Any cell but that of a gap, which is the first. */
    static final int VALUE = -2;
    /** Rows with a gap, and rows without, at least. */
    private static final int GAPS = 10;
    /** Ends of the range of a number in which there are gaps, at most. */
    private static final int ENDS = 2;

    /** The cell that a row's columns fix, or -1. */
    int cell(int[] row) {
        return cells[row[column]];
    }

    /** Whether it is gaps that are fixed, not values. */
    boolean ofGaps() {
        return Arrays.stream(cells).anyMatch(c -> c == VALUE);
    }

    /**
     * The probability of a cell, given what is fixed.
     *
     * @param fixed what {@link #cells} says
     * @param cell the cell
     * @param own its probability, were nothing fixed
     * @param value its probability given that there is no gap, 0 of a gap
     */
    double probability(int fixed, int cell, double own, double value) {
        if (fixed == VALUE) {
            return doubt * own + (1 - doubt) * value;
        }
        return fixed < 0 ? own : doubt * own + (fixed == cell ? 1 - doubt : 0);
    }

    /** Of columns before it one that fixes a column, or its gaps, or null. */
    static Relation find(Coded coded, int[][] cells, int j) {
        Relation whole = whole(coded, cells, j);
        return whole == null && coded.scales()[j].hasGap() ? ofGaps(coded, cells, j) : whole;
    }

    /** The column before it whose cells fix where there are gaps, in the fewest pieces, or null. */
    private static Relation ofGaps(Coded coded, int[][] cells, int j) {
        Relation best = null;
        int fewest = Integer.MAX_VALUE;
        for (int p = 0; p < j; p++) {
            int[] map = gaps(cells[p], cells[j], coded.scales()[p].size());
            if (map != null) {
                boolean nominal = coded.scales()[p].nominal();
                int first = coded.scales()[p].hasGap() ? 1 : 0;
                int pieces = pieces(map, first, nominal);
                boolean few = nominal ? pieces * SUPPORT <= cells[j].length : pieces <= ENDS;
                if (few && pieces < fewest) {
                    fewest = pieces;
                    best = new Relation(p, nominal ? map : filled(map, first), 1.0 / (cells[j].length + 2));
                }
            }
        }
        return best;
    }

    /** Of each cell whether its rows have gaps, null if some have and some have not, or too few rows have either. */
    private static int[] gaps(int[] from, int[] to, int size) {
        int[] map = new int[size];
        Arrays.fill(map, -1);
        int gaps = 0;
        for (int n = 0; n < from.length; n++) {
            int now = to[n] == 0 ? 0 : VALUE;
            gaps += to[n] == 0 ? 1 : 0;
            if (map[from[n]] != -1 && map[from[n]] != now) {
                return null;
            }
            map[from[n]] = now;
        }
        return Math.min(gaps, from.length - gaps) < GAPS ? null : map;
    }

    /** How many levels were seen, or at how many places along a number gaps begin or end. */
    private static int pieces(int[] map, int first, boolean nominal) {
        int pieces = 0;
        int last = -1;
        for (int c = nominal ? 0 : first; c < map.length; c++) {
            if (map[c] != -1) {
                pieces += nominal || last != -1 && map[c] != last ? 1 : 0;
                last = map[c];
            }
        }
        return pieces;
    }

    /** Cells that nobody saw are as those below and above, if these agree; the first may be that of gaps, which is neither. */
    private static int[] filled(int[] map, int first) {
        int[] out = map.clone();
        for (int c = first; c < map.length; c++) {
            int below = c;
            int above = c;
            while (below > first && map[below] == -1) {
                below--;
            }
            while (above < map.length - 1 && map[above] == -1) {
                above++;
            }
            boolean agree = map[below] == map[above] || map[above] == -1;
            out[c] = agree ? map[below] : map[below] == -1 ? map[above] : -1;
        }
        return out;
    }

    /** Of columns before it the one of the fewest cells that fixes a column, or null. */
    private static Relation whole(Coded coded, int[][] cells, int j) {
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
