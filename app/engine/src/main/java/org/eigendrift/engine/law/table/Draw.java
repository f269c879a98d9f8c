package org.eigendrift.engine.law.table;

import java.util.Arrays;

/** Draws from distributions on cells. */
final class Draw {
    private Draw() {}

    /** The cell whose stretch of [0, 1] a number in (0, 1) falls into. */
    static int cell(float[] edges, double uniform) {
        int low = 0;
        int high = edges.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (edges[middle] <= uniform) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The place whose weight a number in (0, 1) falls into; a place without weight is never drawn. */
    static int place(double[] weights, double uniform) {
        double left = uniform * Arrays.stream(weights).sum();
        int chosen = -1;
        for (int k = 0; k < weights.length && (chosen < 0 || left > 0); k++) {
            if (weights[k] > 0) {
                chosen = k;
                left -= weights[k];
            }
        }
        return chosen;
    }
}
