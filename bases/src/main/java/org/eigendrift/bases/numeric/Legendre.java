package org.eigendrift.bases.numeric;

/** Legendre polynomials P_j and the quadrature rules that go with them, on [-1, 1]. */
public final class Legendre {
    private Legendre() {}

    /**
     * The Gauss-Legendre rule.
     *
     * @param count nodes
     * @return nodes ascending, then weights, which sum to 2
     */
    public static double[][] gauss(int count) {
        double[] b = new double[count + 1];
        for (int k = 1; k <= count; k++) {
            b[k] = k / Math.sqrt(4.0 * k * k - 1);
        }
        GaussRule rule = new GaussRule(new double[count + 1], b, count);
        double[] weights = rule.weights().clone();
        for (int n = 0; n < count; n++) {
            weights[n] *= 2;
        }
        return new double[][] {rule.nodes().clone(), weights};
    }

    /**
     * The Gauss-Lobatto rule: both ends and the zeros of P_p', which are the Gauss nodes of the weight 1 - x^2; weights
     * 2 / (p (p + 1) P_p^2).
     *
     * @param p degree, at least 2; the rule has p + 1 nodes
     * @return nodes ascending, then weights, which sum to 2
     */
    public static double[][] lobatto(int p) {
        double[] b = new double[p];
        for (int k = 1; k < p; k++) {
            // Gautschi, table 1.1, for the Jacobi weight with both exponents 1.
            b[k] = Math.sqrt(k * (k + 2.0) / ((2.0 * k + 1) * (2 * k + 3)));
        }
        GaussRule inner = new GaussRule(new double[p], b, p - 1);
        double[] nodes = new double[p + 1];
        nodes[0] = -1;
        nodes[p] = 1;
        System.arraycopy(inner.nodes(), 0, nodes, 1, p - 1);
        double[] weights = new double[p + 1];
        double[] values = new double[p + 1];
        double[] derivatives = new double[p + 1];
        for (int n = 0; n <= p; n++) {
            evaluate(nodes[n], values, derivatives);
            weights[n] = 2 / (p * (p + 1) * values[p] * values[p]);
        }
        return new double[][] {nodes, weights};
    }

    /**
     * P_0 to P_p and their derivatives: (j + 1) P_(j+1) = (2j + 1) x P_j - j P_(j-1) and
     * P'_(j+1) = P'_(j-1) + (2j + 1) P_j.
     *
     * @param x a point
     * @param values receives p + 1 values; modified
     * @param derivatives receives as many derivatives; modified
     */
    public static void evaluate(double x, double[] values, double[] derivatives) {
        values[0] = 1;
        derivatives[0] = 0;
        values[1] = x;
        derivatives[1] = 1;
        for (int j = 1; j + 1 < values.length; j++) {
            values[j + 1] = ((2 * j + 1) * x * values[j] - j * values[j - 1]) / (j + 1);
            derivatives[j + 1] = derivatives[j - 1] + (2 * j + 1) * values[j];
        }
    }
}
