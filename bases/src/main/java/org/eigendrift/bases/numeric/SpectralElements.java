package org.eigendrift.bases.numeric;

import org.eigendrift.api.NumericalException;

/**
 * The Sturm-Liouville problem -(pi f')' = lambda pi f on an interval with f' = 0 at both ends, by spectral elements:
 * continuous functions that are polynomials of degree p on each of E equal elements, Gauss-Lobatto nodes and
 * quadrature (Patera 1984). The mass matrix is diagonal, so the problem becomes a standard symmetric one of
 * half-bandwidth p; eigenvalues converge like the power 2p of the element's length. A final Rayleigh-Ritz step with exact
 * integration makes the functions orthonormal to rounding.
 *
 * <p>With psi = sqrt(mass) f every entry of the matrix is of the size of the squared inverse node distance, however
 * small pi is in the tails.
 */
public final class SpectralElements {
    private final int elements;
    private final int order;
    private final double half;
    private final double[] nodes;
    private final double[] weights;
    private final double[] differentiation;
    private final double[] transform;

    /**
     * Creates the discretisation.
     *
     * @param lower lower end
     * @param upper upper end
     * @param elements E
     * @param order p
     */
    public SpectralElements(double lower, double upper, int elements, int order) {
        this.elements = elements;
        this.order = order;
        this.half = 0.5 * (upper - lower) / elements;
        double[][] rule = Legendre.lobatto(order);
        this.nodes = rule[0];
        this.weights = rule[1];
        int stride = order + 1;
        this.transform = new double[stride * stride];
        this.differentiation = new double[stride * stride];
        double[][] slopes = new double[stride][];
        for (int q = 0; q < stride; q++) {
            double[] values = new double[stride];
            slopes[q] = new double[stride];
            Legendre.evaluate(nodes[q], values, slopes[q]);
            for (int j = 0; j < stride; j++) {
                // The discrete norm of P_p under the rule is 2 / p, all others are exact.
                double norm = j == order ? 2.0 / order : 2.0 / (2 * j + 1);
                transform[j * stride + q] = weights[q] * values[j] / norm;
            }
        }
        for (int q = 0; q < stride; q++) {
            for (int r = 0; r < stride; r++) {
                double sum = 0;
                for (int j = 0; j < stride; j++) {
                    sum += slopes[q][j] * transform[j * stride + r];
                }
                differentiation[q * stride + r] = sum;
            }
        }
    }

    /** The density at a node. */
    @FunctionalInterface
    public interface Density {

        /**
         * Evaluates the density.
         *
         * @param element 0 to E - 1
         * @param xi local coordinate in [-1, 1]
         * @return pi, positive
         */
        double at(int element, double xi);
    }

    /**
     * Eigenpairs, lambda_0 = 0 and f_0 = 1 first.
     *
     * @param values eigenvalues, ascending
     * @param coefficients of function k, polynomial P_j, element e at {@code (e * (p + 1) + j) * count + k}
     */
    public record Solution(double[] values, double[] coefficients) {}

    /**
     * Solves for the smallest eigenvalues.
     *
     * @param density pi, continuous
     * @param variance of pi; sets the shift
     * @param count pairs, at least 2, the constant included
     * @return the pairs; functions are orthonormal and positive at the upper end
     * @throws NumericalException if they did not converge
     */
    public Solution solve(Density density, double variance, int count) {
        int size = elements * order + 1;
        int stride = order + 1;
        double[] weighted = new double[elements * stride];
        double[] root = new double[size];
        for (int e = 0; e < elements; e++) {
            for (int q = 0; q < stride; q++) {
                weighted[e * stride + q] = weights[q] * density.at(e, nodes[q]);
                root[e * order + q] += half * weighted[e * stride + q];
            }
        }
        for (int i = 0; i < size; i++) {
            root[i] = Math.sqrt(root[i]);
        }
        // Any fraction of the bound lambda_1 <= 1 / variance keeps the shifted matrix well away from singular.
        BandedCholesky shifted = new BandedCholesky(size, order, band(weighted, root, 0.1 / variance));
        double[] constant = root.clone();
        double norm = 0;
        for (double r : root) {
            norm += r * r;
        }
        for (int i = 0; i < size; i++) {
            constant[i] /= Math.sqrt(norm);
        }
        double[] coefficients = coefficients(InverseLanczos.eigenvectors(shifted, constant, count - 1), root);
        return new RitzRefinement(elements, order, count, half, coefficients, density).solve();
    }

    private double[] band(double[] weighted, double[] root, double shift) {
        int stride = order + 1;
        double[] band = new double[root.length * stride];
        for (int e = 0; e < elements; e++) {
            for (int i = 0; i < stride; i++) {
                for (int j = 0; j <= i; j++) {
                    double sum = 0;
                    for (int q = 0; q < stride; q++) {
                        sum += weighted[e * stride + q]
                                * differentiation[q * stride + i]
                                * differentiation[q * stride + j];
                    }
                    int row = e * order + i;
                    int column = e * order + j;
                    band[row * stride + order + column - row] += sum / (half * root[row] * root[column]);
                }
            }
        }
        for (int i = 0; i < root.length; i++) {
            band[i * stride + order] += shift;
        }
        return band;
    }

    private double[] coefficients(double[][] vectors, double[] root) {
        int stride = order + 1;
        int count = vectors.length + 1;
        double[] coefficients = new double[elements * stride * count];
        for (int e = 0; e < elements; e++) {
            coefficients[e * stride * count] = 1;
        }
        for (int k = 1; k < count; k++) {
            double[] f = vectors[k - 1];
            for (int i = 0; i < f.length; i++) {
                f[i] /= root[i];
            }
            for (int e = 0; e < elements; e++) {
                for (int j = 0; j < stride; j++) {
                    double sum = 0;
                    for (int q = 0; q < stride; q++) {
                        sum += transform[j * stride + q] * f[e * order + q];
                    }
                    coefficients[(e * stride + j) * count + k] = sum;
                }
            }
        }
        return coefficients;
    }
}
