package org.eigendrift.bases.numeric;

import org.eigendrift.api.NumericalException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * Makes approximate eigenfunctions on spectral elements orthonormal under exact integration, by the Rayleigh-Ritz
 * method in their own span: Gauss quadrature instead of the Lobatto rule, whose lumped mass leaves errors of 1e-7 in
 * the highest functions.
 */
final class RitzRefinement {
    /** Exact for two factors of degree 10 and a density of degree 3 within an element. */
    private static final int NODES = 12;

    private final int elements;
    private final int order;
    private final int count;
    private final double half;
    private final double[] coefficients;
    private final double[] weights;
    private double[] values;
    private double[] slopes;

    /**
     * Prepares the quadrature.
     *
     * @param elements number of elements
     * @param order degree of the functions on an element
     * @param count functions, the constant first
     * @param half half the length of an element
     * @param coefficients as in {@link SpectralElements.Solution}; modified
     * @param density the weight function
     */
    RitzRefinement(
            int elements, int order, int count, double half, double[] coefficients, SpectralElements.Density density) {
        this.elements = elements;
        this.order = order;
        this.count = count;
        this.half = half;
        this.coefficients = coefficients;
        this.weights = new double[elements * NODES];
        double[] nodes = Legendre.gauss(NODES)[0];
        double[] gauss = Legendre.gauss(NODES)[1];
        for (int e = 0; e < elements; e++) {
            for (int q = 0; q < NODES; q++) {
                weights[e * NODES + q] = half * gauss[q] * density.at(e, nodes[q]);
            }
        }
    }

    /**
     * Refines.
     *
     * @return eigenvalues as Rayleigh quotients, and functions orthonormal, in ascending order
     */
    SpectralElements.Solution solve() {
        sample();
        removeMeans();
        int size = count - 1;
        DMatrixRMaj gram = products(values);
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(size, true);
        if (!cholesky.decompose(gram)) {
            throw new NumericalException("the first " + count + " eigenfunctions are linearly dependent on " + elements
                    + " elements of degree " + order);
        }
        DMatrixRMaj inverse = new DMatrixRMaj(size, size);
        CommonOps_DDRM.invert(cholesky.getT(null), inverse);
        DMatrixRMaj half = new DMatrixRMaj(size, size);
        DMatrixRMaj reduced = new DMatrixRMaj(size, size);
        CommonOps_DDRM.mult(inverse, products(slopes), half);
        CommonOps_DDRM.multTransB(half, inverse, reduced);
        CommonOps_DDRM.transpose(inverse);
        rotate(inverse, columns(SymmetricEigen.of(reduced).vectors()));
        sample();
        double[] energies = new double[count];
        for (int k = 1; k < count; k++) {
            energies[k] = product(slopes, k, k);
            if (!(energies[k] > energies[k - 1])) {
                throw new NumericalException("eigenvalue " + k + " of a Sturm-Liouville problem is " + energies[k]
                        + ", not above the one before it, " + energies[k - 1]);
            }
        }
        return new SpectralElements.Solution(energies, coefficients);
    }

    /** Values and derivatives of all functions at all nodes. */
    private void sample() {
        double[] nodes = Legendre.gauss(NODES)[0];
        int stride = order + 1;
        double[] legendre = new double[stride];
        double[] derivative = new double[stride];
        int points = elements * NODES;
        values = new double[count * points];
        slopes = new double[count * points];
        for (int q = 0; q < NODES; q++) {
            Legendre.evaluate(nodes[q], legendre, derivative);
            for (int e = 0; e < elements; e++) {
                for (int k = 0; k < count; k++) {
                    double value = 0;
                    double slope = 0;
                    for (int j = 0; j < stride; j++) {
                        double c = coefficients[(e * stride + j) * count + k];
                        value += legendre[j] * c;
                        slope += derivative[j] * c;
                    }
                    values[k * points + e * NODES + q] = value;
                    slopes[k * points + e * NODES + q] = slope / half;
                }
            }
        }
    }

    private void removeMeans() {
        int points = weights.length;
        double mass = product(values, 0, 0);
        for (int k = 1; k < count; k++) {
            double mean = product(values, k, 0) / mass;
            for (int n = 0; n < points; n++) {
                values[k * points + n] -= mean;
            }
            for (int e = 0; e < elements; e++) {
                coefficients[e * (order + 1) * count + k] -= mean;
            }
        }
    }

    private DMatrixRMaj products(double[] f) {
        DMatrixRMaj matrix = new DMatrixRMaj(count - 1, count - 1);
        for (int k = 1; k < count; k++) {
            for (int l = 1; l <= k; l++) {
                double sum = product(f, k, l);
                matrix.set(k - 1, l - 1, sum);
                matrix.set(l - 1, k - 1, sum);
            }
        }
        return matrix;
    }

    private double product(double[] f, int k, int l) {
        int points = weights.length;
        double sum = 0;
        for (int n = 0; n < points; n++) {
            sum += weights[n] * f[k * points + n] * f[l * points + n];
        }
        return sum;
    }

    /** Eigenvectors as columns, eigenvalues ascending. */
    private static DMatrixRMaj columns(double[][] vectors) {
        int size = vectors.length;
        DMatrixRMaj matrix = new DMatrixRMaj(size, size);
        for (int k = 0; k < size; k++) {
            for (int i = 0; i < size; i++) {
                matrix.set(i, k, vectors[k][i]);
            }
        }
        return matrix;
    }

    /** Replaces functions 1, 2, ... by their combinations with the columns of left times right. */
    private void rotate(DMatrixRMaj left, DMatrixRMaj right) {
        int size = count - 1;
        DMatrixRMaj rotation = new DMatrixRMaj(size, size);
        CommonOps_DDRM.mult(left, right, rotation);
        double[] row = new double[size];
        int last = elements - 1;
        for (int at = 0; at < coefficients.length; at += count) {
            for (int k = 0; k < size; k++) {
                row[k] = 0;
            }
            for (int l = 0; l < size; l++) {
                double c = coefficients[at + 1 + l];
                for (int k = 0; k < size; k++) {
                    row[k] += c * rotation.data[l * size + k];
                }
            }
            System.arraycopy(row, 0, coefficients, at + 1, size);
        }
        for (int k = 1; k < count; k++) {
            double end = 0;
            for (int j = 0; j <= order; j++) {
                end += coefficients[(last * (order + 1) + j) * count + k];
            }
            for (int at = k; at < coefficients.length && end < 0; at += count) {
                coefficients[at] = -coefficients[at];
            }
        }
    }
}
