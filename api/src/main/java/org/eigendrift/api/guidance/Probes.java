package org.eigendrift.api.guidance;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/**
 * A few points within columns, and a direction at each, by which operators and objectives are looked up.
 *
 * @param x points
 * @param direction a direction for each, in units in which a step of 1 goes through a column
 */
record Probes(Points x, Points direction) {
    /** How many points. What is wrong at one may be a kink; what is wrong at all is wrong. */
    static final int COUNT = 3;

    /** Central differences with the cube root of the rounding unit are off by its square of truncation and of rounding. */
    private static final double STEP = Math.cbrt(Math.ulp(1.0));

    /** Of slopes: far above what differences are off by, far below what a wrong derivative is. */
    private static final double SLOPE = 0.01;

    /** Of the values that differences are taken of: what their rounding and that of a long sum leaves. */
    private static final double ROUNDING = 1e-8;

    /** Whether all columns have values next to each other. */
    static boolean fit(List<Column> columns) {
        return columns.stream().allMatch(column -> column.kind().smooth());
    }

    static Probes in(List<Column> columns) {
        Points x = Points.zeros(columns.size(), COUNT);
        Points direction = Points.zeros(columns.size(), COUNT);
        CounterRandom random = new CounterRandom(17);
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            double width = column.upper() - column.lower();
            for (int n = 0; n < COUNT; n++) {
                double normal = random.normal(n, 2L * i);
                // Away from the ends, where what is bounded may be steep.
                double within = column.lower() + width * (0.5 + 0.25 * Math.tanh(normal));
                double scale = Double.isFinite(width) ? width / 4 : 1;
                x.set(
                        i,
                        n,
                        switch (column.kind()) {
                            case REAL -> normal;
                            case POSITIVE -> Math.exp(0.5 * normal);
                            default -> within;
                        });
                direction.set(i, n, scale * random.normal(n, 2L * i + 1));
            }
        }
        return new Probes(x, direction);
    }

    /** The points, a step along their directions. */
    Points moved(double sign) {
        Points moved = x.copy();
        for (int k = 0; k < moved.values().length; k++) {
            moved.values()[k] += sign * STEP * direction.values()[k];
        }
        return moved;
    }

    /** A slope from the values a step ahead and a step behind. */
    static double slope(double ahead, double behind) {
        return (ahead - behind) / (2 * STEP);
    }

    /** Whether a slope is not that of differences, both being finite. */
    static boolean differ(double slope, double differences, double value) {
        double allowed = SLOPE * Math.max(Math.abs(slope), Math.abs(differences)) + ROUNDING * (1 + Math.abs(value));
        return Math.abs(slope - differences) > allowed;
    }
}
