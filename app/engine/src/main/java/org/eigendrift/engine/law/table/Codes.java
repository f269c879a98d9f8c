package org.eigendrift.engine.law.table;

/**
 * Rows of a discrete table: in every column one of some levels.
 *
 * @param columns for each column the levels of all rows, from 0; shared, not to be modified
 * @param levels how many levels each column has, at least 1; shared, not to be modified
 * @param rows how many rows there are
 */
record Codes(int[][] columns, int[] levels, int rows) {

    /** How many columns there are. */
    int dim() {
        return levels.length;
    }

    /** Some of the rows. */
    Codes select(int[] chosen) {
        int[][] out = new int[dim()][chosen.length];
        for (int j = 0; j < dim(); j++) {
            for (int n = 0; n < chosen.length; n++) {
                out[j][n] = columns[j][chosen[n]];
            }
        }
        return new Codes(out, levels, chosen.length);
    }
}
