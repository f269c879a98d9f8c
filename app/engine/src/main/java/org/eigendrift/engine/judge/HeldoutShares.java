package org.eigendrift.engine.judge;

import org.eigendrift.api.CounterRandom;

/**
 * Which rows of a table models are compared by. Of few numbers every row is held out once, in folds; of many, one fold
 * tells enough.
 *
 * @param folds how many splits there are
 * @param share one row in so many is held out in a split
 */
public record HeldoutShares(int folds, int share) {
    /** Into how many parts rows are split, each to be held out once. */
    public static final int FOLDS = 5;

    /** Every row is held out in one of the folds. */
    public static final HeldoutShares EVERY_ROW = new HeldoutShares(FOLDS, FOLDS);

    private static final int MANY_NUMBERS = 20_000;
    private static final int HELDOUT_ROWS = 2_000;
    private static final CounterRandom KEY = new CounterRandom(0xF01D);

    /**
     * The shares of a table.
     *
     * @param rows rows
     * @param dim columns
     * @return five folds, or one of a fifth of the rows or about 2,000 if a fifth is more
     */
    public static HeldoutShares of(int rows, int dim) {
        return (long) rows * dim >= MANY_NUMBERS
                ? new HeldoutShares(1, Math.max(FOLDS, rows / HELDOUT_ROWS))
                : EVERY_ROW;
    }

    /**
     * Whether a row is held out; with as many folds as shares it is so in exactly one of them.
     *
     * @param fold 0 to folds - 1
     * @param row its number
     * @return true if models of this fold are compared by it, false if they are fitted to it
     */
    public boolean heldOut(int fold, int row) {
        return Math.floorMod(KEY.bits(0, row), share) == fold;
    }
}
