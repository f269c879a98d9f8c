package org.eigendrift.engine.metric;

/** Scalar products. */
final class Dot {
    private Dot() {}

    /** sum a[fromA + k] b[fromB + k] over k below n, in four interleaved sums: one would wait for each addition. */
    static double of(double[] a, int fromA, double[] b, int fromB, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < n; k += 4) {
            s0 += a[fromA + k] * b[fromB + k];
            s1 += a[fromA + k + 1] * b[fromB + k + 1];
            s2 += a[fromA + k + 2] * b[fromB + k + 2];
            s3 += a[fromA + k + 3] * b[fromB + k + 3];
        }
        for (; k < n; k++) {
            s0 += a[fromA + k] * b[fromB + k];
        }
        return s0 + s1 + (s2 + s3);
    }
}
