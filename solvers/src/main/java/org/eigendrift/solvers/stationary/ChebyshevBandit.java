package org.eigendrift.solvers.stationary;

import org.eigendrift.api.CounterRandom;

/**
 * ChebCB, the contextual bandit of "Learning to relax" (Khodak, Chow, Balcan, Talwalkar; arXiv 2310.02246, section 4):
 * the cost of a candidate is regressed on Chebyshev polynomials of the context, and a candidate is drawn by inverse-gap
 * weighting, p_i = 1 / (d + gamma gap_i) for all but the one predicted to be best.
 *
 * <p>The context is the logarithm of the system's time. Beyond the paper, one regression serves all candidates, and
 * trials are given up.
 */
final class ChebyshevBandit extends SweepBandit {
    /** Degree in the context: sweeps vary slowly along the grid of times. */
    private static final int CONTEXT_DEGREE = 2;

    /** Degree in v: a valley between two slopes. */
    private static final int OMEGA_DEGREE = 4;

    /** Exploration: the expected excess of round t is at most 1 / (EXPLORATION sqrt(t)) of the best cost. */
    private static final double EXPLORATION = 16;

    private final SweepRegression seen;
    private final CounterRandom random;

    ChebyshevBandit(double[] grid, CounterRandom random) {
        super(grid);
        this.seen = new SweepRegression(grid, CONTEXT_DEGREE, OMEGA_DEGREE);
        this.random = random;
    }

    @Override
    SweepRegression seen() {
        return seen;
    }

    @Override
    double[] predict(double context) {
        return seen.predict(context, 1);
    }

    @Override
    int draw(double[] predicted, int best) {
        int count = seen.count();
        double gamma = EXPLORATION * predicted.length * Math.sqrt(count + 1.0);
        double u = random.uniform(1, count);
        double below = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (i != best) {
                below += 1 / (predicted.length + gamma * Math.expm1(predicted[i] - predicted[best]));
                if (u < below) {
                    return i;
                }
            }
        }
        return best;
    }
}
