package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code as_published} keeps, measured: the orders that the published formulas reach instead of the nominal. */
class PublishedMistakesTest {
    private static final AffineProcess VP = Configured.process(Map.of("type", "vp", "earliest", 0.01), 1);
    private static final ExactMixture MODEL =
            new ExactMixture(VP, new double[] {0.4, 0.6}, new double[][] {{-1}, {1.2}}, new double[] {0.8, 0.7});
    private static final Points START = Points.ofRows(new double[] {-1.5}, new double[] {0.2}, new double[] {1.1});
    private static final double[] EXACT = Configured.deterministic(
                    Configured.sampler(
                            Map.of("type", "pf-ode", "method", "dop853", "rtol", 1e-13, "atol", 1e-14, "pilot", 16)),
                    MODEL,
                    START)
            .values();

    private static Map<String, Object> block(Object... pairs) {
        Map<String, Object> block = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            block.put((String) pairs[i], pairs[i + 1]);
        }
        return block;
    }

    private static double error(Map<String, Object> block) {
        double[] end = Configured.deterministic(Configured.sampler(block), MODEL, START)
                .values();
        double worst = 0;
        for (int k = 0; k < end.length; k++) {
            worst = Math.max(worst, Math.abs(end[k] - EXACT[k]));
        }
        return worst;
    }

    private static double slope(Map<String, Object> block, int steps) {
        block.put("steps", steps);
        double coarse = error(block);
        block.put("steps", 2 * steps);
        return Math.log(coarse / error(block)) / Math.log(2);
    }

    @ParameterizedTest
    @CsvSource({"dpm-solver, false, 3", "dpm-solver, true, 2", "dpm-solver++, false, 3", "dpm-solver++, true, 2"})
    void thirdOrderMultistepWithoutItsFactorTwoIsOfSecondOrder(String type, boolean asPublished, double order) {
        Map<String, Object> block = block("type", type, "order", 3, "as_published", asPublished);
        assertEquals(order, slope(block, 320), 0.2);
    }

    @ParameterizedTest
    @CsvSource({"2, false, 3", "2, true, 1", "3, false, 4", "3, true, 1"})
    void varyingCoefficientsWithDroppedTermsAreOfFirstOrder(int p, boolean asPublished, double order) {
        Map<String, Object> block = block(
                "type",
                "unipc",
                "variant",
                "vary-coeff",
                "order",
                p,
                "lower_order_final",
                0,
                "as_published",
                asPublished);
        assertEquals(order, slope(block, 80), 0.3);
    }

    @Test
    void riemannSumsStall() {
        Map<String, Object> block = block("type", "deis", "order", 3, "runge_kutta_start", true, "steps", 640);
        double corrected = error(block);
        block.put("as_published", true);
        double published = error(block);
        assertTrue(corrected < 1e-8 && published > 1e-6, corrected + " " + published);
    }

    /**
     * A model whose denoised point is sin(lambda) wherever it is asked. Without noise the reverse equation is then
     * integrated in closed form: x_e = (sigma_e / sigma_s) e^{-h} x_s + alpha_e (F(lambda_e) - e^{-2 h} F(lambda_s)) with
     * F = (4 sin - 2 cos) / 5, the integral of 2 e^{2 lambda} sin(lambda) over e^{2 lambda}.
     */
    private record Sine() implements ScoreModel {
        @Override
        public DiffusionProcess process() {
            return VP;
        }

        @Override
        public Evaluator evaluator() {
            Evaluator exact = MODEL.evaluator();
            return new Evaluator() {
                @Override
                public void score(double t, Points x, Points out) {
                    double denoised = Math.sin(VP.lambda(t));
                    for (int k = 0; k < x.values().length; k++) {
                        out.values()[k] = (VP.alpha(t) * denoised - x.values()[k]) / (VP.sigma(t) * VP.sigma(t));
                    }
                }

                @Override
                public void velocity(double t, Points x, Points out) {
                    exact.velocity(t, x, out);
                }

                @Override
                public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                    exact.velocityAndRate(t, x, out, rate);
                }

                @Override
                public void logRatio(double t, Points x, double[] out) {
                    exact.logRatio(t, x, out);
                }
            };
        }
    }

    @ParameterizedTest
    @CsvSource({"2, taylor, false, 2", "3, taylor, false, 3", "3, taylor, true, 2", "3, midpoint, true, 1"})
    void theNoisyThirdOrderFormWithTheWrongSignIsOfFirstOrder(
            int order, String form, boolean asPublished, double expected) {
        double coarse = meanError(order, form, asPublished, 320);
        double fine = meanError(order, form, asPublished, 640);
        assertEquals(expected, Math.log(coarse / fine) / Math.log(2), 0.2, coarse + " " + fine);
    }

    private static double meanError(int order, String form, boolean asPublished, int steps) {
        Points x = Points.ofRows(new double[] {2});
        Configured.sampler(block(
                        "type",
                        "dpm-solver++",
                        "order",
                        order,
                        "form",
                        form,
                        "eta",
                        1,
                        "lower_order_final",
                        0,
                        "as_published",
                        asPublished,
                        "steps",
                        steps))
                .prepare(new Sine(), RunContext.quiet(1))
                .run(x, (step, draw, out) -> Arrays.fill(out.values(), 0), StepObserver.NONE);
        double start = VP.lambda(VP.horizon());
        double end = VP.lambda(VP.earliest());
        double ratio = VP.sigma(VP.earliest()) / VP.sigma(VP.horizon()) * Math.exp(start - end);
        double exact =
                2 * ratio + VP.alpha(VP.earliest()) * (primitive(end) - Math.exp(2 * (start - end)) * primitive(start));
        return Math.abs(x.get(0, 0) - exact);
    }

    private static double primitive(double lambda) {
        return (4 * Math.sin(lambda) - 2 * Math.cos(lambda)) / 5;
    }
}
