package org.eigendrift.engine.flow;

import java.util.Collections;
import java.util.List;

/**
 * The functions that a Gibbs density is a sum of.
 *
 * @param name as reports say it
 * @param degree the highest of a column
 * @param pairDegrees largest sums of degrees of a pair's functions, in the order in which they are tried
 * @param firstRidge where in the list of ridges the search begins
 */
record GibbsDictionary(String name, int degree, List<Integer> pairDegrees, int firstRidge) {
    /** Degree of every column in a table of few rows, and of polynomials: energies are of the fourth as a rule. */
    static final int LOW_DEGREE = 4;

    /** The eigenfunctions an ordinary fit would take: of any marginals, but a product of columns takes many of them. */
    static final GibbsDictionary OWN = new GibbsDictionary("", 8, List.of(10, 8, 6, 4, 2), 4);

    /**
     * Hermite polynomials, of pairs the product of the columns alone: most energies are of that kind, and then few functions
     * do. Products of higher degrees rise in corners that no row comes near; where they are needed, the others serve.
     */
    static final GibbsDictionary POLYNOMIALS = new GibbsDictionary("polynomials, ", LOW_DEGREE, List.of(2), 2);

    int mostPairDegree() {
        return Collections.max(pairDegrees);
    }
}
