package org.eigendrift.bases.frame;

import java.util.Arrays;

/** Arrays joined one after the other, for the state of a frame. */
final class Numbers {
    private double[] values = new double[64];
    private int size;

    void add(double... more) {
        if (size + more.length > values.length) {
            values = Arrays.copyOf(values, Math.max(2 * values.length, size + more.length));
        }
        System.arraycopy(more, 0, values, size, more.length);
        size += more.length;
    }

    double[] all() {
        return Arrays.copyOf(values, size);
    }
}
