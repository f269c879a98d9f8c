package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.contract.HeatOnCircle;
import org.eigendrift.contract.SamplerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Samplers for any process on a circle and between reflecting ends. */
class BoundedProcessesTest {
    private static final double B = 0.9;
    private static final int SIZE = 20_000;

    private abstract static class OnTheCircle extends SamplerContract {
        @Override
        protected HeatOnCircle model() {
            return new HeatOnCircle(false, B);
        }

        /** So few steps are not meant to be exact; those below are, and held to the law. */
        @Override
        protected double accuracy() {
            return Double.POSITIVE_INFINITY;
        }
    }

    @Nested
    class Flow extends OnTheCircle {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "pf-ode", "method", "rk4", "steps", 6));
        }
    }

    @Nested
    class Stochastic extends OnTheCircle {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "reverse-sde", "method", "srk", "steps", 6));
        }
    }

    @Nested
    class Corrected extends OnTheCircle {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of(
                    "type",
                    "predictor-corrector",
                    "corrector",
                    "mala",
                    "start",
                    1,
                    "start_steps",
                    2,
                    "predictor",
                    Map.of("type", "pf-ode", "steps", 4)));
        }
    }

    static Stream<Arguments> samplers() {
        List<Map<String, Object>> blocks = List.of(
                Map.of("type", "pf-ode", "steps", 40),
                Map.of("type", "reverse-sde", "steps", 200),
                Map.of("type", "reverse-sde", "method", "heun", "steps", 60),
                Map.of("type", "reverse-sde", "method", "srk", "steps", 60),
                Map.of("type", "reverse-sde", "method", "splitting", "steps", 60),
                Map.of(
                        "type",
                        "predictor-corrector",
                        "corrector",
                        "mala",
                        "start",
                        0.5,
                        "start_steps",
                        200,
                        "step_size",
                        0.3,
                        "predictor",
                        Map.of("type", "pf-ode", "steps", 20)));
        return blocks.stream().flatMap(b -> Stream.of(Arguments.of(b, false), Arguments.of(b, true)));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void firstMomentIsThatOfTheData(Map<String, Object> block, boolean reflected) {
        HeatOnCircle model = new HeatOnCircle(reflected, B);
        Points x = Points.zeros(1, SIZE);
        model.process().prior(new CounterRandom(3), 0, x);
        Configured.sampler(block)
                .prepare(model, RunContext.quiet(1))
                .run(x, Noise.of(new CounterRandom(5), 0), StepObserver.NONE);
        double mean = 0;
        for (double v : x.values()) {
            mean += Math.cos(v) / SIZE;
        }
        // Five standard errors of a mean whose terms have variance below 1/2, and 0.01 for the scheme at these steps.
        assertEquals(0.5 * B * Math.exp(-0.01), mean, 5 * Math.sqrt(0.5 / SIZE) + 0.01);
    }

    @Test
    void samplersOfAffineProcessesRefuseNamingOthers() {
        int refused = 0;
        for (var provider : Configured.CATALOG.all(SamplerProvider.KIND)) {
            String name = provider.name();
            if (List.of("pf-ode", "reverse-sde", "predictor-corrector").contains(name)) {
                continue;
            }
            String reason = Configured.sampler(Map.of("type", name))
                    .refusal(new HeatOnCircle(false, B).process())
                    .orElseThrow(() -> new AssertionError(name + " accepts a circle"));
            assertTrue(reason.contains("samplers that fit: pf-ode, reverse-sde, predictor-corrector"), reason);
            refused++;
        }
        assertTrue(refused > 15, "samplers that refuse: " + refused);
    }
}
