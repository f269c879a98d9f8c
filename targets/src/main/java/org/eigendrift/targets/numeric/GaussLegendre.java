package org.eigendrift.targets.numeric;

/**
 * Gauss-Legendre quadrature on [-1, 1]: sum_j w_j f(x_j) is exact for polynomials of degree 2n - 1.
 *
 * @param nodes roots of the Legendre polynomial P_n, ascending
 * @param weights 2 / ((1 - x_j^2) P_n'(x_j)^2)
 */
public record GaussLegendre(double[] nodes, double[] weights) {

    /**
     * Computes nodes and weights by Newton's method from Tricomi's approximation.
     *
     * @param n nodes, at least 1
     * @return the rule
     */
    public static GaussLegendre of(int n) {
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int j = 0; j < n; j++) {
            double x = -Math.cos(Math.PI * (j + 0.75) / (n + 0.5));
            double derivative = 1;
            // Newton doubles the digits at each step; Tricomi's start has at least two.
            for (int step = 0; step < 8; step++) {
                double previous = 1;
                double value = x;
                for (int k = 2; k <= n; k++) {
                    double next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
                    previous = value;
                    value = next;
                }
                derivative = n * (previous - x * value) / (1 - x * x);
                x -= value / derivative;
            }
            nodes[j] = x;
            weights[j] = 2 / ((1 - x * x) * derivative * derivative);
        }
        return new GaussLegendre(nodes, weights);
    }
}
