package org.eigendrift.engine.moment;

import java.util.Arrays;

/**
 * Joint moments of a set of coordinates: for each coordinate a list of functions, and an entry for each combination
 * (c_1, ..., c_s), the average of phi_{c_1}(x_{i_1}) ... phi_{c_s}(x_{i_s}). The last axis varies fastest. Immutable
 * but for its place in the table.
 */
final class MomentTensor {
    final int[] coordinates;
    final int[][] functions;
    final int[] strides;
    /** The axis whose functions are the rows of the matrix product that fills the tensor: the first longest. */
    final int rowAxis;
    /** The number of entries, which may be beyond what a table holds. */
    final long size;

    int start;

    /**
     * Creates a tensor.
     *
     * @param coordinates ascending; shared
     * @param functions for each coordinate the numbers of its functions, ascending; shared
     */
    MomentTensor(int[] coordinates, int[][] functions) {
        this.coordinates = coordinates;
        this.functions = functions;
        this.rowAxis = longest(functions);
        this.strides = new int[functions.length];
        long stride = 1;
        for (int axis = functions.length - 1; axis >= 0; axis--) {
            strides[axis] = (int) stride;
            stride = Math.multiplyExact(stride, functions[axis].length);
        }
        this.size = stride;
    }

    private static int longest(int[][] functions) {
        int longest = 0;
        for (int axis = 1; axis < functions.length; axis++) {
            longest = functions[axis].length > functions[longest].length ? axis : longest;
        }
        return longest;
    }

    /** How many functions the row axis has. */
    int rows() {
        return functions[rowAxis].length;
    }

    /** How many combinations of the other axes' functions there are. */
    int columns() {
        return (int) (size / rows());
    }

    /** Whether an axis leaves none out between its first function and its last. */
    boolean consecutive(int axis) {
        int[] list = functions[axis];
        return list[list.length - 1] - list[0] == list.length - 1;
    }

    /** Whether all combinations of some functions have their entry. */
    boolean covers(int[][] wanted) {
        for (int axis = 0; axis < functions.length; axis++) {
            for (int function : wanted[axis]) {
                if (Arrays.binarySearch(functions[axis], function) < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The smallest tensor that covers this one and another over the same coordinates. */
    MomentTensor joined(MomentTensor other) {
        int[][] union = new int[functions.length][];
        for (int axis = 0; axis < union.length; axis++) {
            union[axis] = Ascending.union(functions[axis], other.functions[axis]);
        }
        return new MomentTensor(coordinates, union);
    }

    /** The size of {@link #joined}, which may be beyond any tensor's. */
    double joinedSize(MomentTensor other) {
        double joined = 1;
        for (int axis = 0; axis < functions.length; axis++) {
            joined *= Ascending.union(functions[axis], other.functions[axis]).length;
        }
        return joined;
    }

    /** How far the entries of a function of an axis lie from those of the first. */
    int offset(int axis, int function) {
        return Arrays.binarySearch(functions[axis], function) * strides[axis];
    }
}
