package org.eigendrift.engine.basis;

import java.util.Arrays;

/**
 * A cluster of coordinates and which of its product functions the basis holds. Position {@code p} of the full tensor
 * of degrees 1..k_j of each coordinate, the last coordinate varying fastest, is in the basis if it is listed.
 * Immutable.
 */
public final class Cluster {
    private final int[] coordinates;
    private final int[] degrees;
    private final int[] active;

    /**
     * Creates a cluster.
     *
     * @param coordinates ascending, at least one; copied
     * @param degrees for each the number k of non-constant functions; copied
     * @param active positions in the full tensor, ascending, at least one; copied
     */
    public Cluster(int[] coordinates, int[] degrees, int[] active) {
        this.coordinates = coordinates.clone();
        this.degrees = degrees.clone();
        this.active = active.clone();
    }

    /**
     * A cluster with all its product functions.
     *
     * @param coordinates ascending, at least one; copied
     * @param degrees for each the number k of non-constant functions; copied
     * @return the cluster
     */
    public static Cluster full(int[] coordinates, int[] degrees) {
        int size = 1;
        for (int degree : degrees) {
            size = Math.multiplyExact(size, degree);
        }
        int[] active = new int[size];
        Arrays.setAll(active, p -> p);
        return new Cluster(coordinates, degrees, active);
    }

    /**
     * The same cluster with other functions.
     *
     * @param positions positions in the full tensor, ascending, at least one; copied
     * @return a new cluster
     */
    public Cluster withPositions(int[] positions) {
        return new Cluster(coordinates, degrees, positions);
    }

    /**
     * The order.
     *
     * @return the number of coordinates
     */
    public int order() {
        return coordinates.length;
    }

    /**
     * A coordinate.
     *
     * @param axis 0 to {@code order() - 1}
     * @return the coordinate, ascending in the axis
     */
    public int coordinate(int axis) {
        return coordinates[axis];
    }

    /**
     * The number of non-constant functions of a coordinate.
     *
     * @param axis 0 to {@code order() - 1}
     * @return k
     */
    public int degree(int axis) {
        return degrees[axis];
    }

    /**
     * The axis of a coordinate.
     *
     * @param coordinate a coordinate
     * @return its axis, or -1 if the cluster does not hold it
     */
    public int axis(int coordinate) {
        int at = Arrays.binarySearch(coordinates, coordinate);
        return at < 0 ? -1 : at;
    }

    /**
     * The size of the full tensor.
     *
     * @return the product of the degrees
     */
    public int tensorSize() {
        int size = 1;
        for (int degree : degrees) {
            size *= degree;
        }
        return size;
    }

    /**
     * The number of functions in the basis.
     *
     * @return at least 1
     */
    public int size() {
        return active.length;
    }

    /**
     * A function's position in the full tensor.
     *
     * @param index 0 to {@code size() - 1}
     * @return the position
     */
    public int position(int index) {
        return active[index];
    }

    /**
     * Whether all positions of the full tensor are in the basis.
     *
     * @return true if so
     */
    public boolean isFull() {
        return active.length == tensorSize();
    }

    /**
     * The degree along an axis of a position.
     *
     * @param position position in the full tensor
     * @param axis 0 to {@code order() - 1}
     * @return the function number, 1 to k
     */
    public int functionAt(int position, int axis) {
        int stride = 1;
        for (int j = order() - 1; j > axis; j--) {
            stride *= degrees[j];
        }
        return position / stride % degrees[axis] + 1;
    }

    /**
     * The coordinates.
     *
     * @return a copy
     */
    public int[] coordinates() {
        return coordinates.clone();
    }

    /**
     * The positions in the basis.
     *
     * @return a copy
     */
    public int[] positions() {
        return active.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cluster o
                && Arrays.equals(coordinates, o.coordinates)
                && Arrays.equals(degrees, o.degrees)
                && Arrays.equals(active, o.active);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(coordinates) + Arrays.hashCode(active);
    }

    @Override
    public String toString() {
        return Arrays.toString(coordinates) + "x" + active.length;
    }
}
