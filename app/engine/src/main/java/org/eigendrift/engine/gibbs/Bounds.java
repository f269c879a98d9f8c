package org.eigendrift.engine.gibbs;

import java.util.Arrays;

/**
 * Between which values a potential is believed. Where no rows were seen it is at most {@code floor}, less with every cell
 * further away; and what exceeds {@code ceiling} anywhere, as functions of high degree may at single far rows, is believed no
 * more than an unseen cell.
 *
 * @param floor bound where no rows were seen
 * @param ceiling the largest credible value, at least {@code floor}
 */
public record Bounds(double floor, double ceiling) {
    /** Everything is believed. */
    public static final Bounds NONE = new Bounds(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** The share of draws whose values lie below the floor. */
    private static final int RARE = 1000;

    /** The share of draws above which values are too few to speak of. */
    private static final int FREQUENT = 100;

    /** Nats from cell to cell away from rows. */
    private static final double STEP = 3;

    /**
     * The bounds that draws of the flow suggest: one draw in a thousand lies below the floor; and the mode of a law lies above
     * the best of its draws by about as much as those lie above the middle ones (exactly so for a normal law of many columns).
     *
     * @param values the potential at draws of the flow, without bounds; not modified
     * @return the bounds, none if no value is finite
     */
    public static Bounds of(double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return NONE;
        }
        double floor = sorted[sorted.length / RARE];
        double middle = sorted[sorted.length / 2];
        double best = sorted[sorted.length - 1 - sorted.length / FREQUENT];
        return new Bounds(floor, best + STEP + (best - middle));
    }

    /** A value as it is believed. */
    double believed(double value, int strangeness) {
        if (value > ceiling) {
            return floor - STEP * Math.max(1, strangeness);
        }
        return strangeness == 0 ? value : Math.min(value, floor - STEP * strangeness);
    }
}
