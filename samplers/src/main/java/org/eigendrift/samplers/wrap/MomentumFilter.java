package org.eigendrift.samplers.wrap;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.eigendrift.api.Points;

/** The filter of {@link Momentum}: 2307.11118, equations 13 to 19. */
final class MomentumFilter implements EpsilonFilter {
    /** Adams-Bashforth, orders 1 to 4, newest first. */
    private static final double[][] ADAMS_BASHFORTH = {
        {1}, {3. / 2, -1. / 2}, {23. / 12, -16. / 12, 5. / 12}, {55. / 24, -59. / 24, 37. / 24, -9. / 24}
    };

    private final Momentum.Options options;
    private final Deque<Points> history = new ArrayDeque<>();
    private Points velocity;

    MomentumFilter(Momentum.Options options) {
        this.options = options;
    }

    @Override
    public void apply(double t, Points epsilon) {
        double beta = options.beta();
        boolean ghvb = options.kind() == Momentum.Kind.GHVB;
        if (ghvb) {
            average(epsilon, beta);
            remember(velocity);
            combine(weights(Math.min(options.order(), history.size()), beta), epsilon);
        } else {
            remember(epsilon);
            combine(ADAMS_BASHFORTH[Math.min(options.order(), history.size()) - 1], epsilon);
            average(epsilon, beta);
            epsilon.copyFrom(velocity);
        }
    }

    /** v = (1 - beta) v + beta e, v = e at first. */
    private void average(Points e, double beta) {
        if (velocity == null) {
            velocity = e.copy();
            return;
        }
        double[] v = velocity.values();
        for (int k = 0; k < v.length; k++) {
            v[k] = (1 - beta) * v[k] + beta * e.values()[k];
        }
    }

    private void remember(Points e) {
        history.addFirst(e.copy());
        if (history.size() > options.order()) {
            history.removeLast();
        }
    }

    private void combine(double[] weights, Points out) {
        Arrays.fill(out.values(), 0);
        int j = 0;
        for (Points e : history) {
            for (int k = 0; k < out.values().length; k++) {
                out.values()[k] += weights[j] * e.values()[k];
            }
            j++;
        }
    }

    /** The weights of the past velocities, newest first. */
    static double[] weights(int order, double b) {
        return switch (order) {
            case 1 -> new double[] {1};
            case 2 -> new double[] {(2 + b) / (2 * b), -(2 - b) / (2 * b)};
            case 3 -> new double[] {(18 + 5 * b) / (12 * b), -(24 - 8 * b) / (12 * b), (6 - b) / (12 * b)};
            default ->
                new double[] {
                    (46 + 9 * b) / (24 * b), -(78 - 19 * b) / (24 * b), (42 - 5 * b) / (24 * b), -(10 - b) / (24 * b)
                };
        };
    }
}
