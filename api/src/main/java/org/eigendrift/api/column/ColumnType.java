package org.eigendrift.api.column;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;

/**
 * A type of columns: what texts they hold, and how these become numbers and text again. How a law treats a column follows
 * from its {@link Column#kind()}, atoms and gaps, so a new type (postcodes, durations, chemical formulas) is one
 * class that maps its texts to one of the kinds.
 *
 * <p>Of one column the reader shows every cell to a {@link Detector} of every type and takes the surest {@link Guess}, whose
 * column names the type in its {@link Column#format()}; from then on that type's {@link #parse} and {@link #format} are used,
 * also when a model is read from a file. Thread-safe; each detector belongs to one thread.
 */
public interface ColumnType {

    /**
     * Begins to look at the cells of a column.
     *
     * @param name the column's name
     * @param arguments what stands behind the type's name where the column is declared, {@code [dd.MM.yyyy]} for
     *     {@code [joined, date, dd.MM.yyyy]}; empty if nothing does, or if the column was not declared
     * @return a new detector
     * @throws InputException if the arguments mean nothing to this type; the message says what was expected
     */
    Detector detector(String name, List<String> arguments);

    /**
     * The number that codes a text.
     *
     * @param text a cell, stripped, not empty and not one that stands for a missing value
     * @param column a column of this type
     * @return the number, as {@link Column.Kind} says; of a level that the column does not have, the number of its levels; NaN
     *     if the text is none of this type's
     */
    double parse(String text, Column column);

    /**
     * The text of a number.
     *
     * @param value a number that codes one of the column's values; for numbers that are not whole, what is nearest in the
     *     column's format is written
     * @param column a column of this type
     * @return the text, such that {@link #parse} gives the number back as far as the format holds it
     */
    String format(double value, Column column);

    /**
     * What a cell of a column should look like, for messages.
     *
     * @param column a column of this type
     * @return for example {@code a date such as 24.12.2024}
     */
    String expected(Column column);

    /** Looks at the cells of one column, in their order. Not thread-safe. */
    interface Detector {

        /**
         * Looks at a cell of a file of texts.
         *
         * @param cell the text, stripped, not a gap
         * @return whether the column can still be of this type; after false no more is shown
         */
        boolean add(String cell);

        /**
         * Looks at a cell of a file of numbers.
         *
         * @param cell the number, finite
         * @return whether the column can still be of this type; after false no more is shown
         */
        boolean add(double cell);

        /**
         * What the column is taken for, after all cells.
         *
         * @param seen counts and distinct values
         * @return empty if it is not of this type after all
         */
        Optional<Guess> guess(CellStatistics seen);
    }
}
