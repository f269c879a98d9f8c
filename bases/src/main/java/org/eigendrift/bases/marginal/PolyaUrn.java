package org.eigendrift.bases.marginal;

/**
 * Pólya's urn, begun with half a ball of either colour: rows that fall into two halves with a Beta(1/2, 1/2) share that is
 * integrated out. Tabulated.
 */
final class PolyaUrn {
    private final double[] halves;
    private final double[] factorials;

    /**
     * Makes the tables.
     *
     * @param rows the most balls drawn
     */
    PolyaUrn(int rows) {
        this.halves = new double[rows + 1];
        this.factorials = new double[rows + 1];
        for (int k = 1; k <= rows; k++) {
            halves[k] = halves[k - 1] + StrictMath.log(2 * k - 1);
            factorials[k] = factorials[k - 1] + StrictMath.log(k);
        }
    }

    /**
     * The logarithm of 2^n B(l + 1/2, u + 1/2) / B(1/2, 1/2), n = l + u: the probability of given draws, over that of a
     * fair coin.
     *
     * @param lower balls of one colour
     * @param upper balls of the other
     * @return a logarithm, 0 for one ball
     */
    double log(int lower, int upper) {
        // Gamma(k + 1/2) / Gamma(1/2) is 1 3 5 ... (2 k - 1) / 2^k.
        return halves[lower] + halves[upper] - factorials[lower + upper];
    }
}
