package org.eigendrift.samplers.program;

import java.util.Arrays;

/**
 * A linear combination of the values of a {@link Program}: sum_k c_k v_k, plus a constant. Each coefficient is one
 * number for all coordinates or one for each. Immutable.
 */
public final class Lin {
    /** The empty sum. */
    public static final Lin ZERO = new Lin(new int[0], new double[0][]);

    /** The value that is 1 everywhere: its coefficient is the constant. */
    static final int ONE = -1;

    private final int[] values;
    private final double[][] coefficients;

    private Lin(int[] values, double[][] coefficients) {
        this.values = values;
        this.coefficients = coefficients;
    }

    static Lin of(int value) {
        return new Lin(new int[] {value}, new double[][] {{1}});
    }

    /**
     * A constant.
     *
     * @param c one number, or one for each coordinate; not modified
     * @return the combination that is c at every point
     */
    public static Lin constant(double... c) {
        return new Lin(new int[] {ONE}, new double[][] {c.clone()});
    }

    /**
     * The multiple of this combination.
     *
     * @param c the factor
     * @return c times this
     */
    public Lin times(double c) {
        return times(new double[] {c});
    }

    /**
     * The multiple of this combination, coordinate by coordinate.
     *
     * @param c the factors, one or one for each coordinate; not modified
     * @return c times this; zero factors drop the terms
     */
    public Lin times(double[] c) {
        if (isZero(c)) {
            return ZERO;
        }
        double[][] scaled = new double[values.length][];
        for (int k = 0; k < values.length; k++) {
            scaled[k] = product(coefficients[k], c);
        }
        return new Lin(values, scaled);
    }

    /**
     * The sum.
     *
     * @param other another combination of the same program
     * @return this + other, like terms collected
     */
    public Lin plus(Lin other) {
        int[] ids = Arrays.copyOf(values, values.length + other.values.length);
        double[][] sums = Arrays.copyOf(coefficients, ids.length);
        int size = values.length;
        for (int k = 0; k < other.values.length; k++) {
            int at = 0;
            while (at < size && ids[at] != other.values[k]) {
                at++;
            }
            if (at < size) {
                sums[at] = sum(sums[at], other.coefficients[k]);
            } else {
                ids[size] = other.values[k];
                sums[size++] = other.coefficients[k];
            }
        }
        return new Lin(Arrays.copyOf(ids, size), Arrays.copyOf(sums, size));
    }

    /**
     * The difference.
     *
     * @param other another combination of the same program
     * @return this - other
     */
    public Lin minus(Lin other) {
        return plus(other.times(-1));
    }

    int terms() {
        return values.length;
    }

    int value(int k) {
        return values[k];
    }

    double[] coefficient(int k) {
        return coefficients[k];
    }

    /** Whether this is one value and nothing else, so that nothing needs computing. */
    boolean isValue() {
        return values.length == 1 && values[0] != ONE && coefficients[0].length == 1 && coefficients[0][0] == 1;
    }

    private static boolean isZero(double[] c) {
        for (double v : c) {
            if (v != 0) {
                return false;
            }
        }
        return true;
    }

    private static double[] product(double[] a, double[] b) {
        double[] out = new double[Math.max(a.length, b.length)];
        for (int i = 0; i < out.length; i++) {
            out[i] = a[a.length == 1 ? 0 : i] * b[b.length == 1 ? 0 : i];
        }
        return out;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] out = new double[Math.max(a.length, b.length)];
        for (int i = 0; i < out.length; i++) {
            out[i] = a[a.length == 1 ? 0 : i] + b[b.length == 1 ? 0 : i];
        }
        return out;
    }
}
