package org.eigendrift.solvers.stationary;

import org.eigendrift.api.linear.LinearSystem;

/**
 * Learns omega from sweep counts alone: predicts the sweeps of every candidate from those seen, and draws one. A trial
 * of any but the predicted best is given up for that one when it has used the sweeps predicted for it: sweeps of any
 * omega make progress, so a bad draw about doubles the cost at most.
 */
abstract class SweepBandit implements Relaxation {
    /** Systems solved with given candidates, the smallest first, before predictions decide. */
    private static final int DESIGN = 3;

    /** Sweeps beyond prediction after which even the best is given up, for the smallest candidate. */
    private static final double SURPRISE = 3;

    /** The share of the candidates within reach of the last best one, on each side, is one over this. */
    private static final int REACH = 8;

    private final double[] grid;
    private double context;
    private int drawn;
    private int leader = -1;

    SweepBandit(double[] grid) {
        this.grid = grid.clone();
    }

    /** All that was seen. */
    abstract SweepRegression seen();

    /** Log sweeps of every candidate. */
    abstract double[] predict(double presentContext);

    /** The candidate for the next system. */
    abstract int draw(double[] predicted, int best);

    @Override
    public final boolean learns() {
        return true;
    }

    @Override
    public final Trial choose(LinearSystem system) {
        context = Math.log(Math.max(system.time(), Double.MIN_NORMAL));
        int count = seen().count();
        if (count < DESIGN) {
            drawn = count * (grid.length - 1) / DESIGN;
            return count == 0 ? Trial.always(grid[0]) : new Trial(grid[drawn], budget(seen().lastCost(), 1), grid[0]);
        }
        double[] predicted = withinReach(predict(context));
        int best = SweepRegression.smallest(predicted);
        drawn = draw(predicted, best);
        // A candidate that has just become the best is on trial too, against the one it follows.
        int trusted = leader < 0 ? best : leader;
        leader = best;
        if (drawn != best) {
            return new Trial(grid[drawn], budget(predicted[best], 1), grid[best]);
        }
        return best == trusted
                ? new Trial(grid[best], budget(predicted[best], SURPRISE), grid[0])
                : new Trial(grid[best], budget(predicted[trusted], 1), grid[trusted]);
    }

    /**
     * Sweeps have one valley, so that what is best moves by small steps along the candidates; far from those tried
     * lately a polynomial foretells anything, and is not listened to.
     */
    private double[] withinReach(double[] predicted) {
        double[] reached = predicted.clone();
        int reach = Math.max(1, grid.length / REACH);
        for (int i = 0; leader >= 0 && i < reached.length; i++) {
            reached[i] = Math.abs(i - leader) <= reach ? reached[i] : Double.POSITIVE_INFINITY;
        }
        return reached;
    }

    private static int budget(double logSweeps, double factor) {
        return 1 + (int) Math.min(factor * Math.exp(logSweeps), 1e6);
    }

    @Override
    public final void learn(int sweeps, double estimate) {
        double cost = Math.log(Math.max(estimate, 1));
        judge(drawn, cost);
        seen().add(context, drawn, cost);
    }

    /** Compares a cost with what was predicted for it. */
    void judge(int arm, double cost) {}
}
