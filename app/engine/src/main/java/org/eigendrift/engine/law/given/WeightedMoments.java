package org.eigendrift.engine.law.given;

import java.util.Arrays;

/** First and second moments of weighted rows (b, a) about their means. */
final class WeightedMoments {
    private final int dim;
    private final int known;
    private final double total;
    private final double[] mean;

    /** Sums of products about the means, of b and then a, row-major, symmetric. */
    private final double[] products;

    WeightedMoments(double[][] a, double[][] b, double[] weights) {
        this(a[0].length, b[0].length, sums(a, b, weights));
    }

    /**
     * Moments of sums.
     *
     * @param dim modelled columns
     * @param known given columns
     * @param sums as {@link #add} has them
     */
    WeightedMoments(int dim, int known, double[] sums) {
        this.dim = dim;
        this.known = known;
        int width = known + dim;
        double sum = sums[0];
        double[] first = Arrays.copyOfRange(sums, 1, 1 + width);
        double[] second = new double[width * width];
        int at = 1 + width;
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                second[i * width + j] = sums[at++] - (sum == 0 ? 0 : first[i] * first[j] / sum);
                second[j * width + i] = second[i * width + j];
            }
        }
        for (int i = 0; i < width; i++) {
            first[i] = sum == 0 ? 0 : first[i] / sum;
        }
        this.total = sum;
        this.mean = first;
        this.products = second;
    }

    /** How many sums there are of so many columns: 1, the columns of b and then of a, and products of them. */
    static int size(int columns) {
        return 1 + columns + columns * (columns + 1) / 2;
    }

    private static double[] sums(double[][] a, double[][] b, double[] weights) {
        double[] sums = new double[size(a[0].length + b[0].length)];
        double[] row = new double[a[0].length + b[0].length];
        for (int n = 0; n < a.length; n++) {
            if (weights[n] > 0) {
                add(a[n], b[n], weights[n], row, (i, value) -> sums[i] += value);
            }
        }
        return sums;
    }

    /** Takes what a row adds to a sum. */
    interface Sums {
        void add(int sum, double value);
    }

    /** What a row of some weight adds to the sums; {@code row} is room for as many numbers as there are columns, and modified. */
    static void add(double[] a, double[] b, double weight, double[] row, Sums sums) {
        System.arraycopy(b, 0, row, 0, b.length);
        System.arraycopy(a, 0, row, b.length, a.length);
        sums.add(0, weight);
        int at = 1 + row.length;
        for (int i = 0; i < row.length; i++) {
            double weighted = weight * row[i];
            sums.add(1 + i, weighted);
            for (int j = 0; j <= i; j++) {
                sums.add(at++, weighted * row[j]);
            }
        }
    }

    int dim() {
        return dim;
    }

    /** Given columns. */
    int known() {
        return known;
    }

    double total() {
        return total;
    }

    /** Sum of products of given columns i and j. */
    double known(int i, int j) {
        return products[i * (known + dim) + j];
    }

    /** Sum of products of modelled column c and given column j. */
    double cross(int c, int j) {
        return products[(known + c) * (known + dim) + j];
    }

    private double modelled(int c, int d) {
        return products[(known + c) * (known + dim) + known + d];
    }

    /** The regression of some slopes: constants and slopes, a row for each modelled column. */
    double[] map(double[] slopes) {
        double[] map = new double[dim * (known + 1)];
        for (int c = 0; c < dim; c++) {
            double constant = mean[known + c];
            for (int j = 0; j < known; j++) {
                constant -= slopes[c * known + j] * mean[j];
                map[c * (known + 1) + 1 + j] = slopes[c * known + j];
            }
            map[c * (known + 1)] = constant;
        }
        return map;
    }

    /** The covariance of what slopes leave, and of a prior for some rows; full. */
    double[] covariance(double[] slopes, double rows, double[] prior, double least) {
        double[] half = new double[dim * known];
        for (int c = 0; c < dim; c++) {
            for (int j = 0; j < known; j++) {
                for (int i = 0; i < known; i++) {
                    half[c * known + j] += slopes[c * known + i] * known(i, j);
                }
            }
        }
        double[] out = new double[dim * dim];
        for (int c = 0; c < dim; c++) {
            for (int d = 0; d <= c; d++) {
                double sum = modelled(c, d);
                for (int j = 0; j < known; j++) {
                    sum += half[c * known + j] * slopes[d * known + j];
                    sum -= slopes[c * known + j] * cross(d, j) + slopes[d * known + j] * cross(c, j);
                }
                out[c * dim + d] = (sum + rows * prior[c * dim + d]) / (total + rows) + (c == d ? least : 0);
                out[d * dim + c] = out[c * dim + d];
            }
        }
        return out;
    }

    /** The mean of what is given; a new array. */
    double[] place() {
        return Arrays.copyOf(mean, known);
    }

    /** The covariance of what is given, and of a sphere for some rows; full. */
    double[] spread(double rows, double sphere, double least) {
        double[] out = new double[known * known];
        for (int i = 0; i < known; i++) {
            for (int j = 0; j < known; j++) {
                double prior = i == j ? rows * sphere : 0;
                out[i * known + j] = (known(i, j) + prior) / Math.max(total + rows, 1e-300) + (i == j ? least : 0);
            }
        }
        return out;
    }
}
