package org.eigendrift.samplers.program;

/**
 * An explicit Runge-Kutta method.
 *
 * @param order its order
 * @param c nodes
 * @param a stage coefficients, row i of length i
 * @param b weights
 */
public record Tableau(int order, double[] c, double[][] a, double[] b) {

    /** Euler, order 1. */
    public static final Tableau EULER = new Tableau(1, new double[] {0}, new double[][] {{}}, new double[] {1});

    /** Heun's method (explicit trapezoid), order 2. */
    public static final Tableau HEUN =
            new Tableau(2, new double[] {0, 1}, new double[][] {{}, {1}}, new double[] {0.5, 0.5});

    /** Midpoint, order 2. */
    public static final Tableau MIDPOINT =
            new Tableau(2, new double[] {0, 0.5}, new double[][] {{}, {0.5}}, new double[] {0, 1});

    /** Kutta's third-order method. */
    public static final Tableau KUTTA3 = new Tableau(
            3, new double[] {0, 0.5, 1}, new double[][] {{}, {0.5}, {-1, 2}}, new double[] {1. / 6, 2. / 3, 1. / 6});

    /** Heun's third-order method. */
    public static final Tableau HEUN3 = new Tableau(
            3, new double[] {0, 1. / 3, 2. / 3}, new double[][] {{}, {1. / 3}, {0, 2. / 3}}, new double[] {0.25, 0, 0.75
            });

    /** Van der Houwen's and Wray's third-order method. */
    public static final Tableau HOUWEN3 = new Tableau(
            3, new double[] {0, 8. / 15, 2. / 3}, new double[][] {{}, {8. / 15}, {0.25, 5. / 12}}, new double[] {
                0.25, 0, 0.75
            });

    /** Ralston's third-order method. */
    public static final Tableau RALSTON3 = new Tableau(
            3, new double[] {0, 0.5, 0.75}, new double[][] {{}, {0.5}, {0, 0.75}}, new double[] {2. / 9, 1. / 3, 4. / 9
            });

    /** The strong-stability-preserving third-order method. */
    public static final Tableau SSP3 = new Tableau(
            3, new double[] {0, 1, 0.5}, new double[][] {{}, {1}, {0.25, 0.25}}, new double[] {1. / 6, 1. / 6, 2. / 3});

    /** The classical fourth-order method. */
    public static final Tableau RK4 = new Tableau(
            4, new double[] {0, 0.5, 0.5, 1}, new double[][] {{}, {0.5}, {0, 0.5}, {0, 0, 1}}, new double[] {
                1. / 6, 1. / 3, 1. / 3, 1. / 6
            });

    /** The slope at a place of the independent variable. */
    @FunctionalInterface
    public interface Slope {
        /**
         * Writes the evaluation of a slope.
         *
         * @param s independent variable
         * @param y state
         * @return dy/ds
         */
        Lin at(double s, Lin y);
    }

    /**
     * Writes one step.
     *
     * @param y state at {@code from}
     * @param from where the step begins
     * @param to where it ends
     * @param slope dy/ds
     * @return the state at {@code to}
     */
    public Lin step(Lin y, double from, double to, Slope slope) {
        return advance(y, to - from, slopes(y, from, to, slope));
    }

    /**
     * Writes the stages of a step.
     *
     * @param y state at {@code from}
     * @param from where the step begins
     * @param to where it ends
     * @param slope dy/ds
     * @return the stages' slopes
     */
    public Lin[] slopes(Lin y, double from, double to, Slope slope) {
        double h = to - from;
        Lin[] k = new Lin[c.length];
        for (int i = 0; i < c.length; i++) {
            Lin stage = y;
            for (int j = 0; j < i; j++) {
                stage = stage.plus(k[j].times(h * a[i][j]));
            }
            k[i] = slope.at(c[i] == 1 ? to : from + c[i] * h, stage);
        }
        return k;
    }

    /**
     * Combines the stages of a step.
     *
     * @param y state where the step begins
     * @param h length of the step
     * @param slopes the stages' slopes
     * @return the state where the step ends: y + h sum_i b_i k_i
     */
    public Lin advance(Lin y, double h, Lin[] slopes) {
        Lin sum = y;
        for (int i = 0; i < b.length; i++) {
            sum = sum.plus(slopes[i].times(h * b[i]));
        }
        return sum;
    }
}
