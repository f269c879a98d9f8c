package org.eigendrift.bases.numeric;

import java.util.Arrays;

/**
 * Orthonormal polynomials p_0 = 1, p_1, ... in y = (x - shift) / scale, from the normalised three-term recurrence
 *
 * <pre>b_(k+1) p_(k+1) = (y - a_k) p_k - b_k p_(k-1)</pre>
 *
 * <p>whose a and b are the diagonal and the off-diagonal of the Jacobi matrix (Gautschi, "Orthogonal Polynomials:
 * Computation and Approximation", section 1.3). Derivatives come from the differentiated recurrence. Leading
 * coefficients are positive.
 */
public final class OrthonormalPolynomials {
    private static final int TILE = 512;

    private final double[] a;
    private final double[] b;
    private final double shift;
    private final double scale;

    /**
     * Creates the family.
     *
     * @param a diagonal of the Jacobi matrix, one number a polynomial
     * @param b off-diagonal, of the same length: b[k] couples k - 1 and k, b[0] is not used
     * @param shift of the variable
     * @param scale of the variable, positive
     */
    public OrthonormalPolynomials(double[] a, double[] b, double shift, double scale) {
        this.a = a;
        this.b = b;
        this.shift = shift;
        this.scale = scale;
    }

    /**
     * Evaluates polynomials.
     *
     * @param functions how many
     * @param x coordinates; not modified
     * @param from first point in {@code x}
     * @param count points
     * @param values receives p_k of point n at {@code k * count + n}; modified
     */
    public void values(int functions, double[] x, int from, int count, double[] values) {
        Arrays.fill(values, 0, count, 1);
        int tile = Math.min(TILE, count);
        double[] y = new double[tile];
        double[] last = new double[tile];
        double[] next = new double[tile];
        for (int start = 0; start < count; start += TILE) {
            int points = Math.min(TILE, count - start);
            variable(x, from + start, points, y);
            Arrays.fill(last, 0, points, 1);
            Arrays.fill(next, 0, points, 0);
            for (int k = 1; k < functions; k++) {
                step(1 / b[k], a[k - 1] / b[k], b[k - 1] / b[k], y, last, next, points);
                System.arraycopy(next, 0, values, k * count + start, points);
                double[] swap = last;
                last = next;
                next = swap;
            }
        }
    }

    /**
     * Evaluates polynomials and their derivatives with respect to x.
     *
     * @param functions how many
     * @param x coordinates; not modified
     * @param from first point in {@code x}
     * @param count points
     * @param values receives p_k of point n at {@code k * count + n}; modified
     * @param derivatives receives dp_k/dx likewise; modified
     */
    public void valuesAndDerivatives(
            int functions, double[] x, int from, int count, double[] values, double[] derivatives) {
        Arrays.fill(values, 0, count, 1);
        Arrays.fill(derivatives, 0, count, 0);
        int tile = Math.min(TILE, count);
        double[] y = new double[tile];
        double[] last = new double[tile];
        double[] next = new double[tile];
        double[] slope = new double[tile];
        double[] nextSlope = new double[tile];
        for (int start = 0; start < count; start += TILE) {
            int points = Math.min(TILE, count - start);
            variable(x, from + start, points, y);
            Arrays.fill(last, 0, points, 1);
            Arrays.fill(next, 0, points, 0);
            Arrays.fill(slope, 0, points, 0);
            Arrays.fill(nextSlope, 0, points, 0);
            for (int k = 1; k < functions; k++) {
                double inverse = 1 / b[k];
                slopeStep(
                        inverse, a[k - 1] / b[k], b[k - 1] / b[k], inverse / scale, y, last, slope, nextSlope, points);
                step(inverse, a[k - 1] / b[k], b[k - 1] / b[k], y, last, next, points);
                System.arraycopy(next, 0, values, k * count + start, points);
                System.arraycopy(nextSlope, 0, derivatives, k * count + start, points);
                double[] swap = last;
                last = next;
                next = swap;
                swap = slope;
                slope = nextSlope;
                nextSlope = swap;
            }
        }
    }

    private void variable(double[] x, int from, int points, double[] y) {
        for (int n = 0; n < points; n++) {
            y[n] = (x[from + n] - shift) / scale;
        }
    }

    /** Overwrites p_(k-1) in {@code next} with p_(k+1). */
    private static void step(
            double alpha, double beta, double gamma, double[] y, double[] last, double[] next, int points) {
        for (int n = 0; n < points; n++) {
            next[n] = (alpha * y[n] - beta) * last[n] - gamma * next[n];
        }
    }

    /** Overwrites p'_(k-1) in {@code next} with p'_(k+1). */
    private static void slopeStep(
            double alpha,
            double beta,
            double gamma,
            double chain,
            double[] y,
            double[] value,
            double[] last,
            double[] next,
            int points) {
        for (int n = 0; n < points; n++) {
            next[n] = (alpha * y[n] - beta) * last[n] + chain * value[n] - gamma * next[n];
        }
    }
}
