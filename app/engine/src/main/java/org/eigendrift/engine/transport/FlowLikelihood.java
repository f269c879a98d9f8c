package org.eigendrift.engine.transport;

import java.util.Arrays;
import java.util.StringJoiner;
import org.eigendrift.api.Fused;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exact log-densities along the forward probability flow (docs/method.md, 7):
 *
 * <pre>
 * log p_{t_min}(z) = log pi(z) + log f_T(z_T) - integral of (d/dt log f_t)(z_t) dt from t_min to T
 * </pre>
 *
 * integrated by {@link RowFlow} in log t. What a row gets is a function of the row: a first, coarse integration is kept where
 * its own error estimate is far below the tolerance; elsewhere the tolerance of steps is tightened, and their length shortened as
 * much as a method of fifth order asks for, until that changes the row's log-density by less than a tolerance.
 */
public final class FlowLikelihood {
    /** Largest absolute change of the log-likelihood of a row, in nats, on tightening the integration. */
    public static final double TOLERANCE = 1e-3;

    /**
     * Of integrals of densities, in nats: small beside the other, for where a density has kinks the estimate of a quadrature's error is
     * several times too small.
     */
    public static final double OF_INTEGRALS = TOLERANCE / 10;

    private static final Logger LOG = LoggerFactory.getLogger(FlowLikelihood.class);

    /**
     * The embedded estimate may be too small by this factor: along a path of theta with many kinks steps err by ten times
     * what the pair shows.
     */
    private static final double EMBEDDED = 30;

    /** The first attempt's longest steps, in units of log t. */
    private static final double FIRST_STEP = 1;

    /** The first attempt's tolerance for a step, in units of the tolerance asked for. */
    private static final double FIRST_TOLERANCE = 10;

    /** From attempt to attempt the error estimates of steps, of order h^5, fall by this factor. */
    private static final double TIGHTER = 10;

    private static final int MOST_ATTEMPTS = 8;
    private static final int BATCH = 1024;

    private final ScoreModel model;
    private final double tolerance;
    private final Parallel parallel;

    /**
     * Prepares likelihoods.
     *
     * @param model the model
     * @param tolerance largest absolute change of a row's log-density, in nats, on tightening its integration
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
     * @return nats a point, each a function of the point alone, and the mean of their error estimates: the last change of
     *     each, or the bound by the embedded pair where one integration was enough
     * @throws NumericalException if the flow carries a point to infinity; the message gives its coordinates
     */
    public Scores of(Points z) {
        double[] all = new double[z.size()];
        Arrays.fill(all, Double.NEGATIVE_INFINITY);
        int[] inside = inside(z);
        double[] scales = PriorScales.of(model.process());
        double sum = 0;
        int beyond = 0;
        double worst = 0;
        int[] pending = inside;
        for (int attempt = 0; pending.length > 0; attempt++) {
            Integral integral = integrate(z.select(pending), scales, attempt);
            int[] open = new int[pending.length];
            int count = 0;
            for (int i = 0; i < pending.length; i++) {
                int n = pending[i];
                double nats = integral.nats[i];
                double error = attempt == 0 ? EMBEDDED * integral.errors[i] : Math.abs(nats - all[n]);
                all[n] = nats;
                if (!(error <= tolerance) && attempt < MOST_ATTEMPTS) {
                    open[count++] = n;
                } else {
                    sum += finite(z, n, nats, error);
                    beyond += error <= tolerance ? 0 : 1;
                    worst = Math.max(worst, error);
                }
            }
            pending = Arrays.copyOf(open, count);
        }
        if (beyond > 0) {
            LOG.warn(
                    "log-densities of {} of {} rows are not known to {} nats after {} integrations, the worst to {}",
                    beyond,
                    inside.length,
                    tolerance,
                    1 + MOST_ATTEMPTS,
                    worst);
        }
        return new Scores(all, inside.length == 0 ? 0 : sum / inside.length);
    }

