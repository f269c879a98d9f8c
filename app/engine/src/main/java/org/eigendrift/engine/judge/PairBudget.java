package org.eigendrift.engine.judge;

/**
 * How many pairs of columns, and functions of which degree, a budget affords. Pairs are ranked by how surely they interact; first those
 * beyond the widest gap go, then degrees, then half of the pairs that are left, and again.
 */
public final class PairBudget {
    /** A pair's functions come down by one degree in each of its columns at a time. */
    private static final int DEGREES = 2;

    private static final int LOWEST = 2;

    private PairBudget() {}

    /** What the first so many pairs cost. */
    @FunctionalInterface
    public interface Cost {
        /**
         * The cost.
         *
         * @param pairs how many of the ranked pairs
         * @param degree largest sum of the degrees of a pair's functions
         * @return in the unit of the budget, growing with both
         */
        double of(int pairs, int degree);
    }

    /**
     * What is afforded.
     *
     * @param pairs how many of the ranked pairs
     * @param degree largest sum of the degrees of a pair's functions
     */
    public record Afforded(int pairs, int degree) {}

    /**
     * Cuts pairs and degree down to a budget.
     *
     * @param statistics of the ranked pairs, descending; not modified
     * @param fewest pairs that the widest gap leaves at least
     * @param degree wanted, even
     * @param cost what they cost
     * @param budget what they may cost
     * @return what is left; no pair where one is too dear
     */
    public static Afforded of(double[] statistics, int fewest, int degree, Cost cost, double budget) {
        int pairs = statistics.length;
        int most = degree;
        if (cost.of(pairs, most) > budget) {
            pairs = widestGap(statistics, fewest);
        }
        while (most > LOWEST && cost.of(pairs, most) > budget) {
            most -= DEGREES;
        }
        while (pairs > 0 && cost.of(pairs, most) > budget) {
            pairs /= 2;
        }
        return new Afforded(pairs, most);
    }

    /**
     * Where statistics fall by the largest factor.
     *
     * @param statistics descending, above 0; not modified
     * @param fewest counted in any case
     * @return how many stand before the gap; all where there is none
     */
    public static int widestGap(double[] statistics, int fewest) {
        int widest = statistics.length;
        double most = 0;
        for (int k = Math.max(1, fewest); k < statistics.length; k++) {
            double factor = statistics[k - 1] / statistics[k];
            if (factor > most) {
                most = factor;
                widest = k;
            }
        }
        return widest;
    }
}
