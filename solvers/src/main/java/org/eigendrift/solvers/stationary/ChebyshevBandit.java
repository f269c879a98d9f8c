package org.eigendrift.solvers.stationary;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.solvers.direct.CholeskyFactor;

/**
 * ChebCB, the contextual bandit of "Learning to relax" (Khodak, Chow, Balcan, Talwalkar; arXiv 2310.02246, section 4):
 * the cost of a candidate is regressed on Chebyshev polynomials of the context, and a candidate is drawn by inverse-gap
 * weighting, p_i = 1 / (d + gamma gap_i) for all but the one predicted to be best.
 *
 * <p>The context is the logarithm of the system's time. Beyond the paper, one regression serves all candidates: the
 * logarithm of the sweeps on products T_i(context) T_j(v) with v = -log(2 - omega), in which the sweeps for large
 * omega are an exponential, since the spectral radius there is omega - 1. Costs of one candidate so inform all. A trial
 * of any but the predicted best is given up for that one when it has used the sweeps predicted for it.
 */
final class ChebyshevBandit implements Relaxation {
    /** Degree in the context: sweeps vary slowly along the grid of times. */
    private static final int CONTEXT_DEGREE = 2;

    /** Degree in v: a valley between two slopes. */
    private static final int OMEGA_DEGREE = 4;

    /** Weight of the prior coefficients 0, in units of one observation of unit variance; of log sweeps, so small. */
    private static final double RIDGE = 0.01;

    /** Exploration: the expected excess of round t is at most 1 / (EXPLORATION sqrt(t)) of the best cost. */
    private static final double EXPLORATION = 16;

    /** Half-width in v of the second fit, which sees the valley that a polynomial on all of [-1, 1] smooths over. */
    private static final double WINDOW = 0.5;

    /** Systems solved with given candidates, the smallest first, before the regression decides. */
    private static final int DESIGN = 3;

    /** Sweeps beyond prediction after which even the best is given up, for the smallest candidate. */
    private static final double SURPRISE = 3;

    private final double[] grid;
    private final double[] v;
    private final CounterRandom random;
    private double[] contexts = new double[64];
    private int[] arms = new int[64];
    private double[] costs = new double[64];
    private int count;

    ChebyshevBandit(double[] grid, CounterRandom random) {
        this.grid = grid.clone();
        this.random = random;
        v = new double[grid.length];
        double largest = -Math.log(2 - grid[grid.length - 1]);
        for (int i = 0; i < v.length; i++) {
            v[i] = -1 - 2 * Math.log(2 - grid[i]) / largest;
        }
    }

    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public Trial choose(LinearSystem system) {
        if (count == costs.length) {
            contexts = Arrays.copyOf(contexts, 2 * count);
            arms = Arrays.copyOf(arms, 2 * count);
            costs = Arrays.copyOf(costs, 2 * count);
        }
        contexts[count] = Math.log(Math.max(system.time(), Double.MIN_NORMAL));
        if (count < DESIGN) {
            arms[count] = count * (grid.length - 1) / DESIGN;
            return count == 0
                    ? Trial.always(grid[0])
                    : new Trial(grid[arms[count]], budget(costs[count - 1], 1), grid[0]);
        }
        double[] predicted = predict();
        int best = smallest(predicted);
        arms[count] = draw(predicted, best);
        return arms[count] == best
                ? new Trial(grid[best], budget(predicted[best], SURPRISE), grid[0])
                : new Trial(grid[arms[count]], budget(predicted[best], 1), grid[best]);
    }

    private static int budget(double logSweeps, double factor) {
        return 1 + (int) Math.min(factor * Math.exp(logSweeps), 1e6);
    }

    @Override
    public void learn(int sweeps, double estimate) {
        costs[count++] = Math.log(Math.max(estimate, 1));
    }

    private int draw(double[] predicted, int best) {
        double gamma = EXPLORATION * grid.length * Math.sqrt(count + 1.0);
        double u = random.uniform(1, count);
        double below = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (i != best) {
                below += 1 / (grid.length + gamma * Math.expm1(predicted[i] - predicted[best]));
                if (u < below) {
                    return i;
                }
            }
        }
        return best;
    }

    /** Log sweeps of every candidate in the present context, by ridge regression on all that was seen. */
    private double[] predict() {
        double low = contexts[0];
        double high = contexts[0];
        double mean = 0;
        for (int k = 0; k <= count; k++) {
            low = Math.min(low, contexts[k]);
            high = Math.max(high, contexts[k]);
            mean += k < count ? costs[k] / count : 0;
        }
        double[] predicted = regress(low, high, mean, Double.NaN);
        int best = smallest(predicted);
        double[] local = regress(low, high, mean, v[best]);
        for (int arm = 0; arm < predicted.length; arm++) {
            if (Math.abs(v[arm] - v[best]) <= WINDOW) {
                predicted[arm] = local[arm];
            }
        }
        return predicted;
    }

    private static int smallest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] < values[best] ? i : best;
        }
        return best;
    }

    /** Predictions of a fit to all costs, or one that weighs those of candidates near a centre. */
    private double[] regress(double low, double high, double mean, double centre) {
        int m = (CONTEXT_DEGREE + 1) * (OMEGA_DEGREE + 1);
        double[] normal = new double[m * m];
        double[] coefficients = new double[m];
        double[] row = new double[m];
        for (int k = 0; k < count; k++) {
            features(scaled(contexts[k], low, high), v[arms[k]], row);
            double distance = Double.isNaN(centre) ? 0 : (v[arms[k]] - centre) / WINDOW;
            double weight = Math.exp(-distance * distance);
            for (int i = 0; i < m; i++) {
                coefficients[i] = Math.fma(weight * row[i], costs[k] - mean, coefficients[i]);
                for (int j = 0; j <= i; j++) {
                    normal[i * m + j] = Math.fma(weight * row[i], row[j], normal[i * m + j]);
                }
            }
        }
        CholeskyFactor factor = new CholeskyFactor();
        factor.factor(normal, 0, m, m, RIDGE);
        factor.solve(coefficients, 0);
        double[] predicted = new double[grid.length];
        for (int arm = 0; arm < predicted.length; arm++) {
            features(scaled(contexts[count], low, high), v[arm], row);
            predicted[arm] = mean;
            for (int i = 0; i < m; i++) {
                predicted[arm] = Math.fma(row[i], coefficients[i], predicted[arm]);
            }
        }
        return predicted;
    }

    private static double scaled(double context, double low, double high) {
        return high > low ? 2 * (context - low) / (high - low) - 1 : 0;
    }

    /** T_i(x) T_j(y) for all degrees. */
    private static void features(double x, double y, double[] out) {
        double tx = 1;
        double nextX = x;
        for (int i = 0; i <= CONTEXT_DEGREE; i++) {
            double ty = 1;
            double nextY = y;
            for (int j = 0; j <= OMEGA_DEGREE; j++) {
                out[i * (OMEGA_DEGREE + 1) + j] = tx * ty;
                double following = 2 * y * nextY - ty;
                ty = nextY;
                nextY = following;
            }
            double following = 2 * x * nextX - tx;
            tx = nextX;
            nextX = following;
        }
    }
}
