package org.eigendrift.bases;

import java.util.Arrays;
import org.eigendrift.api.basis.ProductTable;

/**
 * Cosines and sines of the multiples of an angle, for many points at once.
 *
 * <p>The pair (sqrt2 cos k y, sqrt2 sin k y) is turned by y at each step: one rotation, whose error grows by about one
 * rounding a step (2e-14 at k = 128), unlike the three-term recurrence of Chebyshev, which loses k^2 roundings near the
 * ends. Points are taken in tiles, so that the work arrays stay in the first-level cache; they are separate
 * arrays because only then does the compiler know that the inner loop can be vectorised.
 */
final class Trigonometric {
    private static final int TILE = 256;

    /** Work space; new arrays for every call would be cleared, and push the points out of the cache. */
    private static final ThreadLocal<Rotation> ROTATION = ThreadLocal.withInitial(Rotation::new);

    private static final double SQRT2 = Math.sqrt(2);

    // Coefficients of the series of cosine and sine, 1 / k! with alternating signs.
    private static final double C2 = -1.0 / 2;
    private static final double S3 = -1.0 / 6;
    private static final double C4 = 1.0 / 24;
    private static final double S5 = 1.0 / 120;
    private static final double C6 = -1.0 / 720;
    private static final double S7 = -1.0 / 5040;
    private static final double C8 = 1.0 / 40320;
    private static final double S9 = 1.0 / 362880;
    private static final double C10 = -1.0 / 3628800;
    private static final double S11 = -1.0 / 39916800;
    private static final double C12 = 1.0 / 479001600;
    private static final double S13 = 1.0 / 6227020800L;
    private static final double C14 = -1.0 / 87178291200L;
    private static final double S15 = -1.0 / 1307674368000L;
    private static final double C16 = 1.0 / 20922789888000L;
    private static final double S17 = 1.0 / 355687428096000L;

    private Trigonometric() {}

    /**
     * 1, sqrt2 cos y, sqrt2 cos 2y, ... with y = frequency (x - shift).
     *
     * @param functions how many
     * @param frequency factor of the angle
     * @param shift where the angle is 0
     * @param x coordinates; not modified
     * @param from first point in {@code x}
     * @param count points
     * @param values receives function k of point n at {@code k * count + n}; modified
     * @param derivatives receives derivatives with respect to x likewise, or null; modified
     */
    static void cosines(
            int functions,
            double frequency,
            double shift,
            double[] x,
            int from,
            int count,
            double[] values,
            double[] derivatives) {
        constant(count, values, derivatives);
        Rotation rotation = ROTATION.get();
        for (int start = 0; start < count; start += TILE) {
            int points = Math.min(TILE, count - start);
            rotation.begin(frequency / Math.PI, shift, x, from + start, points);
            for (int k = 1; k < functions; k++) {
                rotation.turn(points);
                System.arraycopy(rotation.cosine, 0, values, k * count + start, points);
                if (derivatives != null) {
                    rotation.scale(-k * frequency, rotation.sine, points, derivatives, k * count + start);
                }
            }
        }
    }

    /**
     * 1, sqrt2 cos y, sqrt2 sin y, sqrt2 cos 2y, sqrt2 sin 2y, ... with y = frequency x.
     *
     * @param functions how many
     * @param frequency factor of the angle
     * @param x coordinates; not modified
     * @param from first point in {@code x}
     * @param count points
     * @param values receives function k of point n at {@code k * count + n}; modified
     * @param derivatives receives derivatives with respect to x likewise, or null; modified
     */
    static void harmonics(
            int functions, double frequency, double[] x, int from, int count, double[] values, double[] derivatives) {
        constant(count, values, derivatives);
        Rotation rotation = ROTATION.get();
        for (int start = 0; start < count; start += TILE) {
            int points = Math.min(TILE, count - start);
            rotation.begin(frequency / Math.PI, 0, x, from + start, points);
            for (int j = 1; j < functions; j++) {
                boolean even = (j & 1) == 1;
                if (even) {
                    rotation.turn(points);
                }
                System.arraycopy(even ? rotation.cosine : rotation.sine, 0, values, j * count + start, points);
                if (derivatives != null) {
                    double factor = (j + 1) / 2 * frequency;
                    rotation.scale(
                            even ? -factor : factor,
                            even ? rotation.sine : rotation.cosine,
                            points,
                            derivatives,
                            j * count + start);
                }
            }
        }
    }

