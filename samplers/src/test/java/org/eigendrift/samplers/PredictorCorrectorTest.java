package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.contract.SamplerContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictorCorrectorTest extends SamplerContract {
    private static final int SIZE = 20_000;

    /** A horizon at which the law is far from the prior: alpha = 0.74. */
    private static final double FINITE = 0.3;

    private static final AffineProcess OU = Configured.process(Map.of("type", "ou", "horizon", 4, "earliest", 0.01), 1);

    /** Five steps come nowhere near; orders and errors are tested one by one. */
    @Override
    protected double accuracy() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    protected Sampler sampler() {
        return Configured.sampler(Map.of(
                "type",
                "predictor-corrector",
                "start",
                FINITE,
                "start_steps",
                3,
                "corrector_steps",
                1,
                "stretches",
                2,
                "predictor",
                Map.of("type", "pf-ode", "steps", 4)));
    }

    @Override
    protected ExactMixture model() {
        return new ExactMixture(OU, new double[] {0.7, 0.3}, new double[][] {{0.8}, {1.8}}, new double[] {0.4, 0.3});
    }

    private Points sample(String corrector, int startSteps) {
        Points x = Points.zeros(1, SIZE);
        OU.prior(new CounterRandom(3), 0, x);
        Outcome outcome = Configured.sampler(Map.of(
                        "type",
                        "predictor-corrector",
                        "start",
                        FINITE,
                        "start_steps",
                        startSteps,
                        "corrector",
                        corrector,
                        "step_size",
                        0.1,
                        "predictor",
                        Map.of("type", "pf-ode", "steps", 30)))
                .prepare(model(), RunContext.quiet(1))
                .run(x, Noise.of(new CounterRandom(5), 0), StepObserver.NONE);
        // Two evaluations a step of Heun's method, one or two a Langevin step.
        assertEquals(60 + startSteps * (corrector.equals("ula") ? 1 : 2), outcome.evaluations());
        return x;
    }

    private static double[] moments(Points x) {
        double first = 0;
        double second = 0;
        for (double v : x.values()) {
            first += v / SIZE;
            second += v * v / SIZE;
        }
        return new double[] {first, second};
    }

    /** The largest difference of distribution functions (Kolmogorov and Smirnov) to points of the exact law. */
    private double kolmogorov(Points x) {
        Points exact = Points.zeros(1, SIZE);
        CounterRandom random = new CounterRandom(9);
        double alpha = OU.alpha(0.01);
        for (int n = 0; n < SIZE; n++) {
            int k = random.uniform(n, 0) < 0.7 ? 0 : 1;
            double point = model().means()[k][0] + Math.sqrt(model().covariances()[k][0][0]) * random.normal(n, 2);
            exact.set(0, n, alpha * point + OU.sigma(0.01) * random.normal(n, 4));
        }
        double[] a = x.values().clone();
        double[] b = exact.values().clone();
        Arrays.sort(a);
        Arrays.sort(b);
        int j = 0;
        double worst = 0;
        for (int i = 0; i < SIZE; i++) {
            while (j < SIZE && b[j] <= a[i]) {
                j++;
            }
            worst = Math.max(worst, Math.abs((i + 1.0 - j) / SIZE));
        }
        return worst;
    }

    @Test
    void thePlainReverseProcessIsBiasedAtAFiniteHorizon() {
        // 1.95 sqrt(2 / n): exceeded by equal laws with probability 0.001.
        assertTrue(kolmogorov(sample("ula", 0)) > 10 * 1.95 * Math.sqrt(2.0 / SIZE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ula", "mala"})
    void correctionRemovesTheBias(String corrector) {
        Points x = sample(corrector, 150);
        double alpha = OU.alpha(0.01);
        double mean = alpha * (0.7 * 0.8 + 0.3 * 1.8);
        double sigma = OU.sigma(0.01);
        double square = alpha * alpha * (0.7 * (0.64 + 0.16) + 0.3 * (3.24 + 0.09)) + sigma * sigma;
        double[] moments = moments(x);
        // Five standard errors; ULA's own bias at this step, 2 % of the variance, comes on top.
        double bias = corrector.equals("ula") ? 0.02 : 0;
        assertEquals(mean, moments[0], 5 * Math.sqrt((square - mean * mean) / SIZE) + bias);
        assertEquals(square, moments[1], 5 * Math.sqrt(2 * square * square / SIZE) + bias * square);
        assertTrue(kolmogorov(x) < 1.95 * Math.sqrt(2.0 / SIZE) + bias, "distance " + kolmogorov(x));
    }

    @Test
    void aStartOutsideTheProcessIsRefused() {
        Sampler sampler = Configured.sampler(Map.of("type", "predictor-corrector", "start", 9));
        InputException refused =
                assertThrows(InputException.class, () -> sampler.prepare(model(), RunContext.quiet(1)));
        assertTrue(refused.getMessage().contains("start: 9.0 lies outside"), refused.getMessage());
    }
}
