package org.eigendrift.api.data;

import java.util.Objects;

/**
 * One column of a data set.
 *
 * @param name its name, not blank
 * @param kind what its values are
 * @param lower lower end of a bounded column or of an angle's period, negative infinity where there is none; 0 for
 *     a positive column
 * @param upper upper end of a bounded column or of an angle's period, infinity where there is none
 */
public record Column(String name, Kind kind, double lower, double upper) {

    /** What a column's values are. */
    public enum Kind {
        /** Any real number. */
        REAL,
        /** A position on a circle, lower and upper being the same place. */
        ANGLE,
        /** A number above 0. */
        POSITIVE,
        /** A number within known bounds. */
        BOUNDED
    }

    /**
     * Checks name and bounds.
     *
     * @param name its name
     * @param kind what its values are
     * @param lower lower end of a bounded column or of an angle's period
     * @param upper upper end of a bounded column or of an angle's period
     * @throws IllegalArgumentException if the name is blank or the bounds do not fit the kind
     */
    public Column {
        Objects.requireNonNull(kind, "kind");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column without a name");
        }
        boolean finite = Double.isFinite(lower) && Double.isFinite(upper);
        boolean bounded = kind == Kind.ANGLE || kind == Kind.BOUNDED;
        if (!(lower < upper) || bounded && !finite || kind == Kind.POSITIVE && lower != 0) {
            throw new IllegalArgumentException("column " + name + ": " + kind + " from " + lower + " to " + upper);
        }
    }

    /**
     * A column of real numbers.
     *
     * @param name its name
     * @return the column
     */
    public static Column real(String name) {
        return new Column(name, Kind.REAL, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * A column of angles.
     *
     * @param name its name
     * @param lower where the period begins
     * @param upper where it ends
     * @return the column
     */
    public static Column angle(String name, double lower, double upper) {
        return new Column(name, Kind.ANGLE, lower, upper);
    }

    /**
     * A column of positive numbers.
     *
     * @param name its name
     * @return the column
     */
    public static Column positive(String name) {
        return new Column(name, Kind.POSITIVE, 0, Double.POSITIVE_INFINITY);
    }

    /**
     * A column of numbers within bounds.
     *
     * @param name its name
     * @param lower lower bound
     * @param upper upper bound
     * @return the column
     */
    public static Column bounded(String name, double lower, double upper) {
        return new Column(name, Kind.BOUNDED, lower, upper);
    }
}
