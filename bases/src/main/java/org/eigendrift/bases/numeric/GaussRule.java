package org.eigendrift.bases.numeric;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The Gauss rule of a probability law given by its Jacobi matrix: nodes are the matrix's eigenvalues (Golub and
 * Welsch 1969), refined by Newton's method on the orthonormal polynomial; weights are the Christoffel numbers
 * 1 / sum p_k(node)^2, which keeps the smallest weights accurate to their own size.
 */
public final class GaussRule {
    private static final int NEWTON_STEPS = 2;

    private final double[] nodes;
    private final double[] weights;

    /**
     * Computes the rule.
     *
     * @param a diagonal of the Jacobi matrix, at least {@code count + 1} numbers
     * @param b off-diagonal, as in {@link OrthonormalPolynomials}
     * @param count nodes
     */
    public GaussRule(double[] a, double[] b, int count) {
        this.nodes = eigenvalues(a, b, count);
        this.weights = new double[count];
        OrthonormalPolynomials polynomials = new OrthonormalPolynomials(a, b, 0, 1);
        double[] values = new double[(count + 1) * count];
        double[] derivatives = new double[(count + 1) * count];
        for (int step = 0; step <= NEWTON_STEPS; step++) {
            polynomials.valuesAndDerivatives(count + 1, nodes, 0, count, values, derivatives);
            for (int n = 0; n < count && step < NEWTON_STEPS; n++) {
                nodes[n] -= values[count * count + n] / derivatives[count * count + n];
            }
        }
        for (int n = 0; n < count; n++) {
            double sum = 0;
            for (int k = 0; k < count; k++) {
                sum += values[k * count + n] * values[k * count + n];
            }
            weights[n] = 1 / sum;
        }
    }

    private static double[] eigenvalues(double[] a, double[] b, int count) {
        DMatrixRMaj jacobi = new DMatrixRMaj(count, count);
        for (int k = 0; k < count; k++) {
            jacobi.set(k, k, a[k]);
            if (k > 0) {
                jacobi.set(k, k - 1, b[k]);
                jacobi.set(k - 1, k, b[k]);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(count, false, true);
        if (!eigen.decompose(jacobi)) {
            throw new IllegalStateException(
                    "the eigenvalues of a Jacobi matrix of order " + count + " did not converge");
        }
        double[] nodes = new double[count];
        for (int n = 0; n < count; n++) {
            nodes[n] = eigen.getEigenvalue(n).getReal();
        }
        Arrays.sort(nodes);
        return nodes;
    }

    /**
     * The nodes.
     *
     * @return ascending; the array itself
     */
    public double[] nodes() {
        return nodes;
    }

    /**
     * The weights.
     *
     * @return summing to 1; the array itself
     */
    public double[] weights() {
        return weights;
    }
}
