package org.eigendrift.samplers.program;

import java.util.function.DoubleUnaryOperator;

/** Lagrange polynomials and their integrals against a weight. */
public final class Lagrange {
    /** Gauss-Legendre nodes on [-1, 1], 16 points: positive half (Abramowitz and Stegun, table 25.4). */
    private static final double[] NODES = {
        0.0950125098376374401853, 0.2816035507792589132305, 0.4580167776572273863424, 0.6178762444026437484467,
        0.7554044083550030338951, 0.8656312023878317438805, 0.9445750230732325760779, 0.9894009349916499325962
    };

    private static final double[] WEIGHTS = {
        0.1894506104550684962854, 0.1826034150449235888668, 0.1691565193950025381893, 0.1495959888165767320815,
        0.1246289712555338720525, 0.0951585116824927848099, 0.0622535239386478928628, 0.0271524594117540948518
    };

    private Lagrange() {}

    /**
     * A basis polynomial.
     *
     * @param nodes distinct nodes
     * @param j which node it is 1 at
     * @param x where
     * @return prod over k != j of (x - x_k) / (x_j - x_k)
     */
    public static double basis(double[] nodes, int j, double x) {
        double value = 1;
        for (int k = 0; k < nodes.length; k++) {
            if (k != j) {
                value *= (x - nodes[k]) / (nodes[j] - nodes[k]);
            }
        }
        return value;
    }

    /**
     * The integrals of weight times each basis polynomial, by Gauss-Legendre quadrature of 16 points on equal panels.
     *
     * @param nodes distinct nodes
     * @param from lower limit
     * @param to upper limit
     * @param panels panels
     * @param weight the weight
     * @return one integral for each node
     */
    public static double[] integrals(double[] nodes, double from, double to, int panels, DoubleUnaryOperator weight) {
        double[] out = new double[nodes.length];
        double half = (to - from) / (2 * panels);
        for (int panel = 0; panel < panels; panel++) {
            double centre = from + (2 * panel + 1) * half;
            for (int q = 0; q < 2 * NODES.length; q++) {
                int k = q >> 1;
                double x = centre + ((q & 1) == 0 ? half : -half) * NODES[k];
                double w = WEIGHTS[k] * half * weight.applyAsDouble(x);
                for (int j = 0; j < nodes.length; j++) {
                    out[j] += w * basis(nodes, j, x);
                }
            }
        }
        return out;
    }
}
