package org.eigendrift.api.score;

import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;

/** Whether an affine process's parts belong together, looked up at a few times and at draws of its prior. */
final class ProcessCheck {
    /** Between the earliest time and the horizon. Schedules may have kinks: what is off at most of these is wrong. */
    private static final double[] PLACES = {0.03, 0.2, 0.5, 0.8, 0.97};

    /** Of the horizon: central differences of a smooth schedule are off by about the square of step / t, below 1e-6. */
    private static final double STEP = 1e-5;

    /** Of a rate: far above what differences are off by, far below what a wrong schedule is. */
    private static final double OFF = 0.01;

    /** Of the horizon: inverses by iteration stop far below. */
    private static final double RETURN = 1e-6;

    /** Draws of all coordinates together, and of each at least. */
    private static final int NUMBERS = 4096;

    private static final int FEWEST = 32;

    /**
     * Of the sum over coordinates: where draws are N(0, s^2 I) and s^2 is their mean square, the mean log-density is -d (log s + (1 + log
     * 2 pi) / 2) up to d (e^2 / 4) with e = sqrt(2 / 4096), 2e-4 d.
     */
    private static final double OFF_PRIOR = 0.02;

    /** Of the noise at the horizon: no prior is narrower, and draws of 4,096 numbers tell its width to 2 %. */
    private static final double NARROWEST = 0.7;

    /** Times the signal's factor: data are of such a spread at most where a prior is wider than the noise. */
    private static final double WIDEST_DATA = 100;

    private final AffineProcess process;
    private final int dim;

    private ProcessCheck(AffineProcess process, int dim) {
        this.process = process;
        this.dim = dim;
    }

    static Optional<String> fault(int dim, AffineProcess process) {
        ProcessCheck check = new ProcessCheck(process, dim);
        return check.shape().or(check::schedule).or(check::rates).or(check::prior);
    }

    private Optional<String> shape() {
        double earliest = process.earliest();
        double horizon = process.horizon();
        if (process.dim() != dim) {
            return wrong("it has %d coordinates, expected %d", process.dim(), dim);
        }
        if (!(earliest >= 0 && earliest < horizon && horizon < Double.POSITIVE_INFINITY)) {
            return wrong("it runs from %.6g to %.6g, expected 0 <= earliest < horizon, finite", earliest, horizon);
        }
        return process.affine().isPresent()
                ? Optional.empty()
                : wrong("affine() is empty, expected the process itself");
    }

    private double time(double place) {
        return process.earliest() + place * (process.horizon() - process.earliest());
    }

    private Optional<String> schedule() {
        int lost = 0;
        Optional<String> fault = Optional.empty();
        double before = Double.POSITIVE_INFINITY;
        for (double place : PLACES) {
            double t = time(place);
            double sigma = process.sigma(t);
            double lambda = process.lambda(t);
            if (!(sigma > 0) || !Double.isFinite(sigma) || !Double.isFinite(process.logAlpha(t))) {
                return wrong(
                        "at t = %.4g, sigma is %.4g and log alpha %.4g; expected a finite number above 0 and a finite one",
                        t, sigma, process.logAlpha(t));
            }
            if (!(Math.abs(lambda - process.logAlpha(t) + Math.log(sigma)) <= 1e-9 * (1 + Math.abs(lambda)))) {
                return wrong(
                        "at t = %.4g, lambda is %.6g; expected log(alpha / sigma) = %.6g",
                        t, lambda, process.logAlpha(t) - Math.log(sigma));
            }
            if (!(lambda < before)) {
                return wrong("lambda rises from %.4g to %.4g up to t = %.4g, expected less", before, lambda, t);
            }
            double back = process.time(lambda);
            if (!(Math.abs(back - t) <= RETURN * process.horizon())) {
                lost++;
                fault = wrong("the time of lambda(%.4g) is %.4g, expected %.4g", t, back, t);
            }
            before = lambda;
        }
        return lost > PLACES.length / 2 ? fault : Optional.empty();
    }