    private static void constant(int count, double[] values, double[] derivatives) {
        Arrays.fill(values, 0, count, 1);
        if (derivatives != null) {
            Arrays.fill(derivatives, 0, count, 0);
        }
    }

    /** The pairs of one tile. */
    private static final class Rotation {
        final double[] cosine;
        final double[] sine;
        private final double[] stepCosine;
        private final double[] stepSine;
        private final double[] scaled;

        Rotation() {
            this.cosine = new double[TILE];
            this.sine = new double[TILE];
            this.stepCosine = new double[TILE];
            this.stepSine = new double[TILE];
            this.scaled = new double[TILE];
        }

        void begin(double halfTurns, double shift, double[] x, int from, int points) {
            for (int n = 0; n < points; n++) {
                // The step's sine holds the angle until it is overwritten.
                stepSine[n] = (x[from + n] - shift) * halfTurns;
            }
            cosineAndSine(stepSine, stepCosine, points);
            Arrays.fill(cosine, 0, points, SQRT2);
            Arrays.fill(sine, 0, points, 0);
        }

        void turn(int points) {
            turn(stepCosine, stepSine, cosine, sine, points);
        }

        void scale(double factor, double[] x, int points, double[] to, int at) {
            scale(factor, x, scaled, points);
            System.arraycopy(scaled, 0, to, at, points);
        }

        private static void scale(double factor, double[] x, double[] out, int points) {
            for (int n = 0; n < points; n++) {
                out[n] = factor * x[n];
            }
        }

        private static void turn(double[] stepCosine, double[] stepSine, double[] cosine, double[] sine, int points) {
            for (int n = 0; n < points; n++) {
                double c = cosine[n] * stepCosine[n] - sine[n] * stepSine[n];
                sine[n] = sine[n] * stepCosine[n] + cosine[n] * stepSine[n];
                cosine[n] = c;
            }
        }
    }

    /**
     * cos(pi u) and sin(pi u), without branches so that the loop is vectorised. With u reduced to [-1, 1] and q the
     * nearest multiple of 1/2, q = 2u rounded, the rest y = pi (u - q/2) is at most pi/4, where the series end with
     * y^16 / 16! and y^17 / 17!: what follows is below 3e-18. Then cos(q pi/2) = 1 - |q| and sin(q pi/2) = q (2 - |q|).
     *
     * @param u angles in half turns; overwritten with sines
     * @param cosine receives cosines; modified
     * @param points how many
     */
    static void cosineAndSine(double[] u, double[] cosine, int points) {
        for (int n = 0; n < points; n++) {
            double turn = u[n] - 2 * Math.rint(0.5 * u[n]);
            double q = Math.rint(2 * turn);
            double y = Math.PI * (turn - 0.5 * q);
            double s = y * y;
            double cos = 1 + s * (C2 + s * (C4 + s * (C6 + s * (C8 + s * (C10 + s * (C12 + s * (C14 + s * C16)))))));
            double sin =
                    y * (1 + s * (S3 + s * (S5 + s * (S7 + s * (S9 + s * (S11 + s * (S13 + s * (S15 + s * S17))))))));
            double quarterCosine = 1 - Math.abs(q);
            double quarterSine = q * (2 - Math.abs(q));
            cosine[n] = cos * quarterCosine - sin * quarterSine;
            u[n] = sin * quarterCosine + cos * quarterSine;
        }
    }

    /**
     * phi_a phi_b = (phi_(a+b) + phi_|a-b|) / sqrt2 for phi_k = sqrt2 cos k y, where phi_0 counts as sqrt2.
     *
     * @param degree highest k of a factor
     * @return the table of sizes degree + 1 and 2 degree + 1
     */
    static ProductTable cosineProducts(int degree) {
        return ProductTable.of(degree + 1, 2 * degree + 1, 0, (a, b, c) -> {
            if (a == 0) {
                return c == b ? 1 : 0;
            }
            double sum = c == a + b ? 1 / SQRT2 : 0;
            double difference = c == b - a ? (c == 0 ? 1 : 1 / SQRT2) : 0;
            return sum + difference;
        });
    }
}
