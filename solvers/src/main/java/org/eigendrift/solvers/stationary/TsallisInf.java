package org.eigendrift.solvers.stationary;

import org.eigendrift.api.CounterRandom;

/**
 * Tsallis-INF (Zimmert, Seldin 2021) over a grid of omegas, as Khodak, Chow, Balcan and Talwalkar use it ("Learning to
 * relax", arXiv 2310.02246, algorithm 1): candidate i is drawn with probability
 *
 * <pre>  p_i = 4 / (eta (L_i - z))^2,  eta = c / sqrt(n),  z such that the p_i sum to 1,</pre>
 *
 * where L_i is its total loss over n systems. What departs from the paper: the losses come from one regression of the
 * sweeps on omega, without context, instead of from importance weights, whose variance at hundreds of systems hides
 * the differences that count; L_i is n times the predicted excess over the best, relative to it, and c is larger in
 * proportion. Older observations are forgotten at the one of three rates that has predicted best lately, so that a
 * drift along the sequence is followed. The guarantee of the paper, which rests on unbiased losses, is given up for
 * it.
 */
final class TsallisInf extends SweepBandit {
    private static final int NEWTON_STEPS = 50;

    /** Degree in v: a valley, its two slopes unlike. */
    private static final int OMEGA_DEGREE = 3;

    /** Memories that compete: the last ten systems, the last thirty, all. */
    private static final double[] MEMORIES = {0.9, 0.97, 1};

    /** Weight of an error of prediction beside the next one's. */
    private static final double ERROR_MEMORY = 0.97;

    /** c; the paper's is 2, for losses of importance weights. */
    private static final double LEARNING_RATE = 128;

    /** Log excess beyond which a candidate is bad enough: 150 times the sweeps. */
    private static final double HOPELESS = 5;

    private final SweepRegression seen;
    private final CounterRandom random;
    private final double[] losses;
    private final double[] probabilities;
    private final double[][] predictions = new double[MEMORIES.length][];
    private final double[] errors = new double[MEMORIES.length];

    TsallisInf(double[] grid, CounterRandom random) {
        super(grid);
        this.seen = new SweepRegression(grid, 0, OMEGA_DEGREE);
        this.random = random;
        this.losses = new double[grid.length];
        this.probabilities = new double[grid.length];
    }

    @Override
    SweepRegression seen() {
        return seen;
    }

    @Override
    double[] predict(double context) {
        for (int m = 0; m < MEMORIES.length; m++) {
            predictions[m] = seen.predict(context, MEMORIES[m]);
        }
        return predictions[SweepRegression.smallest(errors)];
    }

    @Override
    int draw(double[] predicted, int best) {
        double systems = 0;
        double memory = MEMORIES[SweepRegression.smallest(errors)];
        for (int k = 0; k < seen.count(); k++) {
            systems = 1 + memory * systems;
        }
        for (int i = 0; i < losses.length; i++) {
            losses[i] = systems * Math.expm1(Math.min(predicted[i] - predicted[best], HOPELESS));
        }
        distribution(losses, 1, LEARNING_RATE / Math.sqrt(systems), probabilities);
        double u = random.uniform(0, seen.count());
        int drawn = 0;
        for (double below = probabilities[0]; u > below && drawn < losses.length - 1; ) {
            below += probabilities[++drawn];
        }
        return drawn;
    }

    @Override
    void judge(int arm, double cost) {
        for (int m = 0; m < MEMORIES.length && predictions[m] != null; m++) {
            double error = predictions[m][arm] - cost;
            errors[m] = ERROR_MEMORY * errors[m] + error * error;
        }
    }

    /**
     * Newton's method on sum p_i(z) = 1, from below the smallest loss, where the sum is convex and increasing: its
     * slope is eta times the sum of p_i^(3/2). From above it falls monotonically and quadratically; where it is stopped early all the
     * same, the last line makes a distribution of what there is, and a draw from it is as good a trial.
     */
    static void distribution(double[] losses, double scale, double eta, double[] p) {
        double least = losses[0];
        for (double loss : losses) {
            least = Math.min(least, loss);
        }
        // At this z the smallest loss alone has probability 1, so the sum is at least 1 and Newton falls monotonically.
        double z = least / scale - 2 / eta;
        for (int step = 0; step < NEWTON_STEPS; step++) {
            weigh(losses, scale, eta, z, p);
            double next = z - (sum(p) - 1) / (eta * sumOfPowers(p));
            if (!(next < z)) {
                break;
            }
            z = next;
        }
        weigh(losses, scale, eta, z, p);
        double sum = sum(p);
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
    }

    private static void weigh(double[] losses, double scale, double eta, double z, double[] p) {
        for (int i = 0; i < p.length; i++) {
            double gap = eta * (losses[i] / scale - z);
            p[i] = 4 / (gap * gap);
        }
    }

    private static double sum(double[] p) {
        double sum = 0;
        for (double value : p) {
            sum += value;
        }
        return sum;
    }

    private static double sumOfPowers(double[] p) {
        double sum = 0;
        for (double value : p) {
            sum += value * Math.sqrt(value);
        }
        return sum;
    }
}
