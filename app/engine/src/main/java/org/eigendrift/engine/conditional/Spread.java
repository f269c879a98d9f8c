package org.eigendrift.engine.conditional;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;

/** How particles are spread, now and before. */
final class Spread {
    private Spread() {}

    /**
     * The largest correlation of places, or of their squared distances from the middle, before and after a walk, of all
     * coordinates; 1 for a coordinate that stands still.
     */
    static double kept(Points before, Points after) {
        double kept = 0;
        for (int i = 0; i < before.dim(); i++) {
            double[] a = before.column(i);
            double[] b = after.column(i);
            kept = Math.max(kept, Math.max(Math.abs(correlation(a, b)), Math.abs(correlation(squares(a), squares(b)))));
        }
        return kept;
    }

    private static double[] squares(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray();
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElse(0);
        double meanB = Arrays.stream(b).average().orElse(0);
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int n = 0; n < a.length; n++) {
            double offA = a[n] - meanA;
            double offB = b[n] - meanB;
            aa += offA * offA;
            bb += offB * offB;
            ab += offA * offB;
        }
        return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 1;
    }

    /**
     * R-hat of groups (Gelman, Rubin): the root of the pooled over the mean variance within a group, the largest of all coordinates;
     * infinite if fewer than two groups have two particles. Groups that have fewer died out, as happens where weights are uneven: what they would have
     * found is not known, and the others are compared.
     */
    static double rHat(Points u, int[] roots, int groups) {
        int[] counts = new int[groups];
        for (int root : roots) {
            counts[root % groups]++;
        }
        int[] living = IntStream.range(0, groups).filter(g -> counts[g] >= 2).toArray();
        if (living.length < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double size = IntStream.of(living).mapToDouble(g -> counts[g]).sum() / living.length;
        double largest = 1;
        for (int i = 0; i < u.dim(); i++) {
            double[] means = new double[groups];
            double[] squares = new double[groups];
            for (int n = 0; n < roots.length; n++) {
                means[roots[n] % groups] += u.get(i, n) / counts[roots[n] % groups];
            }
            for (int n = 0; n < roots.length; n++) {
                double off = u.get(i, n) - means[roots[n] % groups];
                squares[roots[n] % groups] += off * off;
            }
            double within = 0;
            double between = 0;
            double middle =
                    IntStream.of(living).mapToDouble(g -> counts[g] * means[g]).sum() / (size * living.length);
            for (int g : living) {
                within += squares[g] / (counts[g] - 1) / living.length;
                between += counts[g] / size * (means[g] - middle) * (means[g] - middle) / (living.length - 1);
            }
            double hat = within > 0
                    ? Math.sqrt((size - 1) / size + between / within)
                    : between > 0 ? Double.POSITIVE_INFINITY : 1;
            largest = Math.max(largest, hat);
        }
        return largest;
    }
}
