package org.eigendrift.engine.assembly;

import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;

/** Gamma(phi_a, phi_b) = sum_i D_i a_i d_i phi_a d_i phi_b at points, by loops. */
final class Carre {
    private Carre() {}

    /** For each function and coordinate sqrt(D_i a_i) d_i phi at a point, so that Gamma is a scalar product. */
    static double[][] gradients(ProductBasis basis, int[][] degrees, double[] x) {
        int dim = basis.dim();
        double[][] values = new double[dim][];
        double[][] slopes = new double[dim][];
        for (int i = 0; i < dim; i++) {
            CoordinateBasis c = basis.coordinate(i);
            values[i] = new double[c.size()];
            slopes[i] = new double[c.size()];
            c.basis().valuesAndDerivatives(c.size(), x, i, 1, values[i], slopes[i]);
        }
        double[][] gradients = new double[degrees.length][dim];
        for (int f = 0; f < degrees.length; f++) {
            for (int i = 0; i < dim; i++) {
                CoordinateBasis c = basis.coordinate(i);
                double product = Math.sqrt(c.timeScale() * c.basis().diffusion(x[i]));
                for (int j = 0; j < dim; j++) {
                    product *= j == i ? slopes[j][degrees[f][j]] : values[j][degrees[f][j]];
                }
                gradients[f][i] = degrees[f][i] == 0 ? 0 : product;
            }
        }
        return gradients;
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    static double[][] average(ProductBasis basis, Points rows) {
        int[][] degrees = Families.multiDegrees(basis);
        double[][] average = new double[degrees.length][degrees.length];
        for (int n = 0; n < rows.size(); n++) {
            double[][] gradients = gradients(basis, degrees, rows.row(n));
            for (int a = 0; a < degrees.length; a++) {
                for (int b = 0; b < degrees.length; b++) {
                    average[a][b] += dot(gradients[a], gradients[b]) / rows.size();
                }
            }
        }
        return average;
    }

    /** Whether a symmetric matrix is positive definite, by elimination; the matrix is overwritten. */
    static boolean choleskySucceeds(double[][] a) {
        int n = a.length;
        for (int k = 0; k < n; k++) {
            if (!(a[k][k] > 0)) {
                return false;
            }
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k + 1; j <= i; j++) {
                    a[i][j] -= factor * a[j][k];
                }
            }
        }
        return true;
    }
}
