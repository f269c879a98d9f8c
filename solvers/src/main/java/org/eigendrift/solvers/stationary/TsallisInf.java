package org.eigendrift.solvers.stationary;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.linear.LinearSystem;

/**
 * Tsallis-INF (Zimmert, Seldin 2021) over a grid of omegas, as Khodak, Chow, Balcan and Talwalkar use it ("Learning to
 * relax", arXiv 2310.02246, algorithm 1): candidate i is drawn with probability
 *
 * <pre>  p_i = 4 / (eta (k_i / scale - z))^2,  eta = 2 / sqrt(t),  z such that the p_i sum to 1,</pre>
 *
 * where k_i estimates the candidate's total of sweeps beyond the first by importance weighting, and the scale is the
 * mean of those seen. Beyond the paper, a candidate is given up for the best so far when it has used as many
 * sweeps as the last systems did: sweeps of any omega make progress, so a bad draw about doubles the cost at most.
 */
final class TsallisInf implements Relaxation {
    private static final int NEWTON_STEPS = 50;

    /** Systems over which the budget of a trial is averaged. */
    private static final double MEMORY = 8;

    private final double[] grid;
    private final double[] total;
    private final double[] probabilities;
    private final CounterRandom random;
    private double sum;
    private final double[] ratios;
    private final int[] draws;
    private double recent;
    private int rounds;
    private int drawn;

    TsallisInf(double[] grid, CounterRandom random) {
        this.grid = grid.clone();
        this.random = random;
        total = new double[grid.length];
        ratios = new double[grid.length];
        draws = new int[grid.length];
        probabilities = new double[grid.length];
    }

    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public Trial choose(LinearSystem system) {
        rounds++;
        double scale = rounds == 1 ? 1 : Math.max(sum / (rounds - 1), 1);
        distribution(total, scale, 2 / Math.sqrt(rounds), probabilities);
        double u = random.uniform(0, rounds);
        drawn = 0;
        for (double below = probabilities[0]; u > below && drawn < grid.length - 1; ) {
            below += probabilities[++drawn];
        }
        int best = leader();
        int budget = rounds <= grid.length || best == drawn ? Integer.MAX_VALUE : 1 + (int) recent;
        return new Trial(grid[drawn], budget, grid[best]);
    }

    /** The candidate of the smallest mean cost relative to that of the systems around it, among those tried. */
    private int leader() {
        int best = drawn;
        for (int i = 0; i < grid.length; i++) {
            boolean better = draws[i] > 0 && (draws[best] == 0 || ratios[i] / draws[i] < ratios[best] / draws[best]);
            best = better ? i : best;
        }
        return best;
    }

    @Override
    public void learn(int sweeps, double estimate) {
        double cost = Math.max(sweeps - 1, 0);
        sum += cost;
        recent = rounds == 1 ? cost : recent + (cost - recent) / MEMORY;
        ratios[drawn] += recent > 0 ? cost / recent : 1;
        draws[drawn]++;
        total[drawn] += cost / probabilities[drawn];
    }

    /**
     * Newton's method on sum p_i(z) = 1, from below the smallest loss, where the sum is convex and increasing: its
     * slope is eta times the sum of p_i^(3/2).
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
