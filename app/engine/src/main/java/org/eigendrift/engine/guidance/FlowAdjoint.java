package org.eigendrift.engine.guidance;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.CurvedScoreModel;

/**
 * Gradients of a loss of samples with respect to their starting points, and to whatever the velocity depends on, through the probability flow of an affine process (AdjointDPM,
 * Pan, Liew, Tan, Feng, Yan, 2307.10711). The flow dx = v d(-t) has the symmetric Jacobian J = A H - c I, with drift c x, half squared noise A
 * and H the Hessian of log p_t; the gradient obeys da/dt = J a and is integrated back from the samples beside the flow itself, so that no state
 * of the way is kept: memory does not depend on the number of steps. Steps are those of the classical Runge-Kutta method, of fourth
 * order. Immutable, thread-safe.
 */
public final class FlowAdjoint {
    private final CurvedScoreModel model;
    private final AffineProcess process;
    private final double[] times;

    /**
     * The flow between times.
     *
     * @param model the model
     * @param times where steps end, decreasing, from where points start to where samples are; copied
     * @throws InputException if the process is not affine, or times do not decrease within its range
     */
    public FlowAdjoint(CurvedScoreModel model, double[] times) {
        this.model = model;
        this.process = model.process()
                .affine()
                .orElseThrow(() -> InputException.at(
                        "adjoint",
                        "needs an affine process: an exact law under vp, ve or ou, or a fit in the hermite family"));
        this.times = times.clone();
        for (int k = 0; k < times.length; k++) {
            if (times.length < 2
                    || !(times[k] >= 0 && times[k] <= process.horizon())
                    || k > 0 && !(times[k] < times[k - 1])) {
                throw InputException.at(
                        "adjoint.times",
                        "expected at least two decreasing times from 0 to " + process.horizon() + ", found " + times[k]
                                + " at place " + (k + 1));
            }
        }
    }

    /**
     * Follows the flow.
     *
     * @param start points at the first time; not modified
     * @return the samples at the last time
     */
    public Points samples(Points start) {
        Steps steps = new Steps(start, null);
        for (int k = 1; k < times.length; k++) {
            steps.step(times[k - 1], times[k]);
        }
        return steps.x;
    }

    /**
     * Pulls gradients back.
     *
     * @param samples points at the last time, where {@link #samples} ended; not modified
     * @param slope gradient of the loss at each of them; not modified
     * @return its gradient with respect to the point at the first time; a new array
     */
    public Points gradient(Points samples, Points slope) {
        return gradient(samples, slope, (t, x, a, weight) -> {});
    }

    /** What the flow's velocity depends on beside points and time. */
    @FunctionalInterface
    public interface Parameters {

        /**
         * Adds to the gradient what a time contributes.
         *
         * @param t forward time
         * @param x points on their way; not to be modified or kept
         * @param slope gradient of the loss at each of them; not to be modified or kept
         * @param weight how much time counts: weight slope . dv/dp is added
         */
        void pull(double t, Points x, Points slope, double weight);
    }

    /**
     * Pulls gradients back, and tells parameters of the velocity what they contribute on the way: with v the velocity towards samples, the
     * loss changes by the integral of slope . dv/dp over time.
     *
     * @param samples points at the last time, where {@link #samples} ended; not modified
     * @param slope gradient of the loss at each of them; not modified
     * @param parameters what v depends on
     * @return the gradient with respect to the point at the first time; a new array
     */
    public Points gradient(Points samples, Points slope, Parameters parameters) {
        Steps steps = new Steps(samples, slope);
        steps.parameters = parameters;
        for (int k = times.length - 1; k > 0; k--) {
            steps.step(times[k], times[k - 1]);
        }
        return steps.a;
    }

    /** States and work space of one integration. */
    private final class Steps {
        private final CurvedScoreModel.Evaluator evaluator = model.evaluator();
        private final Points x;
        /** The gradient; null where the flow alone is followed. */
        private final Points a;

        private Parameters parameters = (t, x, a, weight) -> {};

        private final Points[] slopes = new Points[4];
        private final Points[] pulled = new Points[4];
        private final Points at;
        private final Points along;
        private final Points one = Points.zeros(process.dim(), 1);
        private final Points coefficient = Points.zeros(process.dim(), 1);

        Steps(Points x, Points a) {
            this.x = x.copy();
            this.a = a == null ? null : a.copy();
            this.at = x.copy();
            this.along = x.copy();
            for (int s = 0; s < slopes.length; s++) {
                slopes[s] = Points.zeros(x.dim(), x.size());
                pulled[s] = a == null ? null : Points.zeros(x.dim(), x.size());
            }
            Arrays.fill(one.values(), 1);
        }

        private double span;

        void step(double from, double to) {
            double h = to - from;
            span = h;
            rates(from, 0, 0, 0);
            rates(from + h / 2, 1, h / 2, 0);
            rates(from + h / 2, 2, h / 2, 1);
            rates(to, 3, h, 2);
            advance(x, slopes, h);
            if (a != null) {
                advance(a, pulled, h);
            }
        }

        private void advance(Points state, Points[] rates, double h) {
            double[] values = state.values();
            for (int k = 0; k < values.length; k++) {
                values[k] += h
                        / 6
                        * (rates[0].values()[k]
                                + 2 * rates[1].values()[k]
                                + 2 * rates[2].values()[k]
                                + rates[3].values()[k]);
            }
        }

        /** dx/dt = -v and da/dt = J a at a stage. */
        private void rates(double t, int stage, double h, int before) {
            shifted(x, h, slopes[before], at);
            evaluator.velocity(t, at, slopes[stage]);
            for (int k = 0; k < at.values().length; k++) {
                slopes[stage].values()[k] *= -1;
            }
            if (a == null) {
                return;
            }
            shifted(a, h, pulled[before], along);
            parameters.pull(t, at, along, span / (stage == 0 || stage == 3 ? 6 : 3));
            evaluator.curvature(t, at, List.of(along), List.of(pulled[stage]));
            process.drift(t, one, coefficient);
            double c = coefficient.get(0, 0);
            process.diffusion(t, one, coefficient);
            double noise = coefficient.get(0, 0);
            for (int k = 0; k < at.values().length; k++) {
                pulled[stage].values()[k] = noise * pulled[stage].values()[k] - c * along.values()[k];
            }
        }

        private void shifted(Points from, double h, Points rate, Points out) {
            for (int k = 0; k < out.values().length; k++) {
                out.values()[k] = from.values()[k] + h * rate.values()[k];
            }
        }
    }
}
