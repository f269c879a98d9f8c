package org.eigendrift.solvers;

import org.eigendrift.api.Fused;

/** Plain loops on vectors; sums run in a fixed order, four at a time. */
public final class Vectors {
    private Vectors() {}

    /**
     * Inner product, in four partial sums.
     *
     * @param x vector of at least n entries
     * @param y vector of at least n entries
     * @param n entries used
     * @return the sum of x_i y_i
     */
    public static double dot(double[] x, double[] y, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 = Fused.multiplyAdd(x[i], y[i], s0);
            s1 = Fused.multiplyAdd(x[i + 1], y[i + 1], s1);
            s2 = Fused.multiplyAdd(x[i + 2], y[i + 2], s2);
            s3 = Fused.multiplyAdd(x[i + 3], y[i + 3], s3);
        }
        for (; i < n; i++) {
            s0 = Fused.multiplyAdd(x[i], y[i], s0);
        }
        return s0 + s1 + (s2 + s3);
    }

    /**
     * Inner product of vectors of one length.
     *
     * @param x vector
     * @param y vector
     * @return the sum of x_i y_i
     */
    public static double dot(double[] x, double[] y) {
        return dot(x, y, x.length);
    }

    /**
     * Euclidean norm.
     *
     * @param x vector
     * @return the square root of the sum of squares
     */
    public static double norm(double[] x) {
        return Math.sqrt(dot(x, x, x.length));
    }

    /**
     * Adds a multiple.
     *
     * @param a factor
     * @param x added; not modified
     * @param y receives y + a x; modified
     */
    public static void addScaled(double a, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = Fused.multiplyAdd(a, x[i], y[i]);
        }
    }

    /**
     * Scales and adds, as search directions are updated.
     *
     * @param x added; not modified
     * @param a factor of y
     * @param y receives x + a y; modified
     */
    public static void scaleAdd(double[] x, double a, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = Fused.multiplyAdd(a, y[i], x[i]);
        }
    }

    /**
     * Scales.
     *
     * @param a factor
     * @param x receives a x; modified
     */
    public static void scale(double a, double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= a;
        }
    }

    /**
     * The first entry that is NaN or infinite.
     *
     * @param x vector
     * @return its index, or -1
     */
    public static int firstNotFinite(double[] x) {
        // 0 * x is 0 for finite x and NaN otherwise: one pass without branches, and a second only on failure.
        double z0 = 0;
        double z1 = 0;
        double z2 = 0;
        double z3 = 0;
        int i = 0;
        for (; i + 3 < x.length; i += 4) {
            z0 = Fused.multiplyAdd(0, x[i], z0);
            z1 = Fused.multiplyAdd(0, x[i + 1], z1);
            z2 = Fused.multiplyAdd(0, x[i + 2], z2);
            z3 = Fused.multiplyAdd(0, x[i + 3], z3);
        }
        if (z0 + z1 + (z2 + z3) == 0) {
            while (i < x.length && Double.isFinite(x[i])) {
                i++;
            }
            return i == x.length ? -1 : i;
        }
        i = 0;
        while (Double.isFinite(x[i])) {
            i++;
        }
        return i;
    }
}
