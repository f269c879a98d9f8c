package org.eigendrift.engine.law.table;

/**
 * What evidence makes of the cells of each column.
 *
 * @param of of each column a factor for each cell, null where nothing is known; shared
 * @param only of each column the one cell that has a factor, -1 where several have one or nothing is known; shared
 */
record CellFactors(double[][] of, int[] only) {
    private static final int SEVERAL = -1;

    /** Looks for columns of which one cell is left: they are most of what is known, and of hundreds of cells. */
    static CellFactors of(double[][] factors) {
        int[] only = new int[factors.length];
        for (int j = 0; j < only.length; j++) {
            only[j] = factors[j] == null ? SEVERAL : only(factors[j]);
        }
        return new CellFactors(factors, only);
    }

    private static int only(double[] factor) {
        int only = SEVERAL;
        for (int c = 0; c < factor.length; c++) {
            if (factor[c] > 0 && only != SEVERAL) {
                return SEVERAL;
            }
            only = factor[c] > 0 ? c : only;
        }
        return only;
    }

    /** Nothing is known. */
    static CellFactors none(int columns) {
        return of(new double[columns][]);
    }

    /** Whether one cell of a column is left. */
    boolean single(int column) {
        return only[column] != SEVERAL;
    }
}