    private static double finite(Points z, int n, double nats, double error) {
        if (!Double.isFinite(nats)) {
            StringJoiner point = new StringJoiner(", ", "(", ")");
            for (int i = 0; i < z.dim(); i++) {
                point.add(Double.toString(z.get(i, n)));
            }
            throw new NumericalException("the flow from the point " + point
                    + " of the model's coordinates escapes: its log-likelihood is " + nats
                    + "; lower the degree, raise the ridge, or choose a basis on a bounded interval");
        }
        return error;
    }

    /**
     * Log-densities by one integration, so that what a point gets depends on no other: its error is about the tolerance, and
     * is not estimated.
     *
     * @param z points; those outside the domain get negative infinity; not modified
     * @return nats a point; a new array
     */
    public double[] once(Points z) {
        double[] all = oncePossible(z, 1);
        for (int n : inside(z)) {
            finite(z, n, all[n], 0);
        }
        return all;
    }

    /**
     * Like {@link #once}, but points that the flow carries to infinity get what is not finite.
     *
     * @param z points
     * @param attempt 0 for as few steps as can be, 1 for an error of about the tolerance
     */
    double[] oncePossible(Points z, int attempt) {
        double[] all = new double[z.size()];
        Arrays.fill(all, Double.NEGATIVE_INFINITY);
        int[] inside = inside(z);
        double[] nats = integrate(z.select(inside), PriorScales.of(model.process()), attempt).nats;
        for (int i = 0; i < inside.length; i++) {
            all[inside[i]] = nats[i];
        }
        return all;
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

    /** Log-densities, and for each the sum of the steps' error estimates. */
    private record Integral(double[] nats, double[] errors) {}

    private Integral integrate(Points z, double[] scales, int attempt) {
        double[] out = new double[z.size()];
        double[] errors = new double[z.size()];
        double stepTolerance = FIRST_TOLERANCE * tolerance * Math.pow(TIGHTER, -attempt);
        double[] logTimes = logTimes(model.process(), FIRST_STEP * Math.pow(TIGHTER, -0.2 * attempt));
        int batches = (z.size() + BATCH - 1) / BATCH;
        parallel.forEach(batches, b -> {
            int from = b * BATCH;
            Points x = z.slice(from, Math.min(z.size(), from + BATCH));
            double[] nats = new double[x.size()];
            double[] end = new double[x.size()];
            model.process().logReference(x, nats);
            double[] own = new double[x.size()];
            new RowFlow(model, scales, stepTolerance).advance(x, logTimes, nats, own);
            System.arraycopy(own, 0, errors, from, own.length);
            model.process().logPrior(x, end);
            add(1, end, nats);
            model.process().logReference(x, end);
            add(-1, end, nats);
            System.arraycopy(nats, 0, out, from, nats.length);
        });
        return new Integral(out, errors);
    }

    /**
     * Draws of the law whose log-densities {@link #of} gives, to the tolerance: the flow from the prior at T down to t_min.
     *
     * @param starts draws of the prior; not modified
     * @return points in the model's coordinates
     */
    public Points draw(Points starts) {
        Points all = starts.copy();
        int count = starts.size();
        ControlledFlow flow = new ControlledFlow(tolerance);
        int batches = (count + BATCH - 1) / BATCH;
        parallel.forEach(batches, b -> {
            int from = b * BATCH;
            Points x = starts.slice(from, Math.min(count, from + BATCH));
            flow.carry(model, x, StepObserver.NONE);
            all.paste(from, x);
        });
        return all;
    }

    /** From t_min to T, in equal steps of log t no longer than a bound. */
    static double[] logTimes(DiffusionProcess process, double longest) {
        return logTimes(process.earliest(), process.horizon(), longest);
    }

    /** From one time to another, likewise. */
    static double[] logTimes(double from, double to, double longest) {
        double first = Math.log(from);
        double last = Math.log(to);
        double[] logTimes = new double[1 + (int) Math.ceil((last - first) / longest)];
        for (int j = 0; j < logTimes.length; j++) {
            double w = j / (logTimes.length - 1.0);
            logTimes[j] = (1 - w) * first + w * last;
        }
        return logTimes;
    }

    private static void add(double factor, double[] from, double[] to) {
        for (int n = 0; n < to.length; n++) {
            to[n] = Fused.multiplyAdd(factor, from[n], to[n]);
        }
    }
}
