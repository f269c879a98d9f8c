package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.junit.jupiter.api.Test;

/** What every affine process promises: its drift, noise, alpha and sigma belong together. */
public abstract class ProcessContract {

    /** For subclasses. */
    protected ProcessContract() {}

    /**
     * The process under test.
     *
     * @return the process
     */
    protected abstract AffineProcess process();

    private double[] times() {
        AffineProcess p = process();
        double[] times = new double[9];
        for (int i = 0; i < times.length; i++) {
            // Off the ends, so that differences stay inside.
            times[i] = p.earliest() + (p.horizon() - p.earliest()) * (0.05 + 0.9 * i / (times.length - 1));
        }
        return times;
    }

    @Test
    void isItsOwnAffineView() {
        AffineProcess process = process();
        assertSame(process, process.affine().orElseThrow(), "affine() is the process itself");
    }

    @Test
    void timeInvertsLambda() {
        for (double t : times()) {
            // lambda of a few units carries its rounding, 1e-16 times the condition of the inverse, below 1e3.
            assertEquals(
                    t,
                    process().time(process().lambda(t)),
                    1e-12 * process().horizon(),
                    "the time of lambda(" + t + ")");
        }
        double earliest = process().earliest();
        assertEquals(
                earliest, process().time(process().lambda(earliest)), 1e-12 * earliest, "the time of lambda(earliest)");
    }

    @Test
    void lambdaDecreases() {
        double before = process().lambda(process().earliest());
        for (double t : times()) {
            assertTrue(process().lambda(t) < before, "lambda rises up to t = " + t);
            before = process().lambda(t);
        }
    }

    /** mu = (log alpha)' x and A = sigma^2 (log(sigma / alpha))', by central differences. */
    @Test
    void driftAndNoiseAreTheRatesOfAlphaAndSigma() {
        AffineProcess p = process();
        Points x = Points.zeros(p.dim(), 1);
        x.set(0, 0, 1);
        Points out = Points.zeros(p.dim(), 1);
        for (double t : times()) {
            double h = 1e-5 * p.horizon();
            p.drift(t, x, out);
            double rate = (p.logAlpha(t + h) - p.logAlpha(t - h)) / (2 * h);
            // Truncation h^2 / 6 times a third derivative, and rounding 1e-16 / h.
            assertEquals(
                    rate,
                    out.get(0, 0),
                    tolerance() * Math.max(1, Math.abs(rate)),
                    "the drift at x = 1 is the rate of log alpha, t = " + t);
            p.diffusion(t, x, out);
            double half = -p.sigma(t) * p.sigma(t) * (p.lambda(t + h) - p.lambda(t - h)) / (2 * h);
            assertEquals(
                    half,
                    out.get(0, 0),
                    tolerance() * Math.max(1, Math.abs(half)),
                    "half the squared noise is sigma^2 (log(sigma / alpha))', t = " + t);
        }
    }

    /**
     * Tolerance of the comparison with differences.
     *
     * @return 1e-6 unless the schedule has kinks
     */
    protected double tolerance() {
        return 1e-6;
    }

    @Test
    void priorHasItsDensity() {
        AffineProcess p = process();
        int size = 4000;
        Points x = Points.zeros(p.dim(), size);
        p.prior(new CounterRandom(1), 0, x);
        double[] log = new double[size];
        p.logPrior(x, log);
        double mean = 0;
        double square = 0;
        for (int n = 0; n < size; n++) {
            mean += log[n] / size;
            for (int i = 0; i < p.dim(); i++) {
                square += x.get(i, n) * x.get(i, n) / (size * p.dim());
            }
        }
        // E log N(0, s^2 I) = -d (log s + (1 + log 2 pi) / 2), standard deviation sqrt(d / 2); five standard errors.
        double entropy = p.dim() * 0.5 * (Math.log(square) + 1 + Math.log(2 * Math.PI));
        assertEquals(
                -entropy,
                mean,
                5 * Math.sqrt(p.dim() / 2.0 / size) + 5 * p.dim() / Math.sqrt(2.0 * size),
                "the mean of logPrior over draws of the prior");
    }

    /** What keeps the variance has a sigma that follows from alpha without the cancellation that 1 - alpha^2 has. */
    @Test
    void sigmaIsAccurateNearTheBeginning() {
        AffineProcess p = process();
        double middle = 0.5 * (p.earliest() + p.horizon());
        double variance = p.alpha(middle) * p.alpha(middle) + p.sigma(middle) * p.sigma(middle);
        // Rounding alone, of squares of at most 1.
        assumeTrue(Math.abs(variance - 1) < 1e-12, "the process does not keep the variance");
        double t = p.earliest();
        double sigma = p.sigma(t);
        assertEquals(Math.sqrt(-Math.expm1(2 * p.logAlpha(t))), sigma, 1e-15 * sigma, "sigma at the earliest time");
    }
}
