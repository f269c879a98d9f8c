package org.eigendrift.engine.metric;

import java.util.Arrays;
import org.eigendrift.api.Points;

/** Squared Euclidean distances from one point to many. */
final class SquaredDistances {
    private SquaredDistances() {}

    /**
     * Distances from a point of one batch to points of another.
     *
     * @param x holds the point; not modified
     * @param point its number
     * @param y the other points; not modified
     * @param from first of them to use
     * @param out receives the distance to point {@code from + k} of {@code y} at {@code k}; modified
     */
    static void fill(Points x, int point, Points y, int from, double[] out) {
        int count = y.size() - from;
        double[] values = y.values();
        Arrays.fill(out, 0, count, 0);
        for (int i = 0; i < x.dim(); i++) {
            double centre = x.get(i, point);
            int offset = y.offset(i) + from;
            for (int k = 0; k < count; k++) {
                double difference = values[offset + k] - centre;
                out[k] += difference * difference;
            }
        }
    }
}
