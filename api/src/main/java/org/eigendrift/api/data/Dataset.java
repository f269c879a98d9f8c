package org.eigendrift.api.data;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;

/**
 * Rows that can be read several times, always the same rows in the same order, in memory that does not grow with
 * their number. Thread-safe; each {@link Reader} belongs to one thread.
 */
public interface Dataset {

    /**
     * The columns.
     *
     * @return an immutable list, at least one
     */
    List<Column> columns();

    /**
     * The number of rows, where it is known without reading them.
     *
     * @return the rows, or empty
     */
    OptionalLong rows();

    /**
     * Begins to read from the first row.
     *
     * @return a reader, to be closed
     * @throws InputException if the source cannot be opened
     */
    Reader open();

    /**
     * The number of columns.
     *
     * @return {@code columns().size()}
     */
    default int dim() {
        return columns().size();
    }

    /**
     * Whether NaN may stand in columns without gaps, for cells that were not seen. A law is then that of the rows as they would be
     * if all cells had been seen.
     *
     * @return false, unless the data set says otherwise
     */
    default boolean incomplete() {
        return false;
    }

    /** Reads rows in order. Not thread-safe. */
    interface Reader extends AutoCloseable {

        /**
         * Reads the next rows.
         *
         * @param buffer receives rows from point 0 on; modified. Points beyond the returned count keep what they had
         * @return rows read: {@code buffer.size()} unless the data ended, 0 at the end
         * @throws InputException if a row cannot be read or a value is not finite; the message gives file, row and
         *     column
         */
        int read(Points buffer);

        @Override
        void close();
    }
}
