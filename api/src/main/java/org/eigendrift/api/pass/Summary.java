package org.eigendrift.api.pass;

import org.eigendrift.api.Points;
import org.eigendrift.api.State;

/**
 * What is gathered from rows in one reading. Rows come in blocks of {@link #BLOCK} with their place in the data; blocks may
 * be spread over threads, processes or machines in any way, and what they gave is merged in any order: the outcome has the
 * same bits. What a summary gathers takes memory that does not grow with the rows, or as one part in many of them.
 *
 * <p>A summary is immutable and thread-safe, what it gathers is neither.
 *
 * @param <S> what is gathered
 */
public interface Summary<S> {
    /** Rows of a block; the last one of a data set may have fewer. */
    int BLOCK = 4096;

    /**
     * What a reading for it is called where readings are listed, such as on a cluster's pages.
     *
     * @return a word; the name of the class unless there is a better one
     */
    default String label() {
        return getClass().getSimpleName();
    }

    /**
     * Nothing gathered yet.
     *
     * @return a new one
     */
    S zero();

    /**
     * Adds a block.
     *
     * @param into what was gathered; modified
     * @param rows a whole block, of at least one row; not modified, and overwritten after the call
     * @param first the number of its first row in the data, counted from 0; a multiple of {@link #BLOCK}
     */
    void add(S into, Points rows, long first);

    /**
     * Adds what was gathered from other blocks.
     *
     * @param into what was gathered; modified
     * @param other what was gathered from blocks that are not in it; not to be used after the call
     */
    void merge(S into, S other);

    /**
     * Writes what was gathered, so that it can be merged elsewhere.
     *
     * @param gathered not modified
     * @return its numbers
     */
    State write(S gathered);

    /**
     * Reads what was written.
     *
     * @param state what {@link #write} returned
     * @return the same, bit for bit
     * @throws org.eigendrift.api.InputException if the numbers are damaged
     */
    S read(State state);
}
