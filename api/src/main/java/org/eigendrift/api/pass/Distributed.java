package org.eigendrift.api.pass;

import java.util.List;
import java.util.function.UnaryOperator;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/**
 * Rows that lie elsewhere, such as on a cluster, and are gathered where they are. Their number is known. {@link #open} brings
 * them here, block after block: for the first few, that a fit looks at itself. Thread-safe.
 *
 * <p>Summaries, maps and choices that are given to it travel to where the rows are, and what summaries gather comes back as
 * {@link Summary#write} puts it. They must not hold what cannot travel, such as threads or files.
 */
public interface Distributed extends Dataset, Passes {

    /**
     * Rows that are made from these.
     *
     * @param columns of the rows that are made
     * @param map makes as many rows as it is given, each from one; does not modify what it is given
     * @return a view
     */
    default Distributed mapped(List<Column> columns, UnaryOperator<Points> map) {
        return new Mapped(this, columns, map);
    }

    /**
     * Some of the rows, in their order; they have blocks of their own.
     *
     * @param choice tells which; a row is chosen or not whatever stands beside it
     * @return a view
     */
    Distributed chosen(Choice choice);

    /** Chooses rows. Thread-safe. */
    @FunctionalInterface
    interface Choice {

        /**
         * Chooses.
         *
         * @param rows a batch; not modified
         * @return the places of those that are chosen, ascending
         */
        int[] of(Points rows);
    }
}
