package org.eigendrift.engine.model;

import java.util.Arrays;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Evaluation.RowLikelihood;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.kernel.Parallel;

/**
 * Exact log-densities along the forward probability flow (METHOD 6):
 *
 * <pre>
 * log p_{t_min}(z) = log pi(z) + log f_T(z_T) - integral of (d/dt log f_t)(z_t) dt from t_min to T
 * </pre>
 *
 * integrated by the classical Runge-Kutta method in log t. The number of steps is doubled until it changes the mean
 * absolute log-density of pilot rows by less than a tolerance; that last change is reported as the error.
 */
public final class FlowLikelihood {
    /** Rows that decide the number of steps. */
    private static final int PILOT = 512;

    private static final int FIRST_STEPS = 24;
    private static final int MOST_STEPS = 3072;
    private static final int BATCH = 1024;

    private final ScoreModel model;
    private final double tolerance;
    private final Parallel parallel;

    /**
     * Prepares likelihoods.
     *
     * @param model the model
     * @param tolerance largest mean absolute change, in nats, on doubling the steps
     * @param parallel runs batches
     */
    public FlowLikelihood(ScoreModel model, double tolerance, Parallel parallel) {
        this.model = model;
        this.tolerance = tolerance;
        this.parallel = parallel;
    }

    /**
     * Log-densities in the model's own coordinates.
     *
     * @param z points; those outside the domain get negative infinity; not modified
     * @return nats a point, and the error of their mean as step doubling estimates it
     * @throws NumericalException if the flow carries a point to infinity; the message gives the point, from 1
     */
    public RowLikelihood of(Points z) {
        double[] all = new double[z.size()];
        Arrays.fill(all, Double.NEGATIVE_INFINITY);
        int[] inside = inside(z);
        if (inside.length == 0) {
            return new RowLikelihood(all, 0);
        }
        Points rows = select(z, inside);
        Points pilot = rows.slice(0, Math.min(PILOT, rows.size()));
        int steps = FIRST_STEPS;
        double[] coarse = integrate(pilot, steps);
        double error;
        while (true) {
            steps *= 2;
            double[] fine = integrate(pilot, steps);
            error = meanChange(coarse, fine);
            if (error <= tolerance || steps >= MOST_STEPS) {
                break;
            }
            coarse = fine;
        }
        double[] nats = integrate(rows, steps);
        for (int i = 0; i < inside.length; i++) {
            if (!Double.isFinite(nats[i])) {
                throw new NumericalException("the flow from row " + (inside[i] + 1) + " escapes: its log-likelihood is "
                        + nats[i] + " after " + steps + " steps; lower the degree, raise the ridge, or choose a basis"
                        + " on a bounded interval");
            }
            all[inside[i]] = nats[i];
        }
        return new RowLikelihood(all, error);
    }

    private int[] inside(Points z) {
        DiffusionProcess process = model.process();
        int[] inside = new int[z.size()];
        int count = 0;
        for (int n = 0; n < z.size(); n++) {
            boolean in = true;
            for (int i = 0; i < z.dim(); i++) {
                in &= process.domain(i).contains(z.get(i, n));
            }
            if (in) {
                inside[count++] = n;
            }
        }
        return Arrays.copyOf(inside, count);
    }

    private static Points select(Points z, int[] rows) {
        if (rows.length == z.size()) {
            return z;
        }
        Points selected = Points.zeros(z.dim(), rows.length);
        for (int i = 0; i < z.dim(); i++) {
            for (int n = 0; n < rows.length; n++) {
                selected.set(i, n, z.get(i, rows[n]));
            }
        }
        return selected;
    }

    private static double meanChange(double[] coarse, double[] fine) {
        double sum = 0;
        for (int n = 0; n < fine.length; n++) {
            sum += Math.abs(fine[n] - coarse[n]);
        }
        return sum / fine.length;
    }

    private double[] integrate(Points z, int steps) {
        double[] out = new double[z.size()];
        TimeGrid grid =
                TimeGrid.geometric(model.process().horizon(), model.process().earliest(), steps);
        int batches = (z.size() + BATCH - 1) / BATCH;
        parallel.forEach(batches, b -> {
            int from = b * BATCH;
            Points x = z.slice(from, Math.min(z.size(), from + BATCH));
            double[] nats = new Flow(model, x.dim(), x.size()).logDensity(x, grid);
            System.arraycopy(nats, 0, out, from, nats.length);
        });
        return out;
    }

    /** Work space of one batch. */
    private static final class Flow {
        private final DiffusionProcess process;
        private final ScoreModel.Evaluator evaluator;
        private final Points stage;
        private final Points velocity;
        private final Points increment;
        private final double[] rate;
        private final double[] rates;

        Flow(ScoreModel model, int dim, int size) {
            this.process = model.process();
            this.evaluator = model.evaluator();
            this.stage = Points.zeros(dim, size);
            this.velocity = Points.zeros(dim, size);
            this.increment = Points.zeros(dim, size);
            this.rate = new double[size];
            this.rates = new double[size];
        }

        double[] logDensity(Points x, TimeGrid grid) {
            double[] nats = new double[x.size()];
            process.logReference(x, nats);
            for (int j = grid.steps(); j > 0; j--) {
                step(x, nats, grid.time(j), grid.time(j - 1));
            }
            double[] end = new double[x.size()];
            process.logPrior(x, end);
            add(1, end, nats);
            process.logReference(x, end);
            add(-1, end, nats);
            return nats;
        }

        /** One step of the classical method in s = log t, from t0 up to t1. */
        private void step(Points x, double[] nats, double t0, double t1) {
            double h = Math.log(t1 / t0);
            double middle = Math.sqrt(t0 * t1);
            Arrays.fill(increment.values(), 0);
            Arrays.fill(rates, 0);
            stage.copyFrom(x);
            accumulate(t0, 1.0 / 6);
            moveStage(x, t0, h / 2);
            accumulate(middle, 1.0 / 3);
            moveStage(x, middle, h / 2);
            accumulate(middle, 1.0 / 3);
            moveStage(x, middle, h);
            accumulate(t1, 1.0 / 6);
            for (int n = 0; n < x.values().length; n++) {
                x.values()[n] = Math.fma(h, increment.values()[n], x.values()[n]);
            }
            process.confine(x);
            add(-h, rates, nats);
        }

        /** Evaluates at the stage and adds weight times dx/ds = -t v and dlog f/ds = t rate. */
        private void accumulate(double t, double weight) {
            evaluator.velocityAndRate(t, stage, velocity, rate);
            double factor = -weight * t;
            for (int n = 0; n < velocity.values().length; n++) {
                increment.values()[n] =
                        Math.fma(factor, velocity.values()[n], increment.values()[n]);
            }
            add(weight * t, rate, rates);
        }

        private void moveStage(Points x, double t, double h) {
            double factor = -h * t;
            for (int n = 0; n < x.values().length; n++) {
                stage.values()[n] = Math.fma(factor, velocity.values()[n], x.values()[n]);
            }
            process.confine(stage);
        }

        private static void add(double factor, double[] from, double[] to) {
            for (int n = 0; n < to.length; n++) {
                to[n] = Math.fma(factor, from[n], to[n]);
            }
        }
    }
}
