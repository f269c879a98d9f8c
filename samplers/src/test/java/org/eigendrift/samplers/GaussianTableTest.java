package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The exact law of each scheme on Gaussian data (the setting of Pierret and Galerne, 2405.14250): a linear score makes a
 * scheme affine in state and noise, so that its final standard deviation is the root of the sum of squares of its
 * responses to the start and to each draw. The figures, |std - sqrt(variance)| for the variance-preserving process with
 * beta from 0.1 to 20 over the uniform grid from 1 to 0.001 started in N(0, 1), were computed by an independent
 * program that propagates variances through each scheme's update.
 */
class GaussianTableTest {
    private static final AffineProcess VP = Configured.process(Map.of("type", "vp"), 1);

    private static Map<String, Object> sampler(String scheme, int steps) {
        return switch (scheme) {
            case "EM" -> Map.of("type", "reverse-sde", "steps", steps, "grid", "uniform");
            case "DDPM" -> Map.of("type", "ddpm", "steps", steps, "grid", "uniform");
            case "DDIM" -> Map.of("type", "ddim", "steps", steps, "grid", "uniform");
            case "Euler" -> Map.of("type", "pf-ode", "method", "euler", "steps", steps, "grid", "uniform");
            case "Heun" -> Map.of("type", "pf-ode", "method", "heun", "steps", steps, "grid", "uniform");
            default ->
                Map.of("type", "dpm-solver++", "order", 2, "steps", steps, "grid", "uniform", "lower_order_final", 0);
        };
    }

    private static double standardDeviation(BatchSampler sampler, int steps) {
        Points responses = Points.zeros(1, steps + 1);
        responses.set(0, steps, 1);
        sampler.run(
                responses,
                (step, draw, out) -> {
                    Arrays.fill(out.values(), 0);
                    out.set(0, step, 1);
                },
                StepObserver.NONE);
        double sum = 0;
        for (double response : responses.values()) {
            sum += response * response;
        }
        return Math.sqrt(sum);
    }

    @ParameterizedTest
    @CsvSource({
        "EM, 0.01, 5.58e-1, 9.77e-2, 1.80e-2, 5.73e-3, 2.09e-3, 8.76e-4",
        "DDPM, 0.01, 7.05e-2, 4.65e-2, 3.09e-2, 1.99e-2, 1.00e-2, 2.70e-3",
        "Euler, 0.01, 2.20e-2, 2.23e-2, 1.23e-2, 6.12e-3, 2.19e-3, 1.48e-4",
        "DDIM, 0.01, 6.25e-2, 3.73e-2, 2.08e-2, 1.08e-2, 4.17e-3, 6.61e-4",
        "Heun, 0.01, 7.34e-2, 1.62e-2, 4.68e-3, 1.63e-3, 7.23e-4, 5.56e-4",
        "2M, 0.01, 3.02e-2, 6.42e-3, 1.51e-2, 9.85e-3, 2.99e-3, 7.22e-4",
        "EM, 0.5, 6.88e-2, 2.27e-2, 1.08e-2, 5.26e-3, 2.10e-3, 5.49e-4",
        "DDPM, 0.5, 2.05e-1, 1.09e-1, 6.33e-2, 3.50e-2, 1.52e-2, 3.99e-3",
        "DDIM, 0.5, 1.42e-1, 5.98e-2, 3.05e-2, 1.54e-2, 6.18e-3, 1.52e-3",
        "Euler, 0.5, 1.32e-3, 1.83e-3, 1.11e-3, 5.84e-4, 2.19e-4, 2.14e-5",
        "Heun, 0.5, 5.44e-3, 9.71e-4, 2.84e-4, 1.07e-4, 5.62e-5, 4.71e-5",
        "2M, 0.5, 2.52e-1, 7.94e-2, 2.20e-2, 5.45e-3, 8.68e-4, 9.53e-5",
        "EM, 2, 8.78e-2, 3.44e-2, 1.71e-2, 8.53e-3, 3.39e-3, 8.18e-4",
        "DDPM, 2, 3.37e-1, 1.64e-1, 8.96e-2, 4.75e-2, 1.99e-2, 5.14e-3",
        "DDIM, 2, 2.10e-1, 8.78e-2, 4.46e-2, 2.25e-2, 9.10e-3, 2.33e-3",
        "Euler, 2, 2.29e-2, 8.03e-3, 3.85e-3, 1.91e-3, 7.94e-4, 2.49e-4",
        "Heun, 2, 7.12e-3, 1.12e-3, 3.26e-4, 1.33e-4, 7.95e-5, 7.00e-5",
        "2M, 2, 3.02e-1, 5.61e-2, 1.34e-2, 3.09e-3, 4.06e-4, 4.12e-5"
    })
    void errorOfTheStandardDeviation(
            String scheme,
            double variance,
            double n10,
            double n25,
            double n50,
            double n100,
            double n250,
            double n1000) {
        int[] steps = {10, 25, 50, 100, 250, 1000};
        double[] expected = {n10, n25, n50, n100, n250, n1000};
        ExactMixture model = ExactMixture.gaussian(VP, 0, Math.sqrt(variance));
        for (int i = 0; i < steps.length; i++) {
            BatchSampler bound = Configured.sampler(sampler(scheme, steps[i])).prepare(model, RunContext.quiet(1));
            double error = Math.abs(standardDeviation(bound, steps[i]) - Math.sqrt(variance));
            // Half a unit of the third digit, to which the figures are given.
            double digit = Math.pow(10, Math.floor(Math.log10(expected[i])) - 2);
            assertEquals(expected[i], error, 0.5001 * digit, scheme + " of " + steps[i] + " steps");
        }
    }
}
