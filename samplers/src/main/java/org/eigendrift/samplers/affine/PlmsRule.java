package org.eigendrift.samplers.affine;

import java.util.List;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * Pseudo linear multistep (Liu et al., "Pseudo numerical methods for diffusion models on manifolds", 2202.09778,
 * equation 12): the Adams-Bashforth weights of even steps average the outputs, whatever the grid, and a DDIM step takes
 * their average.
 */
record PlmsRule() implements MultistepRule {
    /** Adams-Bashforth, orders 1 to 4, newest first. */
    private static final double[][] ADAMS_BASHFORTH = {
        {1}, {3. / 2, -1. / 2}, {23. / 12, -16. / 12, 5. / 12}, {55. / 24, -59. / 24, 37. / 24, -9. / 24}
    };

    @Override
    public Lin output(Script s, Level level, Lin x) {
        return s.epsilon(level, x);
    }

    @Override
    public Lin denoised(Level level, Lin x, Lin output) {
        return Script.denoised(level, x, output);
    }

    @Override
    public boolean reachesZero() {
        return true;
    }

    @Override
    public Lin predict(Lin x, List<Node> history, Level to, int order, Lin noise) {
        return Script.ddim(history.get(0).level(), to, x, average(history, order));
    }

    static Lin average(List<Node> history, int order) {
        Lin average = Lin.ZERO;
        for (int j = 0; j < order; j++) {
            average = average.plus(history.get(j).output().times(ADAMS_BASHFORTH[order - 1][j]));
        }
        return average;
    }
}
