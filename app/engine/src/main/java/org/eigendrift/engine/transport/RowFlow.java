package org.eigendrift.engine.transport;

import java.util.Arrays;
import org.eigendrift.api.Fused;
import org.eigendrift.api.Points;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * Carries rows along the probability flow, forward or back, in s = log t,
 *
 * <pre>
 * dx/ds = -t v(x, t),   dn/ds = -t (d/dt log f_t)(x)
 * </pre>
 *
 * by the embedded pair of Dormand and Prince (1980, table 2: order 5, error estimate of order 4). Rows of a batch share
 * their times, because theta is interpolated once for a time, but not their steps: where the error estimate of a row
 * is too large, the rows it is too large for take the step again in two halves, and so on. So a few rows near a
 * separatrix cost a few rows' steps, and what a row gets does not depend on the rows beside it.
 *
 * <p>One instance serves one thread.
 */
final class RowFlow {
    /** A step is halved at most this often. */
    private static final int DEEPEST = 8;

    private static final int STAGES = 7;

    /** Nodes of the stages; the last stage lies at the end of the step and is the next step's first. */
    private static final double[] NODES = {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1};

    private static final double[][] WEIGHTS = {
        {},
        {1.0 / 5},
        {3.0 / 40, 9.0 / 40},
        {44.0 / 45, -56.0 / 15, 32.0 / 9},
        {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
        {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
        {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
    };

    /** Fifth-order weights less fourth-order ones. */
    private static final double[] ERROR = {
        71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
    };

    private final DiffusionProcess process;
    private final ScoreModel.Evaluator evaluator;
    private final double[] scales;
    private final double tolerance;
    private long evaluations;
    private long accepted;
    private long rejected;

    /**
     * Prepares a flow.
     *
     * @param model the model
     * @param scales for each coordinate the length that counts as one nat
     * @param tolerance largest error estimate of a row and step, in nats
     */
    RowFlow(ScoreModel model, double[] scales, double tolerance) {
        this.process = model.process();
        this.evaluator = model.evaluator();
        this.scales = scales;
        this.tolerance = tolerance;
    }

    /** Rows on their way: positions, the integral so far, and the derivatives of both at the time they are at. */
    private static final class State {
        final Points x;
        final double[] nats;
        final double[] errors;
        final Points velocity;
        final double[] rate;

        State(Points x, double[] nats, double[] errors) {
            this.x = x;
            this.nats = nats;
            this.errors = errors;
            this.velocity = Points.zeros(x.dim(), x.size());
            this.rate = new double[x.size()];
        }

        /** Some of the rows. */
        State select(int[] rows) {
            State some =
                    new State(Points.zeros(x.dim(), rows.length), new double[rows.length], new double[rows.length]);
            for (int i = 0; i < x.dim(); i++) {
                gather(x.values(), x.offset(i), rows, some.x.values(), some.x.offset(i));
                gather(velocity.values(), velocity.offset(i), rows, some.velocity.values(), some.velocity.offset(i));
            }
            gather(nats, 0, rows, some.nats, 0);
            gather(errors, 0, rows, some.errors, 0);
            gather(rate, 0, rows, some.rate, 0);
            return some;
        }

        private static void gather(double[] from, int fromAt, int[] rows, double[] to, int toAt) {
            for (int r = 0; r < rows.length; r++) {
                to[toAt + r] = from[fromAt + rows[r]];
            }
        }

        /** Puts rows back where {@link #select} took them. */
        void paste(int[] rows, State some) {
            for (int i = 0; i < x.dim(); i++) {
                scatter(some.x.values(), some.x.offset(i), rows, x.values(), x.offset(i));
                scatter(some.velocity.values(), some.velocity.offset(i), rows, velocity.values(), velocity.offset(i));
            }
            scatter(some.nats, 0, rows, nats, 0);
            scatter(some.errors, 0, rows, errors, 0);
            scatter(some.rate, 0, rows, rate, 0);
        }

        private static void scatter(double[] from, int fromAt, int[] rows, double[] to, int toAt) {
            for (int r = 0; r < rows.length; r++) {
                to[toAt + rows[r]] = from[fromAt + r];
            }
        }
    }

    /**
     * Carries rows through times.
     *
     * @param x rows, at the first time; receives where they are at the last; modified
     * @param logTimes logarithms of times, ascending or descending: a step leads from each to the next unless it is
     *     halved
     * @param nats receives the integral of -(d/dt log f_t) dt, added to what it holds; modified
     * @param errors receives the sum of the error estimates of the steps, in nats, added to what it holds; modified
     */
    void advance(Points x, double[] logTimes, double[] nats, double[] errors) {
        advance(x, logTimes, nats, errors, StepObserver.NONE);
    }

    /**
     * Carries rows through times, and tells where they are at each.
     *
     * @param x rows, at the first time; receives where they are at the last; modified
     * @param logTimes logarithms of times, ascending or descending
     * @param nats receives the integral of -(d/dt log f_t) dt, added to what it holds; modified
     * @param errors receives the sum of the error estimates of the steps, in nats, added to what it holds; modified
     * @param observer is told the states at these times
     */
    void advance(Points x, double[] logTimes, double[] nats, double[] errors, StepObserver observer) {
        State state = new State(x, nats, errors);
        observer.state(0, Math.exp(logTimes[0]), x);
        differentiate(logTimes[0], state.x, state.velocity, state.rate);
        for (int j = 0; j + 1 < logTimes.length; j++) {
            advance(state, logTimes[j], logTimes[j + 1], DEEPEST);
            observer.state(j + 1, Math.exp(logTimes[j + 1]), x);
        }
    }

    /**
     * What was done so far.
     *
     * @param rows for how many rows, at least 0
     * @return evaluations and steps of a row: means, rounded up
     */
    Outcome outcome(int rows) {
        double each = 1.0 / Math.max(1, rows);
        return new Outcome((int) Math.ceil(each * evaluations), (int) Math.ceil(each * accepted), (int)
                Math.ceil(each * rejected));
    }

    private void advance(State state, double from, double to, int halvings) {
        int[] failed = step(state, from, to, halvings == 0);
        if (failed.length > 0) {
            State again = failed.length == state.nats.length ? state : state.select(failed);
            double middle = 0.5 * (from + to);
            advance(again, from, middle, halvings - 1);
            advance(again, middle, to, halvings - 1);
            if (again != state) {
                state.paste(failed, again);
            }
        }
    }

    /** Derivatives with respect to log t. */
    private void differentiate(double logTime, Points x, Points velocity, double[] rate) {
        evaluations += x.size();
        double t = Math.exp(logTime);
        evaluator.velocityAndRate(t, x, velocity, rate);
        scale(-t, velocity.values());
        scale(-t, rate);
    }

    private static void scale(double factor, double[] values) {
        for (int n = 0; n < values.length; n++) {
            values[n] *= factor;
        }
    }

    /** Takes a step with the rows for which it is accurate; returns the others, which stay where they are. */
    private int[] step(State state, double from, double to, boolean acceptAll) {
        double h = to - from;
        int size = state.nats.length;
        Points[] velocities = new Points[STAGES];
        double[][] rates = new double[STAGES][];
        velocities[0] = state.velocity;
        rates[0] = state.rate;
        Points stage = Points.zeros(state.x.dim(), size);
        for (int k = 1; k < STAGES; k++) {
            stage.copyFrom(state.x);
            for (int j = 0; j < k; j++) {
                add(h * WEIGHTS[k][j], velocities[j].values(), stage.values());
            }
            process.confine(stage);
            velocities[k] = Points.zeros(state.x.dim(), size);
            rates[k] = new double[size];
            differentiate(from + NODES[k] * h, stage, velocities[k], rates[k]);
        }
        double[] error = errors(state, velocities, rates, h);
        boolean[] accepted = new boolean[size];
        for (int n = 0; n < size; n++) {
            // A row that has escaped already is not worth a step more.
            boolean lost = !Double.isFinite(state.rate[n]);
            accepted[n] = acceptAll || lost || error[n] <= tolerance;
            state.errors[n] += accepted[n] ? error[n] : 0;
        }
        return take(state, accepted, stage, velocities[STAGES - 1], rates, h);
    }

    /** The error estimate of a step for each row, in nats. */
    private double[] errors(State state, Points[] velocities, double[][] rates, double h) {
        int size = state.nats.length;
        double[] error = new double[size];
        double[] sum = new double[size];
        for (int i = 0; i < state.x.dim(); i++) {
            Arrays.fill(sum, 0);
            for (int k = 0; k < STAGES; k++) {
                add(h * ERROR[k] / scales[i], velocities[k].values(), velocities[k].offset(i), sum);
            }
            for (int n = 0; n < size; n++) {
                error[n] = Fused.multiplyAdd(sum[n], sum[n], error[n]);
            }
        }
        Arrays.fill(sum, 0);
        for (int k = 0; k < STAGES; k++) {
            add(h * ERROR[k], rates[k], sum);
        }
        for (int n = 0; n < size; n++) {
            error[n] = Math.sqrt(error[n]) + Math.abs(sum[n]);
        }
        return error;
    }

    private int[] take(State state, boolean[] accepted, Points end, Points velocity, double[][] rates, double h) {
        int size = accepted.length;
        int[] failed = new int[size];
        int count = 0;
        for (int n = 0; n < size; n++) {
            if (accepted[n]) {
                double sum = 0;
                for (int k = 0; k < STAGES - 1; k++) {
                    sum += WEIGHTS[STAGES - 1][k] * rates[k][n];
                }
                state.nats[n] += h * sum;
                for (int i = 0; i < end.dim(); i++) {
                    state.x.set(i, n, end.get(i, n));
                    state.velocity.set(i, n, velocity.get(i, n));
                }
            } else {
                failed[count++] = n;
            }
        }
        // The first stage's rate is the state's own array, so it is replaced only now.
        for (int n = 0; n < size; n++) {
            state.rate[n] = accepted[n] ? rates[STAGES - 1][n] : state.rate[n];
        }
        rejected += count;
        this.accepted += size - count;
        return Arrays.copyOf(failed, count);
    }

    private static void add(double factor, double[] from, double[] to) {
        add(factor, from, 0, to);
    }

    private static void add(double factor, double[] from, int fromAt, double[] to) {
        if (factor != 0) {
            for (int n = 0; n < to.length; n++) {
                to[n] = Fused.multiplyAdd(factor, from[fromAt + n], to[n]);
            }
        }
    }
}
