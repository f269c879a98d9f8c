package org.eigendrift.targets.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.CounterRandom;

/**
 * Draws of missing values given the values of their row, from a Gaussian whose mean and covariance are estimated by maximum
 * likelihood from incomplete rows: the EM algorithm (Dempster, Laird, Rubin 1977; Little and Rubin, "Statistical analysis with
 * missing data", section 11.2). With o the observed and m the missing columns of a row, x_m given x_o is
 *
 * <pre>
 *     N( mu_m + S_mo S_oo^-1 (x_o - mu_o),  S_mm - S_mo S_oo^-1 S_om ).
 * </pre>
 *
 * Columns are standardised first. Thread-safe once made.
 */
final class GaussianFill {
    /** Iterations end when no entry of mean and covariance, in standard deviations, moves by more. */
    private static final double TOLERANCE = 1e-9;

    private static final int ITERATIONS = 500;

    /** Least variance left of a column given others, in units of its own: columns may be functions of each other. */
    private static final double LEAST = 1e-10;

    /** Patterns whose regressions are kept. */
    private static final int KEPT = 256;

    private final int dim;
    private final double[] centre;
    private final double[] scale;
    private final double[] mean;
    private final double[][] covariance;
    private final Map<BitSet, Regression> regressions = new HashMap<>();

