package org.eigendrift.bases.frame;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/**
 * An increasing map of the line onto itself that brings a column to the standard normal law: the monotone cubic
 * through (quantile of the rows, quantile of the normal law), with the slopes of Fritsch and Butland (SIAM J. Sci. Stat.
 * Comput. 5, 1984), continued by straight lines. It has a continuous, positive derivative, so densities are finite and
 * continuous everywhere; beyond the rows they are normal tails.
 *
 * <p>Knots are equally spaced in the normal coordinate where rows are many, then cut off a quarter of the rows each, and
 * end at the extreme rows, to which half a row's probability is left.
 */
final class MonotoneMap {
    private static final int LARGEST_BULK = 64;

    /** A quantile of fewer sampled rows than this is noise. */
    private static final int FEWEST_ROWS = 4;

    /** Knots closer than this share of the range are one: the rows there are ties. */
    private static final double TIE = 1e-12;

    /** More than bisection and Newton's method need for a cubic between two doubles. */
    private static final int STEPS = 100;

    private final double[] x;
    private final double[] z;
    private final double[] slopes;

    /**
     * Makes the map through given knots.
     *
     * @param x increasing, at least two; shared
     * @param z increasing, as many; shared
     */
    MonotoneMap(double[] x, double[] z) {
        this.x = x;
        this.z = z;
        this.slopes = new double[x.length];
        int last = x.length - 1;
        slopes[0] = (z[1] - z[0]) / (x[1] - x[0]);
        slopes[last] = (z[last] - z[last - 1]) / (x[last] - x[last - 1]);
        for (int i = 1; i < last; i++) {
            double before = x[i] - x[i - 1];
            double after = x[i + 1] - x[i];
            double weight = (before + 2 * after) / (3 * (before + after));
            double left = (z[i] - z[i - 1]) / before;
            double right = (z[i + 1] - z[i]) / after;
            slopes[i] = left * right / (weight * right + (1 - weight) * left);
        }
    }

    /**
     * Fits a map.
     *
     * @param sorted sampled values, ascending, not all equal; not modified
     * @param min smallest value of all rows
     * @param max largest value of all rows
     * @param rows number of all rows
     * @return the map
     */
    static MonotoneMap fit(double[] sorted, double min, double max, long rows) {
        double tail = Math.min(0.1, 1 / Math.sqrt(sorted.length));
        int bulk = (int) Math.max(4, Math.min(LARGEST_BULK, 2 * Math.cbrt(sorted.length)));
        int outer = 0;
        while (tail / Math.pow(4, outer + 1) * sorted.length >= FEWEST_ROWS) {
            outer++;
        }
        double[] x = new double[bulk + 2 * outer + 2];
        double[] z = new double[x.length];
        double end = normal(tail);
        x[0] = min;
        z[0] = normal(0.5 / rows);
        x[x.length - 1] = max;
        z[x.length - 1] = -z[0];
        for (int j = 0; j < outer; j++) {
            double share = tail / Math.pow(4, outer - j);
            z[1 + j] = normal(share);
            x[1 + j] = quantile(sorted, share);
            z[x.length - 2 - j] = -z[1 + j];
            x[x.length - 2 - j] = quantile(sorted, 1 - share);
        }
        for (int j = 0; j < bulk; j++) {
            int at = 1 + outer + j;
            z[at] = end + (-2 * end) * j / (bulk - 1);
            x[at] = quantile(sorted, probability(z[at]));
        }
        return joined(x, z);
    }

    /** Ties become one knot at the mean of their normal coordinates; the extremes stay. */
    private static MonotoneMap joined(double[] x, double[] z) {
        double[] keptX = new double[x.length];
        double[] keptZ = new double[x.length];
        double gap = TIE * (x[x.length - 1] - x[0]);
        int count = 0;
        for (int i = 0; i < x.length; ) {
            int next = i + 1;
            double sum = z[i];
            while (next < x.length && x[next] - x[i] <= gap) {
                sum += z[next++];
            }
            keptX[count] = x[i];
            keptZ[count++] = sum / (next - i);
            i = next;
        }
        return new MonotoneMap(Arrays.copyOf(keptX, count), Arrays.copyOf(keptZ, count));
    }

    private static double quantile(double[] sorted, double share) {
        double at = Math.max(0, Math.min(sorted.length - 1, share * sorted.length - 0.5));
        int below = (int) Math.min(sorted.length - 2, at);
        return sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }

    private static double normal(double share) {
        return -Math.sqrt(2) * InverseErfc.value(2 * share);
    }

    private static double probability(double normal) {
        return 0.5 * Erfc.value(-normal / Math.sqrt(2));
    }

    /** The knots' coordinates; the array itself. */
    double[] x() {
        return x;
    }

    /** The knots' images; the array itself. */
    double[] z() {
        return z;
    }

    /** The interval of a value among knots, -1 below and length - 1 above all of them. */
    private static int interval(double[] knots, double value) {
        int found = Arrays.binarySearch(knots, value);
        return found >= 0 ? found : -found - 2;
    }

    double map(double value) {
        int i = interval(x, value);
        int last = x.length - 1;
        if (i < 0) {
            return z[0] + slopes[0] * (value - x[0]);
        } else if (i >= last) {
            return z[last] + slopes[last] * (value - x[last]);
        }
        double h = x[i + 1] - x[i];
        return z[i] + cubic(i, h, (value - x[i]) / h);
    }

    double derivative(double value) {
        int i = interval(x, value);
        if (i < 0) {
            return slopes[0];
        } else if (i >= x.length - 1) {
            return slopes[x.length - 1];
        }
        double h = x[i + 1] - x[i];
        return slope(i, h, (value - x[i]) / h) / h;
    }

    /** The rise within interval i at t in [0, 1], in Hermite form. */
    private double cubic(int i, double h, double t) {
        double rise = z[i + 1] - z[i];
        double left = h * slopes[i];
        double right = h * slopes[i + 1];
        return t * (left + t * (3 * rise - 2 * left - right + t * (left + right - 2 * rise)));
    }

    /** Its derivative with respect to t. */
    private double slope(int i, double h, double t) {
        double rise = z[i + 1] - z[i];
        double left = h * slopes[i];
        double right = h * slopes[i + 1];
        return left + t * (2 * (3 * rise - 2 * left - right) + 3 * t * (left + right - 2 * rise));
    }

    double invert(double value) {
        int i = interval(z, value);
        int last = z.length - 1;
        if (i < 0) {
            return x[0] + (value - z[0]) / slopes[0];
        } else if (i >= last) {
            return x[last] + (value - z[last]) / slopes[last];
        }
        double h = x[i + 1] - x[i];
        double target = value - z[i];
        double low = 0;
        double high = 1;
        double t = target / (z[i + 1] - z[i]);
        for (int step = 0; step < STEPS; step++) {
            double excess = cubic(i, h, t) - target;
            if (excess > 0) {
                high = t;
            } else {
                low = t;
            }
            double next = t - excess / slope(i, h, t);
            if (!(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            if (Math.abs(next - t) <= Math.ulp(t)) {
                break;
            }
            t = next;
        }
        return x[i] + h * t;
    }
}
