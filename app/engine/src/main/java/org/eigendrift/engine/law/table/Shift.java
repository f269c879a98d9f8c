package org.eigendrift.engine.law.table;

/**
 * Moves and narrows a law of ordered cells: the log-odds of a value below an end of cells, against one above, are multiplied by a number and
 * raised by what a regression on the columns before says, for all ends alike (proportional odds, McCullagh, J. R. Stat. Soc. B 42, 1980). Laws
 * that shrink towards others lose part of the dependence and are too wide; ranks under them tell how much. What is next to impossible remains
 * so: a share of 1e-4 that moves by one is three times as much, where a normal score would make it twenty times as much. Immutable.
 *
 * @param linear by how much the log-odds of larger values are raised
 * @param slope what log-odds are multiplied by, above 0
 */
record Shift(LinearPart.Fit linear, double slope) {

    /** By how much a row moves, whose first cells are known. */
    double move(int[] cells) {
        return linear.value(cells);
    }

    /** What a share below becomes where log-odds are raised so far. */
    double below(double share, double move) {
        return below(share, slope, move);
    }

    /** What a share below becomes where log-odds are multiplied by one number and lessened by another. */
    static double below(double share, double slope, double move) {
        if (share <= 0 || share >= 1) {
            return share <= 0 ? 0 : 1;
        }
        double odds = slope * Math.log(share / (1 - share)) - move;
        return 1 / (1 + Math.exp(-odds));
    }

    /** The share that {@link #below} makes a number in (0, 1). */
    double share(double below, double move) {
        return below(below, 1 / slope, -move / slope);
    }
}
