package org.eigendrift.engine.law.given;

import java.util.Arrays;
import org.eigendrift.engine.kernel.LowerTriangle;

/** Slopes that some regressions share: generalised least squares, drawn towards the slopes of all rows. */
final class Slopes {
    private final int dim;
    private final int known;
    private final double ridge;
    private final double[] all;
    private final double[] pooled;
    private final double[] around;

    /**
     * Prepares.
     *
     * @param dim modelled columns
     * @param known given columns
     * @param ridge rows' worth of shrinkage
     * @param moments of all rows
     */
    Slopes(int dim, int known, double ridge, WeightedMoments moments) {
        this.dim = dim;
        this.known = known;
        this.ridge = ridge;
        double[] normal = new double[known * known];
        this.all = new double[dim * known];
        for (int i = 0; i < known; i++) {
            for (int j = 0; j <= i; j++) {
                normal[i * known + j] = moments.known(i, j) + (i == j ? 1 : 0);
            }
        }
        LowerTriangle.factor(normal, known);
        for (int c = 0; c < dim; c++) {
            double[] right = new double[known];
            for (int j = 0; j < known; j++) {
                right[j] = moments.cross(c, j);
            }
            LowerTriangle.solve(normal, known, right);
            System.arraycopy(right, 0, all, c * known, known);
        }
        this.pooled = moments.map(all);
        this.around = moments.covariance(all, 0, new double[dim * dim], 1e-9);
    }

    /** Constants and slopes of all rows. */
    double[] pooled() {
        return pooled;
    }

    /** The covariance of what they leave. */
    double[] around() {
        return around;
    }

    /** The same, shrunk to a part of the room. */
    double[] prior(int parts) {
        double room = Math.pow(parts, -2.0 / dim);
        return Arrays.stream(around).map(v -> v * room).toArray();
    }

    /**
     * The slopes of some regressions: of sum over k of S_k^-1 (D_k - B C_k) + ridge P (B_0 - B) = 0, with C_k and D_k the sums of products of
     * given columns, and of modelled with given ones, and P the mean precision.
     *
     * @param moments of each regression's rows
     * @param factors of their covariances so far; null if they are not known, which counts as equal
     * @return slopes, a row for each modelled column
     */
    double[] of(WeightedMoments[] moments, double[][] factors) {
        int size = dim * known;
        double[] normal = new double[size * size];
        double[] right = new double[size];
        double[] mean = new double[dim * dim];
        double total =
                Arrays.stream(moments).mapToDouble(WeightedMoments::total).sum();
        for (int k = 0; k < moments.length; k++) {
            double[] precision = precision(factors == null ? null : factors[k]);
            for (int c = 0; c < dim; c++) {
                for (int d = 0; d < dim; d++) {
                    double p = precision[c * dim + d];
                    mean[c * dim + d] += total == 0 ? 0 : p * moments[k].total() / total;
                    for (int j = 0; j < known && p != 0; j++) {
                        right[c * known + j] += p * moments[k].cross(d, j);
                        for (int i = 0; i < known; i++) {
                            normal[(c * known + j) * size + d * known + i] += p * moments[k].known(i, j);
                        }
                    }
                }
            }
        }
        for (int c = 0; c < dim; c++) {
            for (int d = 0; d < dim; d++) {
                double p = total == 0 ? (c == d ? 1 : 0) : mean[c * dim + d];
                for (int j = 0; j < known; j++) {
                    normal[(c * known + j) * size + d * known + j] += ridge * p;
                    right[c * known + j] += ridge * p * all[d * known + j];
                }
            }
        }
        LowerTriangle.factor(normal, size);
        LowerTriangle.solve(normal, size, right);
        return right;
    }

    private double[] precision(double[] factor) {
        double[] out = new double[dim * dim];
        if (factor == null) {
            for (int i = 0; i < dim; i++) {
                out[i * dim + i] = 1;
            }
            return out;
        }
        double[] inverse = LowerTriangle.inverse(factor, dim);
        for (int i = 0; i < dim; i++) {
            for (int j = 0; j < dim; j++) {
                for (int k = Math.max(i, j); k < dim; k++) {
                    out[i * dim + j] += inverse[k * dim + i] * inverse[k * dim + j];
                }
            }
        }
        return out;
    }
}
