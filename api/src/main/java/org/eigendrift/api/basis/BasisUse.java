package org.eigendrift.api.basis;

import org.eigendrift.api.data.Column;

/** What a fit needs a family for, where a configuration names none. */
public sealed interface BasisUse {
    /**
     * The column.
     *
     * @return its kind and bounds; in frame coordinates where frames are given, otherwise as in the data, to be brought to where the
     *     family lives by {@link BasisFamily#frame()}
     */
    Column column();

    /**
     * Functions for the law of a column as it is found in the rows.
     *
     * @param column the column
     * @param framed whether frames were given, so that the family's own is not used
     * @param dim columns of the fit
     * @param rows rows to fit
     */
    record Found(Column column, boolean framed, int dim, long rows) implements BasisUse {}

    /**
     * The standard normal law as stationary law, its functions polynomials: for coordinates that a frame leaves to that law, and
     * for energies that are polynomials.
     *
     * @param column the column, of real numbers
     */
    record Normal(Column column) implements BasisUse {}
}
