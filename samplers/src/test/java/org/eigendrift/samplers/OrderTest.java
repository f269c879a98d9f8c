package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Measured orders of convergence to the exact flow of a mixture. */
class OrderTest {
    private static final AffineProcess VP = Configured.process(Map.of("type", "vp", "earliest", 0.01), 1);

    /** Wide, overlapping components: the flow is smooth, so that moderate steps are asymptotic. */
    private static final ExactMixture MODEL =
            new ExactMixture(VP, new double[] {0.4, 0.6}, new double[][] {{-1}, {1.2}}, new double[] {0.8, 0.7});

    /** Narrow components: the error of the steps outweighs that of the low orders in which multistep methods start. */
    private static final ExactMixture NARROW =
            new ExactMixture(VP, new double[] {0.4, 0.6}, new double[][] {{-1}, {1.2}}, new double[] {0.15, 0.15});

    private static final Points START = Points.ofRows(new double[] {-1.5}, new double[] {0.2}, new double[] {1.1});

    /** The flow by an eighth-order method, whose agreement with an independent integration is another test. */
    private static Points flow(ExactMixture model) {
        return Configured.deterministic(
                Configured.sampler(
                        Map.of("type", "pf-ode", "method", "dop853", "rtol", 1e-13, "atol", 1e-14, "pilot", 16)),
                model,
                START);
    }

    private static final Points EXACT = flow(MODEL);

    private static final Points EXACT_NARROW = flow(NARROW);

    private static double error(boolean narrow, Map<String, Object> block, int steps) {
        Map<String, Object> sized = new LinkedHashMap<>(block);
        sized.put("steps", steps);
        Points end = Configured.deterministic(Configured.sampler(sized), narrow ? NARROW : MODEL, START);
        Points exact = narrow ? EXACT_NARROW : EXACT;
        double worst = 0;
        for (int k = 0; k < end.values().length; k++) {
            worst = Math.max(worst, Math.abs(end.values()[k] - exact.values()[k]));
        }
        return worst;
    }

    private final List<DynamicTest> tests = new ArrayList<>();

    private void order(double order, int steps, Object... pairs) {
        add(false, order, steps, pairs);
    }

