package org.eigendrift.engine.metric;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Figure;

/**
 * Random divisions of pooled rows into two sets of given sizes. Where both sets come from one law, a two-sample
 * statistic over such divisions has the law of the floor itself: their 5 % and 95 % quantiles are the floor's
 * interval. (A bootstrap with replacement would repeat rows, and repeated rows alone move a distance.)
 */
final class Resplits {
    /** Divisions unless the work forbids. */
    private static final int COUNT = 50;
    /** With fewer divisions an interval's ends would be the extremes. */
    private static final int FEWEST = 20;
    /** Multiplications to spend on a floor's interval: about a second. */
    private static final double WORK = 1e9;

    /** Fixed, so that a floor's interval depends on its rows alone. */
    private static final long SEED = 0x5EED5L;

    private static final double TAIL = 0.05;

    private final int first;
    private final double[][] members;

    /**
     * Draws the divisions.
     *
     * @param first rows of the first set
     * @param second rows of the second set
     * @param count divisions
     */
    Resplits(int first, int second, int count) {
        this.first = first;
        this.members = new double[count][first + second];
        CounterRandom random = new CounterRandom(SEED);
        int[] order = new int[first + second];
        Arrays.setAll(order, n -> n);
        for (int split = 0; split < count; split++) {
            // The first steps of a Fisher-Yates shuffle; it may begin from any order.
            for (int n = 0; n < first; n++) {
                int other = n + (int) (random.uniform(split, n) * (order.length - n));
                int swap = order[n];
                order[n] = order[other];
                order[other] = swap;
                members[split][order[n]] = 1;
            }
        }
    }

    /**
     * How many divisions to look at.
     *
     * @param work multiplications for one division
     * @return 0 if there is time for too few
     */
    static int affordable(double work) {
        int count = (int) Math.min(COUNT, WORK / work);
        return count >= FEWEST ? count : 0;
    }

    int count() {
        return members.length;
    }

    /** 1 for pooled rows of the first set, 0 for those of the second; not to be modified. */
    double[] members(int split) {
        return members[split];
    }

    /** The rows of both sets, first before second. */
    static Points pool(Points x, Points y) {
        Points pool = Points.zeros(x.dim(), x.size() + y.size());
        pool.paste(0, x);
        pool.paste(x.size(), y);
        return pool;
    }

    /** One set of a division. */
    Points rows(Points pool, int split, boolean firstSet) {
        double wanted = firstSet ? 1 : 0;
        Points out = Points.zeros(pool.dim(), firstSet ? first : pool.size() - first);
        for (int i = 0; i < pool.dim(); i++) {
            int at = 0;
            for (int n = 0; n < pool.size(); n++) {
                if (members[split][n] == wanted) {
                    out.set(i, at++, pool.get(i, n));
                }
            }
        }
        return out;
    }

    /** A figure with the interval of its floor; {@code values} is sorted. */
    static Figure interval(Figure figure, double[] values) {
        Arrays.sort(values);
        int tail = (int) (TAIL * values.length);
        return figure.withFloorBetween(values[tail], values[values.length - 1 - tail]);
    }
}
