package org.eigendrift.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where rows are wrong: in which file or table, which of its rows, and which column; each as far as it is known. Immutable,
 * thread-safe.
 *
 * @param source what holds the rows, usually a file's name; null if there is but one thing that it can be
 * @param unit what counts rows: {@code row}, or {@code line} of a text
 * @param row number of the row in that unit, counted from 1; 0 if it is about no row
 * @param column name of the column; null if it is about none
 */
public record Address(String source, String unit, long row, String column) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String ROW = "row";

    /**
     * Checks that the row is no less than 0.
     *
     * @throws IllegalArgumentException if it is
     */
    public Address {
        Objects.requireNonNull(unit);
        if (row < 0) {
            throw new IllegalArgumentException(unit + " " + row);
        }
    }

    /**
     * The whole of a file or table.
     *
     * @param source what it is called
     * @return its address
     */
    public static Address of(String source) {
        return new Address(source, ROW, 0, null);
    }

    /**
     * A row of what the user knows which.
     *
     * @param number counted from 1
     * @return its address
     */
    public static Address ofRow(long number) {
        return new Address(null, ROW, number, null);
    }

    /**
     * A column of what the user knows which.
     *
     * @param name the column's name
     * @return its address
     */
    public static Address ofColumn(String name) {
        return new Address(null, ROW, 0, name);
    }

    /**
     * A row of the same.
     *
     * @param unit what counts rows
     * @param number counted from 1
     * @return its address
     */
    public Address at(String unit, long number) {
        return new Address(source, unit, number, column);
    }

    /**
     * A column of the same.
     *
     * @param name the column's name
     * @return its address
     */
    public Address in(String name) {
        return new Address(source, unit, row, name);
    }

    /**
     * This address, completed by that of what it is a part of.
     *
     * @param outer tells what this one leaves open
     * @return source, row and column of this one, and of the other where this one has none
     */
    public Address within(Address outer) {
        return new Address(
                source == null ? outer.source : source,
                row == 0 ? outer.unit : unit,
                row == 0 ? outer.row : row,
                column == null ? outer.column : column);
    }

    /**
     * The address in words.
     *
     * @return such as {@code measured.csv line 7, column 'x'}
     */
    @Override
    public String toString() {
        String place = row == 0 ? "" : unit + " " + row;
        String head = source == null ? place : place.isEmpty() ? source : source + " " + place;
        String tail = column == null ? "" : "column '" + column + "'";
        return head.isEmpty() || tail.isEmpty() ? head + tail : head + ", " + tail;
    }
}