    private void add(boolean narrow, double order, int steps, Object... pairs) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("grid", "log-snr");
        for (int i = 0; i < pairs.length; i += 2) {
            block.put((String) pairs[i], pairs[i + 1]);
        }
        tests.add(DynamicTest.dynamicTest(block.toString(), () -> {
            double coarse = error(narrow, block, steps);
            double fine = error(narrow, block, 2 * steps);
            double slope = Math.log(coarse / fine) / Math.log(2);
            assertEquals(order, slope, 0.2, "errors " + coarse + " and " + fine);
        }));
    }

    @TestFactory
    Stream<DynamicTest> deterministicSamplersHaveTheirOrder() {
        for (String grid : List.of("log-snr", "karras", "quadratic")) {
            order(1, 160, "type", "ddim", "grid", grid);
            order(2, 160, "type", "dpm-solver++", "order", 2, "grid", grid);
            order(2, 160, "type", "edm-heun", "grid", grid);
        }
        for (String type : List.of("dpm-solver", "dpm-solver++")) {
            for (String form : List.of("midpoint", "taylor")) {
                order(2, 160, "type", type, "order", 2, "form", form);
                order(3, 160, "type", type, "order", 3, "form", form);
                order(2, 160, "type", type, "order", 2, "form", form, "method", "singlestep");
                order(3, 120, "type", type, "order", 3, "form", form, "method", "singlestep-fixed");
            }
        }
        for (String variant : List.of("bh1", "bh2", "vary-coeff")) {
            for (String prediction : List.of("data", "noise")) {
                for (int p = 1; p <= 3; p++) {
                    order(
                            p + 1,
                            80,
                            "type",
                            "unipc",
                            "order",
                            p,
                            "variant",
                            variant,
                            "prediction",
                            prediction,
                            "lower_order_final",
                            0);
                }
            }
        }
        for (int q = 0; q <= 3; q++) {
            // From order 4 on, the rising orders of the first steps show: a Runge-Kutta start has none.
            for (String method : List.of("t-ab", "rho-ab", "log-rho-ab")) {
                order(
                        q + 1,
                        160,
                        "type",
                        "deis",
                        "method",
                        method,
                        "order",
                        q,
                        "grid",
                        "quadratic",
                        "runge_kutta_start",
                        q == 3);
            }
            order(q + 1, 160, "type", "lms", "order", q + 1, "grid", "karras", "runge_kutta_start", q == 3);
        }
        Map<String, Integer> tableaux = Map.of(
                "euler1", 1, "heun2", 2, "heun3", 3, "kutta3", 3, "ralston3", 3, "ssp3", 3, "houwen3", 3, "rk4", 4);
        tableaux.forEach((tableau, p) -> order(p, 80, "type", "deis", "method", "rho-rk", "tableau", tableau));
        order(1, 160, "type", "edm-euler");
        order(2, 160, "type", "dpm2");
        order(2, 160, "type", "ancestral", "method", "dpmpp-2s", "eta", 0);
        order(2, 160, "type", "ancestral", "method", "dpmpp-sde", "eta", 0);
        order(2, 160, "type", "ancestral", "method", "dpm2", "eta", 0);
        order(
                2,
                160,
                "type",
                "sa-solver",
                "predictor_order",
                2,
                "corrector_order",
                0,
                "tau",
                0,
                "lower_order_final",
                0);
        order(
                3,
                160,
                "type",
                "sa-solver",
                "predictor_order",
                3,
                "corrector_order",
                0,
                "tau",
                0,
                "lower_order_final",
                0);
        order(
                3,
                160,
                "type",
                "sa-solver",
                "predictor_order",
                2,
                "corrector_order",
                3,
                "tau",
                0,
                "lower_order_final",
                0);
        order(4, 80, "type", "sa-solver", "predictor_order", 3, "corrector_order", 4, "tau", 0, "lower_order_final", 0);
        order(1, 160, "type", "gradient-estimation", "gam", 1);
        order(3, 80, "type", "dpm-solver-v3", "order", 3, "corrector", false, "nodes", 1280);
        return tests.stream();
    }

    /**
     * The weights are those of even steps in rho: on another smooth grid, whose neighbouring steps differ by O(h^2), a
     * step errs by h^3, whatever the nominal order 4 of the weights, and so does the single first step.
     */
    @ParameterizedTest
    @ValueSource(strings = {"plms", "runge-kutta", "ramp"})
    void pseudoMultistepIsOfSecondOrderOnUnevenGrids(String start) {
        Map<String, Object> block = Map.of("type", "pndm", "start", start, "grid", "log-snr");
        double coarse = error(false, block, 320);
        double fine = error(false, block, 640);
        assertEquals(2, Math.log(coarse / fine) / Math.log(2), 0.2, coarse + " and " + fine);
    }

    /** Evaluations 2 mod 3 end in one step of order 2, whose error h^3 is that of all the others together. */
    @ParameterizedTest
    @ValueSource(strings = {"dpm-solver", "dpm-solver++"})
    void fastIsOfThirdOrder(String type) {
        Map<String, Object> block =
                Map.of("type", type, "method", "fast", "order", 3, "form", "taylor", "grid", "log-snr");
        // 40 and 80 steps.
        double coarse = error(false, block, 119);
        double fine = error(false, block, 239);
        assertEquals(3, Math.log(coarse / fine) / Math.log(2), 0.2, coarse + " and " + fine);
    }

    /** A tolerance below what doubles tell shrinks the step to nothing, which is said and not tried for ever. */
    @Test
    @Timeout(60)
    void aToleranceThatCannotBeReachedIsRefused() {
        Sampler sampler = Configured.sampler(
                Map.of("type", "dpm-solver", "method", "adaptive", "rtol", 0, "atol", 1e-300, "form", "taylor"));
        String refusal = assertThrows(
                        NumericalException.class,
                        () -> sampler.prepare(MODEL, RunContext.quiet(1))
                                .run(START.copy(), (step, draw, out) -> {}, StepObserver.NONE))
                .getMessage();
        assertTrue(refusal.contains("the step vanishes"), refusal);
    }

    /** Step control aims at the error of the order below, h^p a step; the result's own is h^p in all: p against steps. */
    @ParameterizedTest
    @CsvSource({"dpm-solver, 2", "dpm-solver, 3", "dpm-solver++, 2", "dpm-solver++, 3"})
    void adaptiveStepsErrByThePowerOfTheOrder(String type, int order) {
        double[] errors = new double[2];
        int[] steps = new int[2];
        for (int i = 0; i < 2; i++) {
            // Fewer than a hundred steps of order 3 are not asymptotic.
            double tolerance = order == 2 ? (i == 0 ? 1e-4 : 1e-5) : (i == 0 ? 1e-6 : 1e-8);
            Sampler sampler = Configured.sampler(Map.of(
                    "type",
                    type,
                    "method",
                    "adaptive",
                    "order",
                    order,
                    "form",
                    "taylor",
                    "rtol",
                    tolerance,
                    "atol",
                    tolerance));
            Points x = START.copy();
            steps[i] = sampler.prepare(MODEL, RunContext.quiet(1))
                    .run(x, (step, draw, out) -> {}, StepObserver.NONE)
                    .accepted();
            for (int k = 0; k < x.values().length; k++) {
                errors[i] = Math.max(errors[i], Math.abs(x.values()[k] - EXACT.values()[k]));
            }
        }
        double slope = Math.log(errors[0] / errors[1]) / Math.log((double) steps[1] / steps[0]);
        // The steps are not the same times a factor, which the limits leave room for.
        assertEquals(order, slope, 0.4, errors[0] + " and " + errors[1]);
    }
}