    /**
     * Estimates mean and covariance.
     *
     * @param rows rows with NaN for missing values, each column with at least one value; not modified
     */
    GaussianFill(double[][] rows) {
        this.dim = rows[0].length;
        this.centre = new double[dim];
        this.scale = new double[dim];
        this.mean = new double[dim];
        this.covariance = new double[dim][dim];
        double[][] standard = standardise(rows);
        Map<BitSet, List<double[]>> patterns = new LinkedHashMap<>();
        for (double[] row : standard) {
            patterns.computeIfAbsent(missing(row), p -> new ArrayList<>()).add(row);
        }
        for (int i = 0; i < dim; i++) {
            covariance[i][i] = 1;
        }
        double moved = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < ITERATIONS && moved > TOLERANCE; iteration++) {
            moved = step(patterns, rows.length);
        }
    }

    private double[][] standardise(double[][] rows) {
        for (int i = 0; i < dim; i++) {
            double sum = 0;
            double squares = 0;
            int count = 0;
            for (double[] row : rows) {
                if (!Double.isNaN(row[i])) {
                    sum += row[i];
                    count++;
                }
            }
            centre[i] = sum / count;
            for (double[] row : rows) {
                if (!Double.isNaN(row[i])) {
                    squares += (row[i] - centre[i]) * (row[i] - centre[i]);
                }
            }
            // A constant column keeps its value.
            scale[i] = squares > 0 ? Math.sqrt(squares / count) : 1;
        }
        double[][] standard = new double[rows.length][dim];
        for (int n = 0; n < rows.length; n++) {
            for (int i = 0; i < dim; i++) {
                standard[n][i] = (rows[n][i] - centre[i]) / scale[i];
            }
        }
        return standard;
    }

    private static BitSet missing(double[] row) {
        BitSet missing = new BitSet();
        for (int i = 0; i < row.length; i++) {
            missing.set(i, Double.isNaN(row[i]));
        }
        return missing;
    }

    /** One step of the algorithm; the largest change of an entry. */
    private double step(Map<BitSet, List<double[]>> patterns, int rows) {
        double[] sum = new double[dim];
        double[][] products = new double[dim][dim];
        double[] filled = new double[dim];
        for (Map.Entry<BitSet, List<double[]>> entry : patterns.entrySet()) {
            Regression regression = new Regression(entry.getKey());
            for (double[] row : entry.getValue()) {
                System.arraycopy(row, 0, filled, 0, dim);
                regression.expect(filled);
                for (int i = 0; i < dim; i++) {
                    sum[i] += filled[i];
                    for (int j = 0; j <= i; j++) {
                        products[i][j] += filled[i] * filled[j];
                    }
                }
            }
            regression.addSpread(products, entry.getValue().size());
        }
        double moved = 0;
        for (int i = 0; i < dim; i++) {
            moved = Math.max(moved, Math.abs(sum[i] / rows - mean[i]));
            mean[i] = sum[i] / rows;
        }
        for (int i = 0; i < dim; i++) {
            for (int j = 0; j <= i; j++) {
                double entry = products[i][j] / rows - mean[i] * mean[j];
                moved = Math.max(moved, Math.abs(entry - covariance[i][j]));
                covariance[i][j] = entry;
                covariance[j][i] = entry;
            }
        }
        return moved;
    }

    /**
     * The estimated mean.
     *
     * @param i a column
     * @return in the column's units
     */
    double mean(int i) {
        return centre[i] + scale[i] * mean[i];
    }

    /**
     * The estimated covariance.
     *
     * @param i a column
     * @param j a column
     * @return in the columns' units
     */
    double covariance(int i, int j) {
        return scale[i] * scale[j] * covariance[i][j];
    }

    /**
     * Fills a row in.
     *
     * @param row a row with NaN for missing values; modified
     * @param random random numbers
     * @param stream the row's number
     */
    void draw(double[] row, CounterRandom random, long stream) {
        double[] standard = new double[dim];
        for (int i = 0; i < dim; i++) {
            standard[i] = (row[i] - centre[i]) / scale[i];
        }
        BitSet missing = missing(row);
        Regression regression = regression(missing);
        regression.expect(standard);
        regression.addNoise(standard, random, stream);
        for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
            row[i] = centre[i] + scale[i] * standard[i];
        }
    }

    private Regression regression(BitSet missing) {
        synchronized (regressions) {
            Regression known = regressions.get(missing);
            if (known == null) {
                known = new Regression(missing);
                if (regressions.size() < KEPT) {
                    regressions.put(missing, known);
                }
            }
            return known;
        }
    }

    /** Missing columns given observed ones, for one pattern. */
    private final class Regression {
        private final int[] absent;
        private final int[] seen;
        private final double[] mu = mean.clone();
        /** S_mo S_oo^-1. */
        private final double[][] slopes;
        /** Covariance of the missing given the observed. */
        private final double[][] spread;
        /** Its Cholesky factor. */
        private final double[][] factor;

        Regression(BitSet missing) {
            absent = missing.stream().toArray();
            BitSet others = new BitSet();
            others.set(0, dim);
            others.andNot(missing);
            seen = others.stream().toArray();
            double[][] observed = cholesky(block(seen, seen));
            slopes = new double[absent.length][];
            for (int k = 0; k < absent.length; k++) {
                double[] side = new double[seen.length];
                for (int j = 0; j < seen.length; j++) {
                    side[j] = covariance[absent[k]][seen[j]];
                }
                slopes[k] = solve(observed, side);
            }
            spread = block(absent, absent);
            for (int k = 0; k < absent.length; k++) {
                for (int l = 0; l < absent.length; l++) {
                    for (int j = 0; j < seen.length; j++) {
                        spread[k][l] -= slopes[k][j] * covariance[seen[j]][absent[l]];
                    }
                }
            }
            factor = cholesky(spread);
        }

        private double[][] block(int[] a, int[] b) {
            double[][] block = new double[a.length][b.length];
            for (int k = 0; k < a.length; k++) {
                for (int l = 0; l < b.length; l++) {
                    block[k][l] = covariance[a[k]][b[l]];
                }
            }
            return block;
        }

        /** Replaces missing values by their conditional means. */
        void expect(double[] row) {
            for (int k = 0; k < absent.length; k++) {
                double value = mu[absent[k]];
                for (int j = 0; j < seen.length; j++) {
                    value += slopes[k][j] * (row[seen[j]] - mu[seen[j]]);
                }
                row[absent[k]] = value;
            }
        }

        void addSpread(double[][] products, int rows) {
            for (int k = 0; k < absent.length; k++) {
                for (int l = 0; l <= k; l++) {
                    products[absent[k]][absent[l]] += rows * spread[k][l];
                }
            }
        }

        void addNoise(double[] row, CounterRandom random, long stream) {
            for (int k = 0; k < absent.length; k++) {
                for (int l = 0; l <= k; l++) {
                    row[absent[k]] += factor[k][l] * random.normal(stream, absent[l]);
                }
            }
        }
    }

    private static double[][] cholesky(double[][] matrix) {
        int n = matrix.length;
        double[][] factor = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(Math.max(LEAST, sum)) : sum / factor[j][j];
            }
        }
        return factor;
    }

    private static double[] solve(double[][] factor, double[] side) {
        double[] x = Arrays.copyOf(side, side.length);
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= factor[i][k] * x[k];
            }
            x[i] /= factor[i][i];
        }
        for (int i = x.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < x.length; k++) {
                x[i] -= factor[k][i] * x[k];
            }
            x[i] /= factor[i][i];
        }
        return x;
    }
}
