package org.eigendrift.api;

import java.util.Arrays;

/**
 * A batch of points, stored coordinate by coordinate: every hot loop runs along points.
 *
 * <p>Coordinate {@code i} of point {@code n} is {@code values()[i * size() + n]}. The array is shared, not copied: a
 * batch is a mutable buffer that one thread owns at a time; methods that take a batch say whether they modify it.
 */
public final class Points {
    private final int dim;
    private final int size;
    private final double[] values;

    private Points(int dim, int size, double[] values) {
        this.dim = dim;
        this.size = size;
        this.values = values;
    }

    /**
     * A batch of zeros.
     *
     * @param dim coordinates, at least 1
     * @param size points, at least 0
     * @return a new batch
     * @throws IllegalArgumentException if a number is out of range or {@code dim * size} exceeds an array
     */
    public static Points zeros(int dim, int size) {
        check(dim, size);
        return new Points(dim, size, new double[dim * size]);
    }

    /**
     * A batch over an existing array.
     *
     * @param dim coordinates, at least 1
     * @param size points, at least 0
     * @param values {@code dim * size} numbers, coordinate by coordinate; shared, not copied
     * @return a batch that reads and writes {@code values}
     * @throws IllegalArgumentException if the length does not fit
     */
    public static Points wrap(int dim, int size, double[] values) {
        check(dim, size);
        if (values.length != dim * size) {
            throw new IllegalArgumentException(
                    "expected " + dim + " x " + size + " values but the array has " + values.length);
        }
        return new Points(dim, size, values);
    }

    /**
     * A batch from rows.
     *
     * @param rows one array a point, all of the same length; copied
     * @return a new batch
     * @throws IllegalArgumentException if there is no row or the rows differ in length
     */
    public static Points ofRows(double[]... rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("no rows: the number of coordinates is unknown");
        }
        Points out = zeros(rows[0].length, rows.length);
        for (int n = 0; n < rows.length; n++) {
            if (rows[n].length != out.dim) {
                throw new IllegalArgumentException(
                        "row " + (n + 1) + " has " + rows[n].length + " values, row 1 has " + out.dim);
            }
            for (int i = 0; i < out.dim; i++) {
                out.set(i, n, rows[n][i]);
            }
        }
        return out;
    }

    private static void check(int dim, int size) {
        if (dim < 1 || size < 0 || (long) dim * size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a batch of " + size + " points in " + dim + " coordinates");
        }
    }

    /**
     * The number of coordinates.
     *
     * @return coordinates, at least 1
     */
    public int dim() {
        return dim;
    }

    /**
     * The number of points.
     *
     * @return points, at least 0
     */
    public int size() {
        return size;
    }

    /**
     * The numbers, coordinate by coordinate.
     *
     * @return the array itself, of length {@code dim() * size()}; shared
     */
    public double[] values() {
        return values;
    }

    /**
     * Where a coordinate begins in {@link #values()}.
     *
     * @param coordinate 0 to {@code dim() - 1}
     * @return {@code coordinate * size()}
     */
    public int offset(int coordinate) {
        return coordinate * size;
    }

    /**
     * One number.
     *
     * @param coordinate 0 to {@code dim() - 1}
     * @param point 0 to {@code size() - 1}
     * @return the coordinate of the point
     */
    public double get(int coordinate, int point) {
        return values[coordinate * size + point];
    }

    /**
     * Sets one number.
     *
     * @param coordinate 0 to {@code dim() - 1}
     * @param point 0 to {@code size() - 1}
     * @param value the new value
     */
    public void set(int coordinate, int point, double value) {
        values[coordinate * size + point] = value;
    }

    /**
     * One point.
     *
     * @param point 0 to {@code size() - 1}
     * @return a new array of length {@code dim()}
     */
    public double[] row(int point) {
        double[] row = new double[dim];
        for (int i = 0; i < dim; i++) {
            row[i] = get(i, point);
        }
        return row;
    }

    /**
     * One coordinate of all points.
     *
     * @param coordinate 0 to {@code dim() - 1}
     * @return a new array of length {@code size()}
     */
    public double[] column(int coordinate) {
        return Arrays.copyOfRange(values, offset(coordinate), offset(coordinate) + size);
    }

    /**
     * A range of points.
     *
     * @param from first point
     * @param to one past the last point
     * @return a new batch
     * @throws IndexOutOfBoundsException if the range is not within 0 to {@code size()}
     */
    public Points slice(int from, int to) {
        if (from < 0 || to < from || to > size) {
            throw new IndexOutOfBoundsException("points " + from + " to " + to + " of " + size);
        }
        Points out = zeros(dim, to - from);
        for (int i = 0; i < dim; i++) {
            System.arraycopy(values, offset(i) + from, out.values, out.offset(i), to - from);
        }
        return out;
    }

    /**
     * Some points, in a given order.
     *
     * @param points their numbers, each 0 to {@code size() - 1}; not modified
     * @return a new batch
     */
    public Points select(int[] points) {
        Points out = zeros(dim, points.length);
        for (int i = 0; i < dim; i++) {
            int from = offset(i);
            int to = out.offset(i);
            for (int n = 0; n < points.length; n++) {
                out.values[to + n] = values[from + points[n]];
            }
        }
        return out;
    }

    /**
     * A batch with the same numbers in an array of its own.
     *
     * @return a new batch
     */
    public Points copy() {
        return new Points(dim, size, values.clone());
    }

    /**
     * Takes over all numbers of another batch.
     *
     * @param other a batch of the same shape; not modified
     * @throws IllegalArgumentException if the shapes differ
     */
    public void copyFrom(Points other) {
        if (other.dim != dim || other.size != size) {
            throw new IllegalArgumentException(
                    "shape " + other.dim + " x " + other.size + " into " + dim + " x " + size);
        }
        System.arraycopy(other.values, 0, values, 0, values.length);
    }

    /**
     * Copies a range of points into this batch.
     *
     * @param at point of this batch where the copy begins
     * @param other a batch with as many coordinates; not modified
     * @throws IllegalArgumentException if the coordinates differ
     * @throws IndexOutOfBoundsException if it does not fit
     */
    public void paste(int at, Points other) {
        if (other.dim != dim) {
            throw new IllegalArgumentException("coordinates: " + other.dim + " into " + dim);
        }
        if (at < 0 || at + other.size > size) {
            throw new IndexOutOfBoundsException(other.size + " points at " + at + " of " + size);
        }
        for (int i = 0; i < dim; i++) {
            System.arraycopy(other.values, other.offset(i), values, offset(i) + at, other.size);
        }
    }

    @Override
    public String toString() {
        return "Points[" + size + " x " + dim + "]";
    }
}
