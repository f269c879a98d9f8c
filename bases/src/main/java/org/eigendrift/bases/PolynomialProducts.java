package org.eigendrift.bases;

import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.bases.numeric.GaussRule;
import org.eigendrift.bases.numeric.OrthonormalPolynomials;

/**
 * Products of orthonormal polynomials, C[a,b,c] = E[p_a p_b p_c], by the Gauss rule with 2 degree + 1 nodes, which is
 * exact for the degree 4 degree that occurs. C is 0 unless c lies between b - a and a + b.
 */
final class PolynomialProducts {
    private PolynomialProducts() {}

    /**
     * Computes the table.
     *
     * @param a diagonal of the Jacobi matrix, at least 2 degree + 2 numbers
     * @param b off-diagonal, as in {@link OrthonormalPolynomials}
     * @param degree highest degree of a factor
     * @return the table of sizes degree + 1 and 2 degree + 1
     */
    static ProductTable of(double[] a, double[] b, int degree) {
        int functions = 2 * degree + 1;
        int nodes = functions;
        GaussRule rule = new GaussRule(a, b, nodes);
        double[] values = new double[functions * nodes];
        new OrthonormalPolynomials(a, b, 0, 1).values(functions, rule.nodes(), 0, nodes, values);
        // Values at far nodes overflow when three are multiplied; with the root of the weight two of them cannot.
        double[] weighted = new double[functions * nodes];
        for (int k = 0; k < functions; k++) {
            for (int n = 0; n < nodes; n++) {
                weighted[k * nodes + n] = values[k * nodes + n] * Math.sqrt(rule.weights()[n]);
            }
        }
        double[] pair = new double[nodes];
        int[] current = {-1, -1};
        return ProductTable.of(degree + 1, functions, 0, (i, j, k) -> {
            if (k < j - i || k > i + j) {
                return 0;
            }
            if (i == 0) {
                return 1;
            }
            if (current[0] != i || current[1] != j) {
                current[0] = i;
                current[1] = j;
                for (int n = 0; n < nodes; n++) {
                    pair[n] = weighted[i * nodes + n] * weighted[j * nodes + n];
                }
            }
            double sum = 0;
            for (int n = 0; n < nodes; n++) {
                sum += pair[n] * values[k * nodes + n];
            }
            return sum;
        });
    }
}
