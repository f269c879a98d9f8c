package org.eigendrift.solvers.stationary;

import java.util.Arrays;
import org.eigendrift.api.Fused;
import org.eigendrift.solvers.factor.CholeskyFactor;

/**
 * What is known of the sweeps that candidates for omega need: the logarithm of those seen, regressed on products
 * T_i(context) T_j(v) of Chebyshev polynomials with v = -log(2 - omega), in which the sweeps for large omega are an
 * exponential, since the spectral radius there is omega - 1. Costs of one candidate so inform all.
 */
final class SweepRegression {
    /** Weight of the prior coefficients 0, in units of one observation of unit variance; of log sweeps, so small. */
    private static final double RIDGE = 0.01;

    /** Half-width in v of the second fit, which sees the valley that a polynomial on all of [-1, 1] smooths over. */
    private static final double WINDOW = 0.5;

    private final int contextDegree;
    private final int omegaDegree;
    private final double[] v;
    private double[] contexts = new double[64];
    private int[] arms = new int[64];
    private double[] costs = new double[64];
    private int count;

    /**
     * Nothing seen yet.
     *
     * @param grid candidates, ascending from 1
     * @param contextDegree degree in the context; 0 to look at none
     * @param omegaDegree degree in v
     */
    SweepRegression(double[] grid, int contextDegree, int omegaDegree) {
        this.contextDegree = contextDegree;
        this.omegaDegree = omegaDegree;
        v = new double[grid.length];
        double largest = -Math.log(2 - grid[grid.length - 1]);
        for (int i = 0; i < v.length; i++) {
            v[i] = -1 - 2 * Math.log(2 - grid[i]) / largest;
        }
    }

    int count() {
        return count;
    }

    /** The logarithm of the sweeps last seen. */
    double lastCost() {
        return costs[count - 1];
    }

    void add(double context, int arm, double cost) {
        if (count == costs.length) {
            contexts = Arrays.copyOf(contexts, 2 * count);
            arms = Arrays.copyOf(arms, 2 * count);
            costs = Arrays.copyOf(costs, 2 * count);
        }
        contexts[count] = context;
        arms[count] = arm;
        costs[count++] = cost;
    }

    /**
     * Log sweeps of every candidate, by ridge regression on all that was seen.
     *
     * @param context of the present system
     * @param memory weight of an observation beside the one after it, in (0, 1]
     * @return predictions
     */
    double[] predict(double context, double memory) {
        double low = context;
        double high = context;
        double[] weights = new double[count];
        for (int k = count - 1; k >= 0; k--) {
            low = Math.min(low, contexts[k]);
            high = Math.max(high, contexts[k]);
            weights[k] = k == count - 1 ? 1 : memory * weights[k + 1];
        }
        double[][] rows = new double[count][];
        for (int k = 0; k < count; k++) {
            rows[k] = features(scaled(contexts[k], low, high), v[arms[k]]);
        }
        double here = scaled(context, low, high);
        double[] predicted = regress(rows, weights, here);
        int best = smallest(predicted);
        for (int k = 0; k < count; k++) {
            double distance = (v[arms[k]] - v[best]) / WINDOW;
            weights[k] *= Math.exp(-distance * distance);
        }
        double[] local = regress(rows, weights, here);
        double centre = v[best];
        for (int arm = 0; arm < predicted.length; arm++) {
            predicted[arm] = Math.abs(v[arm] - centre) <= WINDOW ? local[arm] : predicted[arm];
        }
        return predicted;
    }

    static int smallest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] < values[best] ? i : best;
        }
        return best;
    }

    private double[] regress(double[][] rows, double[] weights, double here) {
        int m = (contextDegree + 1) * (omegaDegree + 1);
        double[] normal = new double[m * m];
        double[] coefficients = new double[m];
        double mean = mean(weights);
        for (int k = 0; k < count; k++) {
            double[] row = rows[k];
            for (int i = 0; i < m; i++) {
                coefficients[i] = Fused.multiplyAdd(weights[k] * row[i], costs[k] - mean, coefficients[i]);
                for (int j = 0; j <= i; j++) {
                    normal[i * m + j] = Fused.multiplyAdd(weights[k] * row[i], row[j], normal[i * m + j]);
                }
            }
        }
        CholeskyFactor factor = new CholeskyFactor();
        factor.factor(normal, 0, m, m, RIDGE);
        factor.solve(coefficients, 0);
        double[] predicted = new double[v.length];
        for (int arm = 0; arm < predicted.length; arm++) {
            double[] row = features(here, v[arm]);
            predicted[arm] = mean;
            for (int i = 0; i < m; i++) {
                predicted[arm] = Fused.multiplyAdd(row[i], coefficients[i], predicted[arm]);
            }
        }
        return predicted;
    }

    private double mean(double[] weights) {
        double sum = 0;
        double total = 0;
        for (int k = 0; k < count; k++) {
            sum += weights[k] * costs[k];
            total += weights[k];
        }
        return sum / total;
    }

    private static double scaled(double context, double low, double high) {
        return high > low ? 2 * (context - low) / (high - low) - 1 : 0;
    }

    /** T_i(x) T_j(y) for all degrees. */
    private double[] features(double x, double y) {
        double[] out = new double[(contextDegree + 1) * (omegaDegree + 1)];
        double tx = 1;
        double nextX = x;
        for (int i = 0; i <= contextDegree; i++) {
            double ty = 1;
            double nextY = y;
            for (int j = 0; j <= omegaDegree; j++) {
                out[i * (omegaDegree + 1) + j] = tx * ty;
                double following = 2 * y * nextY - ty;
                ty = nextY;
                nextY = following;
            }
            double following = 2 * x * nextX - tx;
            tx = nextX;
            nextX = following;
        }
        return out;
    }
}
