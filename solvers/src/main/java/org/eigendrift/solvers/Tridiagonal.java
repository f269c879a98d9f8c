package org.eigendrift.solvers;

/** Extreme eigenvalues of a symmetric tridiagonal matrix, by bisection on Sturm sequences (Golub, Van Loan 8.4.1). */
public final class Tridiagonal {
    private Tridiagonal() {}

    /**
     * The smallest eigenvalue.
     *
     * @param diagonal k diagonal entries
     * @param off off[i] couples i and i + 1; k - 1 entries are read
     * @param k order, at least 1
     * @return the eigenvalue, to rounding of the largest
     */
    public static double smallest(double[] diagonal, double[] off, int k) {
        return bisect(diagonal, off, k, 1);
    }

    /**
     * The largest eigenvalue.
     *
     * @param diagonal k diagonal entries
     * @param off off[i] couples i and i + 1; k - 1 entries are read
     * @param k order, at least 1
     * @return the eigenvalue, to rounding
     */
    public static double largest(double[] diagonal, double[] off, int k) {
        return bisect(diagonal, off, k, k);
    }

    /** The eigenvalue of the given rank, 1 the smallest: between Gershgorin's bounds, halved until neighbours. */
    private static double bisect(double[] diagonal, double[] off, int k, int rank) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            double radius = (i > 0 ? Math.abs(off[i - 1]) : 0) + (i + 1 < k ? Math.abs(off[i]) : 0);
            low = Math.min(low, diagonal[i] - radius);
            high = Math.max(high, diagonal[i] + radius);
        }
        if (!Double.isFinite(low) || !Double.isFinite(high)) {
            return Double.NaN;
        }
        double floor = Math.ulp(Math.max(Math.abs(low), Math.abs(high)));
        while (high - low > floor + Math.ulp(low)) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (countBelow(diagonal, off, k, middle) >= rank) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low + (high - low) / 2;
    }

    /** Number of eigenvalues below x: the negative pivots of T - x I. */
    private static int countBelow(double[] diagonal, double[] off, int k, double x) {
        int count = 0;
        double pivot = 1;
        for (int i = 0; i < k; i++) {
            double coupling = i == 0 ? 0 : off[i - 1] * off[i - 1];
            pivot = diagonal[i] - x - (coupling == 0 ? 0 : coupling / pivot);
            if (pivot == 0) {
                pivot = -Double.MIN_NORMAL;
            }
            if (pivot < 0) {
                count++;
            }
        }
        return count;
    }
}
