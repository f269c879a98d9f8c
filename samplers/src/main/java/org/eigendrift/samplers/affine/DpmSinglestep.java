package org.eigendrift.samplers.affine;

import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * Singlestep DPM-Solver and DPM-Solver++: 2206.00927, algorithms 1 and 2 (generalised to any inner nodes), 2211.01095,
 * algorithm 1, with the coefficients of {@link DpmRule}.
 *
 * @param rule coefficients
 * @param inner form of the third-order method's second stage
 * @param wrongSign whether the noisy third-order form has the sign of phi_3's constant wrong, as one code has
 */
record DpmSinglestep(DpmRule rule, DpmRule.Form inner, boolean wrongSign) {

    /** Receives the stages' states. */
    @FunctionalInterface
    interface Stages {
        /** Nobody listens. */
        Stages NONE = (level, x) -> x;

        /** A stage's state was reached; returns it as a value. */
        Lin reached(Level level, Lin x);
    }

    /** The result of a step: its state, and the state of one order less that shares its evaluations. */
    record Pair(Lin lower, Lin higher) {}

    /**
     * Writes a step.
     *
     * @param s where to
     * @param x state at the first node
     * @param nodes first node, inner nodes, last node: order + 1 levels
     * @param step number for the noise
     * @param stages told of the inner states
     * @return the state at the last node
     */
    Pair step(Script s, Lin x, Level[] nodes, int step, Stages stages) {
        Lin m0 = rule.prediction().output(s, nodes[0], x);
        DpmRule.Weights whole = rule.weights(nodes[0], nodes[nodes.length - 1]);
        int order = nodes.length - 1;
        if (order == 1) {
            Lin only = whole.base(x, m0, noise(s, step, 0));
            return new Pair(only, only);
        }
        DpmRule.Weights w1 = rule.weights(nodes[0], nodes[1]);
        Lin x1 = stages.reached(nodes[1], w1.base(x, m0, noise(s, step, 0)));
        Lin m1 = rule.prediction().output(s, nodes[1], x1);
        double r1 = w1.h / whole.h;
        Lin d1 = m1.minus(m0).times(1 / r1);
        if (order == 2) {
            Lin base = whole.base(x, m0, noise(s, step, 1));
            return new Pair(base, base.plus(d1.times(second(whole, rule.form()))));
        }
        DpmRule.Weights w2 = rule.weights(nodes[0], nodes[2]);
        double r2 = w2.h / whole.h;
        Lin x2 = w2.base(x, m0, noise(s, step, 1)).plus(d1.times(r2 * second(w2, inner)));
        x2 = stages.reached(nodes[2], x2);
        Lin m2 = rule.prediction().output(s, nodes[2], x2);
        Lin base = whole.base(x, m0, noise(s, step, 2));
        Lin lower = base.plus(d1.times(second(whole, rule.form())));
        return new Pair(lower, base.plus(third(whole, d1, m2.minus(m0).times(1 / r2), r1, r2)));
    }

    private static double second(DpmRule.Weights w, DpmRule.Form form) {
        return form == DpmRule.Form.MIDPOINT ? 0.5 * w.phi1 : w.phi2;
    }

    private Lin third(DpmRule.Weights w, Lin d1, Lin d2, double r1, double r2) {
        if (rule.form() == DpmRule.Form.MIDPOINT) {
            return d2.times(w.phi2);
        }
        Lin slope = d1.times(r2).minus(d2.times(r1)).times(1 / (r2 - r1));
        Lin curvature = d2.minus(d1).times(2 / (r2 - r1));
        return slope.times(w.phi2).plus(curvature.times(w.third(wrongSign)));
    }

    private Lin noise(Script s, int step, int draw) {
        return rule.eta() > 0 ? s.noise(step, draw) : Lin.ZERO;
    }
}
