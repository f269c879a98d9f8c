package org.eigendrift.engine.gibbs;

import java.util.Arrays;

/**
 * Between which values a potential is believed. Where no rows were seen it is at most {@code floor}, less with every cell
 * further away; beyond the ranges of rows it is at most {@code middle}; and what exceeds {@code ceiling} anywhere, as functions of high degree may at single far rows, is believed no
 * more than an unseen cell.
 *
 * @param floor bound where no rows were seen
 * @param middle bound beyond the ranges of coordinates and residuals, at least {@code floor}
 * @param ceiling the largest credible value, at least {@code middle}
 */
public record Bounds(double floor, double middle, double ceiling) {
    /** Everything is believed. */
    public static final Bounds NONE =
            new Bounds(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** One in so many rows has a low value; rarer ones may be what bounds are for. */
    private static final int LOW = 20;

    /** From the middle to a low value it is so many times less than to the floor: below that lies one row in some thousands. */
    private static final double REACH = 3;

    /** The share of rows above which values are too few to speak of. */
    private static final int FREQUENT = 100;

    /** Nats by which that rule may err. */
    private static final double MARGIN = 3;

    /** Nats from cell to cell away from rows. */
    private static final double STEP = 5;

    /**
     * The bounds that rows suggest: the floor lies three times as far below the middle as every twentieth row (for
     * a normal law of three columns one in three thousand lies lower, of many columns one in a million); and the mode of a law lies above
     * the best of its rows by about as much as those lie above the middle ones (exactly so for a normal law of many columns).
     *
     * @param values the potential at rows, without bounds; not modified
     * @return the bounds, none if no value is finite
     */
    public static Bounds of(double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return NONE;
        }
        double middle = sorted[sorted.length / 2];
        double floor = middle - REACH * (middle - sorted[sorted.length / LOW]);
        double best = sorted[sorted.length - 1 - sorted.length / FREQUENT];
        return new Bounds(floor, middle, best + MARGIN + (best - middle));
    }

    /**
     * A value as it is believed.
     *
     * @param strangeness cells away from where rows were seen
     * @param beyond whether it lies beyond the ranges of rows, where few rows will ever lie and none as likely as most; functions
     *     of high degree may have a bump there that no walk from rows finds
     */
    double believed(double value, int strangeness, boolean beyond) {
        if (value > ceiling) {
            return floor - STEP * Math.max(1, strangeness);
        }
        if (strangeness > 0) {
            return Math.min(value, floor - STEP * strangeness);
        }
        return beyond ? Math.min(value, middle) : value;
    }
}
