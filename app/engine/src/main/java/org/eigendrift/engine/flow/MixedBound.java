package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a mixture, with the evidence bound of all rows under it. For any set J of parts with weights w_j and bounds B_j, of
 * weight S, by Jensen's inequality
 *
 * <pre>mean log q(x) &gt;= log S + (1/S) sum over J of w_j B_j.</pre>
 *
 * @param weight its weight, above 0
 * @param bound a lower bound of the mean log-density of rows under it; perhaps negative infinity
 */
public record MixedBound(double weight, double bound) {

    /**
     * The largest of these bounds over sets of the parts of largest bounds: one that deems a row impossible costs its weight.
     *
     * @param parts all parts, at least one
     * @return a lower bound of the mean log-density of the mixture
     */
    public static double best(List<MixedBound> parts) {
        List<MixedBound> sorted = new ArrayList<>(parts);
        sorted.sort((a, b) -> Double.compare(b.bound(), a.bound()));
        double best = Double.NEGATIVE_INFINITY;
        double weight = 0;
        double sum = 0;
        for (MixedBound part : sorted) {
            weight += part.weight();
            sum += part.weight() * part.bound();
            best = Math.max(best, Math.log(weight) + sum / weight);
        }
        return best;
    }
}
