package org.eigendrift.engine.conditional;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;

/** A density of all columns as one of those that evidence leaves free. */
record Joint(Relations relations, Density density, RunContext run) {

    /** Log-densities of places of the free columns: negative infinity where the evidence does not hold. */
    double[] of(Points points) {
        Points rows = relations.rows(points);
        int[] inside = IntStream.range(0, points.size())
                .filter(n -> relations.within(rows, n))
                .toArray();
        double[] logs = new double[points.size()];
        Arrays.fill(logs, Double.NEGATIVE_INFINITY);
        double[] own = inside.length == 0 ? new double[0] : density.of(rows.select(inside), run);
        for (int j = 0; j < inside.length; j++) {
            logs[inside[j]] = Double.isNaN(own[j]) ? Double.NEGATIVE_INFINITY : own[j];
        }
        return logs;
    }
}
