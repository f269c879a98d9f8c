package org.eigendrift.targets.tables;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;

/** The chosen columns of a table as bare numbers or texts, in chunks, readable several times. Thread-safe. */
public interface Table {

    /**
     * What messages call the table.
     *
     * @return usually the file's name
     */
    String label();

    /**
     * What messages call a row's place.
     *
     * @return {@code line} where a row is found by its line of text, otherwise {@code row}
     */
    String unit();

    /**
     * Where a row stands.
     *
     * @param place what {@link Cells#read} said of it
     * @return its address, for messages
     */
    default Address address(long place) {
        return Address.of(label()).at(unit(), place);
    }

    /**
     * The columns that are read.
     *
     * @return their names, in order
     */
    List<String> names();

    /**
     * The number of rows, where it is known without reading them.
     *
     * @return the rows, or empty
     */
    default OptionalLong rows() {
        return OptionalLong.empty();
    }

    /**
     * Whether a column can be read as text, as the file has it or as it would be written exactly. Others are read as numbers.
     *
     * @param column place of the column in {@link #names()}
     * @return whether it can
     */
    default boolean texts(int column) {
        return false;
    }

    /**
     * How a cell without a value is written.
     *
     * @return the most frequent way, once the table has been read; usually empty
     */
    default String gap() {
        return "";
    }

    /**
     * Begins to read from the first row.
     *
     * @param asText which columns are read as text, each one of which this can be done; not modified
     * @return a reader, to be closed
     * @throws InputException if the source cannot be opened
     */
    Cells open(boolean[] asText);

    /** Reads rows in order. Not thread-safe. */
    interface Cells extends AutoCloseable {

        /**
         * Reads the next rows.
         *
         * @param buffer receives the cells of columns that are read as numbers, NaN for one without a value; modified
         * @param texts one array a column, at least as long as the buffer, null for columns that are read as numbers; receives
         *     cells, stripped, null for one without a value; modified
         * @param places receives the place of each row, counted from 1; at least as long as the buffer; modified
         * @return rows read: {@code buffer.size()} unless the table ended, 0 at the end
         * @throws InputException if a cell cannot be read or is no number
         */
        int read(Points buffer, String[][] texts, long[] places);

        @Override
        void close();
    }
}
