package org.eigendrift.api.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/** Writes points to a file of one format. Thread-safe; each {@link Sink} belongs to one thread. */
public interface PointWriter {

    /**
     * The file name's ending.
     *
     * @return without the dot: {@code npy}
     */
    String extension();

    /**
     * Begins a file.
     *
     * @param file where to; the caller gives a temporary name and moves the file when it is complete
     * @param columns the columns
     * @param rows how many rows will be written
     * @return a sink, to be closed
     * @throws IOException if the file cannot be written
     */
    Sink open(Path file, List<Column> columns, long rows) throws IOException;

    /** Receives rows in order. */
    interface Sink extends AutoCloseable {

        /**
         * Writes rows.
         *
         * @param rows the rows; not modified
         * @throws IOException if the file cannot be written
         */
        void write(Points rows) throws IOException;

        @Override
        void close() throws IOException;
    }
}
