package org.eigendrift.api.law;

import java.util.List;
import java.util.Optional;

/** A law that tells what makes a row impossible. */
public interface Supported extends Law {

    /**
     * Says why a row's log-density is negative infinity. Thread-safe.
     *
     * @param row values of all columns, NaN for a gap; not modified
     * @return the reason; empty if the row is possible, or if no column is to blame by itself
     */
    Optional<Impossible> impossible(double[] row);

    /**
     * Why a row is impossible.
     *
     * @param columns the columns to blame, at least one, as few as say it; copied
     * @param found what is wrong, to be read behind "row 2 has": {@code age = 130, and its bounds are 0 and 120}
     * @param remedy what to do about it, if it is not the row that is wrong: {@code declare wider ones}
     */
    record Impossible(List<String> columns, String found, String remedy) {
        /**
         * Checks and copies.
         *
         * @param columns the columns to blame; copied
         * @param found what is wrong
         * @param remedy what to do about it
         * @throws IllegalArgumentException if no column is to blame
         */
        public Impossible {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("columns: at least one is to blame");
            }
        }
    }
}
