package org.eigendrift.engine.law.given;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.eigendrift.engine.kernel.LogSum;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * A mixture of normal laws, not normalised: the sum of {@code exp(logWeights)} is what it weighs. Immutable, thread-safe.
 *
 * @param logWeights one for each component; shared
 * @param means one for each component; shared
 * @param factors lower Cholesky factor of each covariance, row-major; shared
 */
record Gaussians(double[] logWeights, double[][] means, double[][] factors) {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    int dim() {
        return means[0].length;
    }

    int size() {
        return means.length;
    }

    /** The logarithm of what it weighs. */
    double logMass() {
        return LogSum.of(logWeights);
    }

    double logDensity(double[] x) {
        double[] logs = new double[size()];
        for (int k = 0; k < logs.length; k++) {
            logs[k] = logWeights[k] + logNormal(x, means[k], factors[k]);
        }
        return LogSum.of(logs);
    }

    static double logNormal(double[] x, double[] mean, double[] factor) {
        int dim = mean.length;
        double[] z = new double[dim];
        double sum = -0.5 * dim * LOG_TWO_PI;
        for (int i = 0; i < dim; i++) {
            double left = x[i] - mean[i];
            for (int j = 0; j < i; j++) {
                left -= factor[i * dim + j] * z[j];
            }
            z[i] = left / factor[i * dim + i];
            sum -= 0.5 * z[i] * z[i] + Math.log(factor[i * dim + i]);
        }
        return sum;
    }

    /**
     * A draw.
     *
     * @param share in (0, 1), picks the component
     * @param normals gives standard normal numbers
     * @return a new array
     */
    double[] draw(double share, IntToDoubleFunction normals) {
        int dim = dim();
        int k = component(share);
        double[] z = new double[dim];
        double[] x = means[k].clone();
        for (int i = 0; i < dim; i++) {
            z[i] = normals.applyAsDouble(i);
            for (int j = 0; j <= i; j++) {
                x[i] += factors[k][i * dim + j] * z[j];
            }
        }
        return x;
    }

    private int component(double share) {
        double total = logMass();
        double left = share;
        int last = 0;
        for (int k = 0; k < size(); k++) {
            double weight = Math.exp(logWeights[k] - total);
            if (weight > 0) {
                last = k;
                if (left < weight) {
                    return k;
                }
                left -= weight;
            }
        }
        return last;
    }

    /**
     * The mixture of the other columns where some have values, weighed by the density of these: by blocks of each
     * component, mean m_o + S_of S_ff^-1 (v - m_f) and covariance S_oo - S_of S_ff^-1 S_fo.
     *
     * @param fixed which columns have values, ascending
     * @param values theirs
     * @return a mixture of as many columns as are left, perhaps none
     */
    Gaussians given(int[] fixed, double[] values) {
        int[] left = rest(fixed);
        double[] logs = new double[size()];
        double[][] centres = new double[size()][];
        double[][] roots = new double[size()][];
        for (int k = 0; k < size(); k++) {
            double[] covariance = covariance(factors[k], dim());
            double[] known = block(covariance, fixed, fixed);
            LowerTriangle.factor(known, fixed.length);
            double[] mean = pick(means[k], fixed);
            logs[k] = logWeights[k] + logNormal(values, mean, known);
            double[] gain = new double[fixed.length];
            Arrays.setAll(gain, i -> values[i] - mean[i]);
            LowerTriangle.solve(known, fixed.length, gain);
            centres[k] = pick(means[k], left);
            double[] cross = block(covariance, left, fixed);
            roots[k] = block(covariance, left, left);
            for (int i = 0; i < left.length; i++) {
                double[] row = Arrays.copyOfRange(cross, i * fixed.length, (i + 1) * fixed.length);
                centres[k][i] += dot(row, gain, 0);
                LowerTriangle.solve(known, fixed.length, row);
                for (int j = 0; j < left.length; j++) {
                    roots[k][i * left.length + j] -= dot(row, cross, j * fixed.length);
                }
            }
            LowerTriangle.factor(roots[k], left.length);
        }
        return new Gaussians(logs, centres, roots);
    }

    /** The mixture of some columns alone. */
    Gaussians marginal(int[] kept) {
        double[][] centres = new double[size()][];
        double[][] roots = new double[size()][];
        for (int k = 0; k < size(); k++) {
            centres[k] = pick(means[k], kept);
            roots[k] = block(covariance(factors[k], dim()), kept, kept);
            LowerTriangle.factor(roots[k], kept.length);
        }
        return new Gaussians(logWeights, centres, roots);
    }

    private static double dot(double[] x, double[] y, int from) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[from + i];
        }
        return sum;
    }

    private int[] rest(int[] fixed) {
        int[] left = new int[dim() - fixed.length];
        int at = 0;
        for (int i = 0; i < dim(); i++) {
            if (Arrays.binarySearch(fixed, i) < 0) {
                left[at++] = i;
            }
        }
        return left;
    }

    static double[] pick(double[] x, int[] which) {
        double[] out = new double[which.length];
        Arrays.setAll(out, i -> x[which[i]]);
        return out;
    }

    private double[] block(double[] matrix, int[] rows, int[] columns) {
        double[] out = new double[rows.length * columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                out[i * columns.length + j] = matrix[rows[i] * dim() + columns[j]];
            }
        }
        return out;
    }

    private static double[] covariance(double[] factor, int dim) {
        double[] out = new double[dim * dim];
        for (int i = 0; i < dim; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += factor[i * dim + k] * factor[j * dim + k];
                }
                out[i * dim + j] = sum;
                out[j * dim + i] = sum;
            }
        }
        return out;
    }
}
