package org.eigendrift.samplers.affine;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;
import org.eigendrift.samplers.program.Tableau;

/**
 * The stepping core of all multistep exponential integrators: one evaluation a step, orders that ramp up and, if asked,
 * down again, an optional corrector that reuses the next step's evaluation.
 */
final class Multistep {
    private final MultistepRule rule;
    private final Orders predictor;
    private final Orders corrector;
    private final int started;

    /** The order of each step, 0 for none. */
    @FunctionalInterface
    interface Orders {
        /**
         * The order of a step.
         *
         * @param step 0 to {@code steps - 1}
         * @param steps number of steps
         * @return at least 1 for a predictor; 0 turns a corrector off
         */
        int at(int step, int steps);

        /** No corrector. */
        Orders NONE = (step, steps) -> 0;

        /**
         * Ramps up from 1, and down to 1 in the last step of grids shorter than a limit.
         *
         * @param order the order between
         * @param lowerOrderFinal ramp down where there are fewer steps than this
         */
        static Orders ramp(int order, int lowerOrderFinal) {
            return (step, steps) -> {
                int up = Math.min(order, step + 1);
                return steps < lowerOrderFinal ? Math.min(up, steps - step) : up;
            };
        }
    }

    /**
     * A scheme.
     *
     * @param rule coefficients
     * @param predictor orders of the steps
     * @param corrector orders of the corrections after the steps
     */
    Multistep(MultistepRule rule, Orders predictor, Orders corrector) {
        this(rule, predictor, corrector, 0);
    }

    /**
     * A scheme that interpolates noise predictions and whose first steps are not multistep.
     *
     * @param rule coefficients
     * @param predictor orders of the steps
     * @param corrector orders of the corrections after the steps
     * @param started number of first steps taken by the classical Runge-Kutta method in sigma / alpha
     */
    Multistep(MultistepRule rule, Orders predictor, Orders corrector, int started) {
        this.started = started;
        this.rule = rule;
        this.predictor = predictor;
        this.corrector = corrector;
    }

    /** Writes the sampler. */
    void write(Script s) {
        int steps = s.steps();
        List<Node> history = new ArrayList<>();
        Lin x = s.state(0, s.level(0), s.input());
        Lin before = x;
        Lin noise = Lin.ZERO;
        int correction = 0;
        for (int i = 0; i < steps; i++) {
            Level from = s.level(i);
            Level to = s.level(i + 1);
            Node here = new Node(from, rule.output(s, from, x));
            if (correction > 0) {
                x = rule.correct(before, history, here, correction, noise);
            }
            x = i > 0 ? s.state(i, from, x) : x;
            history.add(0, here);
            history.set(0, new Node(from, s.keep(rule.compensate(history, i))));
            before = x;
            if (to.clean() && !rule.reachesZero()) {
                x = rule.denoised(from, x, history.get(0).output());
                correction = 0;
                continue;
            }
            noise = rule.noisy(from, to) ? s.noise(i, 0) : Lin.ZERO;
            x = i < started
                    ? rungeKutta(s, x, here, to)
                    : s.keep(rule.predict(x, history, to, predictor.at(i, s.counted()), noise));
            correction = corrector.at(i, s.counted());
        }
        s.state(steps, s.level(steps), x);
    }

    /** v = x / alpha follows dv / d rho = epsilon; the first stage is the evaluation at hand. */
    private static Lin rungeKutta(Script s, Lin x, Node here, Level to) {
        double start = here.level().ratio();
        Lin v = Tableau.RK4.step(
                x.times(1 / here.level().alpha()),
                start,
                to.ratio(),
                (rho, y) -> rho == start
                        ? here.output()
                        : s.epsilonOfScaled(rho == to.ratio() ? to : Level.atRatio(s.process(), rho), y));
        return s.keep(v.times(to.alpha()));
    }
}
