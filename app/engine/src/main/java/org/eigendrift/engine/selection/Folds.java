package org.eigendrift.engine.selection;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.engine.moment.MomentTable;

/**
 * Moment tables for cross-validation, all from one pass: one table for each fold kept apart, and one of all rows.
 */
public final class Folds {
    private final MomentTable all;
    private final List<MomentTable> heldout;

    /**
     * Creates folds.
     *
     * @param heldout tables of disjoint rows; those to validate on
     * @param rest the table of the rows in none of them, possibly empty
     */
    public Folds(List<MomentTable> heldout, MomentTable rest) {
        this.all = rest.copy();
        heldout.forEach(all::add);
        this.heldout = new ArrayList<>();
        for (MomentTable fold : heldout) {
            if (fold.rows() > 0 && fold.rows() < all.rows()) {
                this.heldout.add(fold);
            }
        }
    }

    /**
     * The table of all rows.
     *
     * @return shared, not to be modified
     */
    public MomentTable all() {
        return all;
    }

    /**
     * The folds.
     *
     * @return how many can be validated on; none if there are too few rows
     */
    public int count() {
        return heldout.size();
    }

    /** The rows of one fold. */
    MomentTable heldout(int fold) {
        return heldout.get(fold);
    }

    /** All rows but those of one fold. */
    MomentTable training(int fold) {
        MomentTable training = all.copy();
        training.subtract(heldout.get(fold));
        return training;
    }
}
