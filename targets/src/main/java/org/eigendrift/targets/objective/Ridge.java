package org.eigendrift.targets.objective;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.eigendrift.api.Points;
import org.eigendrift.targets.numeric.JacobiEigen;

/**
 * Ridge regression of centred features, with the weight whose leave-one-out errors are smallest: of row n the residual divided by 1 -
 * h_n, h_n its leverage.
 *
 * @param mean mean of the response
 * @param coefficients one for each feature
 * @param weight the ridge, beside mean products of features
 * @param error mean square leave-one-out error
 */
record Ridge(double mean, double[] coefficients, double weight, double error) {
    /** Weights that are tried: decades of the mean eigenvalue. */
    private static final int LOWEST = -12;

    private static final int HIGHEST = 3;
    private static final int STEPS = 3;

    /**
     * Fits.
     *
     * @param features of mean 0, a point for each row; not modified
     * @param response one for each row; not modified
     * @param fixed the weight; empty for the best
     */
    static Ridge of(Points features, double[] response, OptionalDouble fixed) {
        int p = features.dim();
        int rows = features.size();
        double[][] gram = new double[p][p];
        for (int a = 0; a < p; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int n = 0; n < rows; n++) {
                    sum += features.get(a, n) * features.get(b, n);
                }
                gram[a][b] = sum / rows;
                gram[b][a] = gram[a][b];
            }
        }
        JacobiEigen eigen = JacobiEigen.of(gram);
        Rotated rotated = Rotated.of(features, response, eigen);
        if (fixed.isPresent()) {
            return rotated.ridge(fixed.getAsDouble());
        }
        double scale = Arrays.stream(eigen.values()).average().orElseThrow();
        Ridge best = null;
        for (int k = LOWEST * STEPS; k <= HIGHEST * STEPS; k++) {
            Ridge next = rotated.ridge(scale * Math.pow(10, (double) k / STEPS));
            if (best == null || next.error < best.error) {
                best = next;
            }
        }
        return best;
    }

    /** The problem in the eigenvectors of the features' mean products, where every ridge is diagonal. */
    private record Rotated(Points features, double[] response, double mean, double[] products, JacobiEigen eigen) {
        static Rotated of(Points features, double[] response, JacobiEigen eigen) {
            int p = features.dim();
            Points rotated = Points.zeros(p, features.size());
            double[] products = new double[p];
            double mean = Arrays.stream(response).average().orElseThrow();
            for (int n = 0; n < features.size(); n++) {
                for (int k = 0; k < p; k++) {
                    double sum = 0;
                    for (int a = 0; a < p; a++) {
                        sum += eigen.vectors()[a][k] * features.get(a, n);
                    }
                    rotated.set(k, n, sum);
                    products[k] += sum * (response[n] - mean) / features.size();
                }
            }
            return new Rotated(rotated, response, mean, products, eigen);
        }

        Ridge ridge(double weight) {
            int p = products.length;
            double error = 0;
            for (int n = 0; n < response.length; n++) {
                double residual = response[n] - mean;
                double leverage = 1;
                for (int k = 0; k < p; k++) {
                    double share = features.get(k, n) / (eigen.values()[k] + weight);
                    residual -= share * products[k];
                    leverage += share * features.get(k, n);
                }
                double left = residual / (1 - leverage / response.length);
                error += left * left / response.length;
            }
            double[] coefficients = new double[p];
            for (int a = 0; a < p; a++) {
                for (int k = 0; k < p; k++) {
                    coefficients[a] += eigen.vectors()[a][k] * products[k] / (eigen.values()[k] + weight);
                }
            }
            return new Ridge(mean, coefficients, weight, error);
        }
    }
}
