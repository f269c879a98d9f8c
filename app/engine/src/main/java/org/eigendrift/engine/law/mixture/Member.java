package org.eigendrift.engine.law.mixture;

import java.util.OptionalInt;
import org.eigendrift.api.law.Law;

/**
 * A member of a mixture.
 *
 * @param weight its share, above 0
 * @param cell the cell of the mixture's gate whose rows it was fitted to; empty for all rows
 * @param law the law of those rows
 */
public record Member(double weight, OptionalInt cell, Law law) {

    /**
     * The same member with another law.
     *
     * @param other the law
     * @return a new member
     */
    public Member with(Law other) {
        return new Member(weight, cell, other);
    }
}