    /** mu = (log alpha)' x and A = sigma^2 (log(sigma / alpha))' at two points. */
    private Optional<String> rates() {
        Points x = Points.zeros(dim, 2);
        for (int i = 0; i < dim; i++) {
            x.set(i, 0, 1);
            x.set(i, 1, -2);
        }
        Points drift = Points.zeros(dim, 2);
        Points half = Points.zeros(dim, 2);
        int off = 0;
        Optional<String> fault = Optional.empty();
        for (double place : PLACES) {
            double t = time(place);
            process.drift(t, x, drift);
            process.diffusion(t, x, half);
            double rate = slope(process::logAlpha, t);
            double noise = -process.sigma(t) * process.sigma(t) * slope(process::lambda, t);
            Optional<String> here = Optional.empty();
            for (int k = 0; k < 2 * dim && here.isEmpty(); k++) {
                double at = x.values()[k];
                here = differs("drift", at, t, drift.values()[k], rate * at);
                here = here.isPresent() ? here : differs("half squared noise", at, t, half.values()[k], noise);
            }
            off += here.isPresent() ? 1 : 0;
            fault = here.isPresent() ? here : fault;
        }
        return off > PLACES.length / 2 ? fault : Optional.empty();
    }

    private double slope(DoubleUnaryOperator of, double t) {
        double step = STEP * process.horizon();
        return (of.applyAsDouble(t + step) - of.applyAsDouble(t - step)) / (2 * step);
    }

    private Optional<String> differs(String what, double x, double t, double found, double expected) {
        double rounding = 1e-6 / process.horizon() * (1 + Math.abs(x) + process.sigma(t) * process.sigma(t));
        return Math.abs(found - expected) <= OFF * Math.abs(expected) + rounding
                ? Optional.empty()
                : wrong(
                        "its %s at x = %.4g, t = %.4g, is %.6g; differences of alpha and sigma give %.6g",
                        what, x, t, found, expected);
    }

    /** Draws are finite, of a width that the process can have, and as likely as their density says. */
    private Optional<String> prior() {
        int size = Math.max(FEWEST, NUMBERS / dim);
        Points draws = Points.zeros(dim, size);
        double[] log = new double[size];
        process.prior(new CounterRandom(19), 0, draws);
        process.logPrior(draws, log);
        double square = 0;
        double mean = 0;
        for (int n = 0; n < size; n++) {
            for (int i = 0; i < dim; i++) {
                if (!Double.isFinite(draws.get(i, n))) {
                    return wrong("coordinate %d of draw %d of its prior is %g", i + 1, n + 1, draws.get(i, n));
                }
                square += draws.get(i, n) * draws.get(i, n) / ((double) size * dim);
            }
            if (!Double.isFinite(log[n])) {
                return wrong("the log-density of draw %d of its prior is %g, expected a finite number", n + 1, log[n]);
            }
            mean += log[n] / size;
        }
        double sigma = process.sigma(process.horizon());
        double widest = sigma + WIDEST_DATA * process.alpha(process.horizon());
        double scale = Math.sqrt(square);
        if (!(scale >= NARROWEST * sigma && scale <= widest / NARROWEST)) {
            return wrong("its prior has the scale %.4g where sigma is %.4g at the horizon", scale, sigma);
        }
        double expected = -dim * (Math.log(scale) + 0.5 * (1 + Math.log(2 * Math.PI)));
        return Math.abs(mean - expected) <= OFF_PRIOR * dim
                ? Optional.empty()
                : wrong(
                        "its prior's mean log-density is %.4g over draws of the prior, expected %.4g, that of a normal law"
                                + " as wide",
                        mean, expected);
    }

    private static Optional<String> wrong(String format, Object... values) {
        return Optional.of("is wrong: " + String.format(Locale.ROOT, format, values));
    }
}
