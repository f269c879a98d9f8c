package org.eigendrift.engine.moment;

import java.util.Optional;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * Which sums over rows a {@link MomentTable} holds, and where: sums from whose means A(t) and b(t) follow
 * (docs/method.md, 4). Immutable, and a function of the basis (and the times, if any) alone, so that tables of one
 * layout can be added.
 */
public sealed interface SumLayout permits MomentLayout, GridLayout {

    /**
     * The basis.
     *
     * @return the basis the layout was made for
     */
    ProductBasis basis();

    /**
     * The number of sums.
     *
     * @return entries of a table
     */
    int size();

    /**
     * Where the moments of a cluster's functions stand.
     *
     * @param cluster a cluster of the layout's basis, with all its functions or some of them
     * @return for each function the index into the table; a new array
     */
    int[] indicesOf(Cluster cluster);

    /**
     * The times at which the sums tell A(t).
     *
     * @return descending, or empty if they tell it at every time; a new array
     */
    Optional<double[]> onlyTimes();

    /**
     * The sums that are needed from some time on: the first ones of a table of this layout.
     *
     * @param earliest the earliest time needed
     * @return a layout of the times that are not earlier, or this one if nothing can be left out
     */
    SumLayout until(double earliest);

    /**
     * What fills tables of this layout.
     *
     * @return a pass with work space of its own
     */
    SumPass pass();
}
