package org.eigendrift.engine.moment;

/**
 * Joint moments of a set of coordinates: entry (c_1, ..., c_s) is the average of phi_{c_1}(x_{i_1}) ...
 * phi_{c_s}(x_{i_s}). A <em>full</em> axis, of a coordinate that two clusters share, runs over functions 0 to M - 1; a
 * <em>plain</em> axis over functions 1 to k (METHOD 3: in exactly one of the two, the product is the function itself).
 * The last axis varies fastest. Immutable.
 */
final class MomentTensor {
    final int[] coordinates;
    final boolean[] full;
    final int[] extents;
    final int[] strides;
    final int size;
    int start;

    MomentTensor(int[] coordinates, boolean[] full, int[] extents) {
        this.coordinates = coordinates;
        this.full = full;
        this.extents = extents;
        this.strides = new int[extents.length];
        int stride = 1;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride = Math.multiplyExact(stride, extents[axis]);
        }
        this.size = stride;
    }

    /** The first function of an axis. */
    int firstFunction(int axis) {
        return full[axis] ? 0 : 1;
    }

    /** The axis whose functions are the rows of the matrix product that fills the tensor: the first full one, if any. */
    int rowAxis() {
        for (int axis = 0; axis < full.length; axis++) {
            if (full[axis]) {
                return axis;
            }
        }
        return 0;
    }

    /** Whether every axis that another tensor of the same coordinates has full is full here. */
    boolean covers(boolean[] otherFull) {
        for (int axis = 0; axis < full.length; axis++) {
            if (otherFull[axis] && !full[axis]) {
                return false;
            }
        }
        return true;
    }
}
