package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.contract.SamplerContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReverseSdeTest extends SamplerContract {
    private static final AffineProcess OU = Configured.process(Map.of("type", "ou", "horizon", 4, "earliest", 0.02), 1);

    /** Five steps come nowhere near; orders and errors are tested one by one. */
    @Override
    protected double accuracy() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    protected Sampler sampler() {
        return method("euler-maruyama", 5);
    }

    @Override
    protected ExactMixture model() {
        return ExactMixture.gaussian(OU, 0.7, 0.5);
    }

    private static Sampler method(String method, int steps) {
        return Configured.sampler(Map.of("type", "reverse-sde", "method", method, "steps", steps, "grid", "log-snr"));
    }

    /** The variance of the scheme's law by the affine map of each step; of a linear scheme it is a sum of squares. */
    private double standardDeviation(String method, int steps) {
        int size = 40_000;
        Points x = Points.zeros(1, size);
        OU.prior(new CounterRandom(3), 0, x);
        method(method, steps)
                .prepare(model(), RunContext.quiet(1))
                .run(x, Noise.of(new CounterRandom(5), 0), StepObserver.NONE);
        double mean = 0;
        double square = 0;
        for (double v : x.values()) {
            mean += v / size;
            square += v * v / size;
        }
        return Math.sqrt(square - mean * mean);
    }

    @ParameterizedTest
    @CsvSource({"euler-maruyama, 400, 0.04", "heun, 100, 0.01", "srk, 100, 0.01", "splitting, 100, 0.01"})
    void reachesTheMarginal(String method, int steps, double bias) {
        double exact = Math.hypot(0.5 * OU.alpha(0.02), OU.sigma(0.02));
        // Five standard errors of a standard deviation, 1 / sqrt(2 n) relative, and the scheme's bias at this step.
        assertEquals(exact, standardDeviation(method, steps), exact * (5 / Math.sqrt(2 * 40_000) + bias));
    }
}
