package org.eigendrift.samplers.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method on Gaussian data, where the conditional score is known, and their published deviations from it. */
class GaussianOraclesTest {
    private static double[] guided(ScoreModel model, int dim, Map<String, ?> block, double t, double[] x) {
        Points out = Points.zeros(dim, 1);
        Oracles.guidance(dim, block).guide(model).evaluator().score(t, Points.ofRows(x), out);
        return out.row(0);
    }

    /** Oracles have 16 digits; a few inverses of condition 1e3 and differences of 1/sigma^2 = 25 lose some. */
    private static void close(JsonNode expected, double[] actual, double tolerance, String what) {
        for (int i = 0; i < actual.length; i++) {
            double value = expected.get(i).asDouble();
            assertEquals(value, actual[i], tolerance * (1 + Math.abs(value)), what + ", coordinate " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gradient_guidance_2d",
                "gradient_guidance_5d",
                "gradient_guidance_isotropic",
                "moment_matched_5d_two_rows"
            })
    void momentMatchedIsTheConditionalScore(String name) {
        for (JsonNode problem : Oracles.of(name)) {
            int dim = problem.path("mean").size();
            ExactMixture model = Oracles.gaussian(Oracles.ou(dim), problem.path("mean"), problem.path("cov"));
            Map<String, Object> block = Oracles.observed(
                    "moment-matched",
                    problem.path("G"),
                    problem.path("y"),
                    problem.path("sigma_y").asDouble());
            for (JsonNode row : problem.path("rows")) {
                double t = row.path("t").asDouble();
                double[] x = Oracles.vector(row.path("x"));
                close(row.path("exact_conditional_score"), guided(model, dim, block, t, x), 1e-9, name + " t = " + t);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gradient_guidance_2d", "gradient_guidance_5d", "gradient_guidance_isotropic"})
    void gradientGuidanceIsExactCorrectedAndOffByTheStatedFactorsAsPublished(String name) {
        for (JsonNode problem : Oracles.of(name)) {
            int dim = problem.path("mean").size();
            ExactMixture model = Oracles.gaussian(Oracles.ou(dim), problem.path("mean"), problem.path("cov"));
            Map<String, Object> block = new HashMap<>(Map.of(
                    "type", "gradient-guidance",
                    "objective",
                            Map.of(
                                    "type",
                                    "linear",
                                    "weights",
                                    Oracles.list(problem.path("G").get(0))),
                    "target", problem.path("y").get(0).asDouble(),
                    "noise", problem.path("sigma_y").asDouble()));
            for (JsonNode row : problem.path("rows")) {
                double t = row.path("t").asDouble();
                double[] x = Oracles.vector(row.path("x"));
                double[] corrected = guided(model, dim, block, t, x);
                close(row.path("guidance_corrected"), corrected, 1e-9, name + " t = " + t);
                close(row.path("exact_conditional_score"), corrected, 1e-9, name + " t = " + t);
                double[] published = guided(model, dim, Oracles.with(block, "scale", "published"), t, x);
                close(row.path("guidance_published"), published, 1e-9, name + " t = " + t);
                double ratio = row.path("ratio_published_over_exact").asDouble();
                for (int i = 0; i < dim; i++) {
                    double score = row.path("score").get(i).asDouble();
                    // Differences of scores: their rounding is 1e-9 of the scores.
                    assertEquals(
                            ratio * (corrected[i] - score),
                            published[i] - score,
                            1e-8 * (1 + Math.abs(score) + Math.abs(published[i])));
                }
            }
        }
    }

    /** g alone, not through the denoiser: parallel to g, and the published factor on isotropic data, where v is alpha g. */
    @Test
    void plainGradientGuidanceIsParallelToTheGradient() {
        JsonNode problem = Oracles.of("gradient_guidance_isotropic").get(0);
        ExactMixture model = Oracles.gaussian(Oracles.ou(2), problem.path("mean"), problem.path("cov"));
        Map<String, Object> block = Map.of(
                "type", "gradient-guidance",
                "objective",
                        Map.of(
                                "type",
                                "linear",
                                "weights",
                                Oracles.list(problem.path("G").get(0))),
                "target", problem.path("y").get(0).asDouble(),
                "noise", problem.path("sigma_y").asDouble(),
                "scale", "plain");
        for (JsonNode row : problem.path("rows")) {
            double t = row.path("t").asDouble();
            double[] out = guided(model, 2, block, t, Oracles.vector(row.path("x")));
            double[] g = Oracles.vector(problem.path("G").get(0));
            double[] estimate = Oracles.vector(row.path("x0_hat"));
            double residual = problem.path("y").get(0).asDouble() - g[0] * estimate[0] - g[1] * estimate[1];
            double noise = -Math.expm1(-2 * t);
            double square = g[0] * g[0] + g[1] * g[1];
            double sigma = problem.path("sigma_y").asDouble();
            double factor = Math.exp(-t) / (sigma * sigma + noise * square);
            for (int i = 0; i < 2; i++) {
                double expected = row.path("score").get(i).asDouble() + factor * residual * g[i];
                assertEquals(expected, out[i], 1e-10 * (1 + Math.abs(expected)));
            }
        }
    }

    /** Pseudo-inverse guidance is exact where data are isotropic with the variance it assumes. */
    @Test
    void pseudoInverseGuidanceIsExactForIsotropicData() {
        JsonNode problem = Oracles.of("gradient_guidance_isotropic").get(0);
        ExactMixture model = Oracles.gaussian(Oracles.ou(2), problem.path("mean"), problem.path("cov"));
        Map<String, Object> block = Oracles.observed(
                "pi-gdm",
                problem.path("G"),
                problem.path("y"),
                problem.path("sigma_y").asDouble());
        for (JsonNode row : problem.path("rows")) {
            double t = row.path("t").asDouble();
            double[] out = guided(model, 2, block, t, Oracles.vector(row.path("x")));
            close(row.path("exact_conditional_score"), out, 1e-9, "t = " + t);
        }
    }

    /** DPS is the moment-matched gradient with the covariance left out: weaker data would need 1/(s^2 + g'Cg), it takes 1/s^2. */
    @Test
    void dpsLeavesTheCovarianceOut() {
        JsonNode problem = Oracles.of("gradient_guidance_2d").get(0);
        ExactMixture model = Oracles.gaussian(Oracles.ou(2), problem.path("mean"), problem.path("cov"));
        double sigma = problem.path("sigma_y").asDouble();
        double[] g = Oracles.vector(problem.path("G").get(0));
        Map<String, Object> block = Oracles.observed("dps", problem.path("G"), problem.path("y"), sigma);
        for (JsonNode row : problem.path("rows")) {
            double t = row.path("t").asDouble();
            double[] out = guided(model, 2, block, t, Oracles.vector(row.path("x")));
            double[][] c = Oracles.matrix(row.path("cov_x0_given_xt"));
            double spread = 0;
            for (int i = 0; i < 2; i++) {
                spread += g[i] * (c[i][0] * g[0] + c[i][1] * g[1]);
            }
            for (int i = 0; i < 2; i++) {
                double score = row.path("score").get(i).asDouble();
                double exact = row.path("exact_conditional_score").get(i).asDouble() - score;
                double expected = exact * (sigma * sigma + spread) / (sigma * sigma);
                assertEquals(expected, out[i] - score, 1e-8 * (1 + Math.abs(score) + Math.abs(expected)), "t = " + t);
            }
        }
    }

    @Test
    void ddsTakesTheIteratesOfConjugateGradients() {
        for (JsonNode problem : Oracles.of("dds")) {
            double t = problem.path("t").asDouble();
            ExactMixture model = Oracles.gaussian(Oracles.ou(6), problem.path("prior_mean"), problem.path("prior_cov"));
            double[] x = Oracles.vector(problem.path("x_t"));
            for (String start : List.of("estimate", "zero")) {
                JsonNode iterates = problem.path(start.equals("zero") ? "cg_from_zero" : "cg_from_x0_hat");
                for (int k = 1; k <= 5; k++) {
                    Map<String, Object> block = Oracles.observed("dds", problem.path("A"), problem.path("y"), 0.1);
                    block.put("gamma", problem.path("gamma").asDouble());
                    block.put("iterations", k);
                    block.put("start", start);
                    double[] estimate = estimate(guided(model, 6, block, t, x), x, t);
                    // Conjugate gradients amplify rounding by the condition, up to 150 here, once more each step.
                    close(iterates.get(k), estimate, 1e-9, start + ", step " + k);
                }
            }
            Map<String, Object> block = Oracles.observed("dds", problem.path("A"), problem.path("y"), 0.1);
            block.put("gamma", problem.path("gamma").asDouble());
            block.put("iterations", 3);
            close(problem.path("exact"), estimate(guided(model, 6, block, t, x), x, t), 1e-9, "rank steps are exact");
        }
    }

    private static double[] estimate(double[] score, double[] x, double t) {
        double[] out = new double[x.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (x[i] - Math.expm1(-2 * t) * score[i]) / Math.exp(-t);
        }
        return out;
    }

    /** Replacing the observed part: the new estimate meets the observation, and differs from the old in the range of A^T alone. */
    @ParameterizedTest
    @ValueSource(strings = {"ddnm", "mcg"})
    void projectionsMeetTheObservation(String type) {
        JsonNode problem = Oracles.of("dds").get(0);
        double t = problem.path("t").asDouble();
        ExactMixture model = Oracles.gaussian(Oracles.ou(6), problem.path("prior_mean"), problem.path("prior_cov"));
        double[] x = Oracles.vector(problem.path("x_t"));
        double[][] a = Oracles.matrix(problem.path("A"));
        Map<String, Object> block = Oracles.observed(type, problem.path("A"), problem.path("y"), 0);
        double[] estimate = estimate(guided(model, 6, block, t, x), x, t);
        for (int j = 0; j < 3; j++) {
            double image = 0;
            for (int i = 0; i < 6; i++) {
                image += a[j][i] * estimate[i];
            }
            assertEquals(problem.path("y").get(j).asDouble(), image, 1e-10);
        }
        if (type.equals("ddnm")) {
            // The nearest such point is orthogonal to the null space: dds with a large weight tends to it.
            Map<String, Object> dds = Oracles.observed("dds", problem.path("A"), problem.path("y"), 0);
            dds.put("gamma", 1e7);
            dds.put("iterations", 50);
            double[] limit = estimate(guided(model, 6, dds, t, x), x, t);
            for (int i = 0; i < 6; i++) {
                assertEquals(limit[i], estimate[i], 1e-6 * (1 + Math.abs(limit[i])));
            }
        }
    }

    @Test
    void stslsExtraTermVanishesForGaussiansAndIsTheThirdDerivativeOtherwise() {
        JsonNode gaussian = Oracles.of("gradient_guidance_2d").get(0);
        ExactMixture flat = Oracles.gaussian(Oracles.ou(2), gaussian.path("mean"), gaussian.path("cov"));
        Map<String, Object> block = Oracles.observed(
                "stsl",
                gaussian.path("G"),
                gaussian.path("y"),
                gaussian.path("sigma_y").asDouble());
        for (JsonNode row : gaussian.path("rows")) {
            double t = row.path("t").asDouble();
            double[] x = Oracles.vector(row.path("x"));
            double[] strong = guided(flat, 2, Oracles.with(block, "eta", 1), t, x);
            double[] none = guided(flat, 2, Oracles.with(block, "eta", 0), t, x);
            double[] first = guided(flat, 2, Oracles.with(block, "type", "dps"), t, x);
            for (int i = 0; i < 2; i++) {
                assertEquals(first[i], none[i], 0);
                // Differences of equal Hessians: their rounding, up to 1e-14 of 1/sigma^2 = 25, over the step 0.01
                // sigma.
                assertEquals(none[i], strong[i], 1e-9 * (1 + Math.abs(none[i])));
            }
        }
        JsonNode stsl = Oracles.of("stsl");
        ExactMixture mixture = Oracles.line(Oracles.ou(1), stsl.path("mixture"));
        for (JsonNode row : stsl.path("rows")) {
            Tweedie tweedie = new Tweedie(mixture, Oracles.ou(1));
            double t = row.path("t").asDouble();
            tweedie.at(t, Points.ofRows(new double[] {row.path("x").asDouble()}));
            double extra = SecondOrderTweedie.traceGradient(tweedie, 0.01 * tweedie.sigma())
                    .get(0, 0);
            assertEquals(row.path("score").asDouble(), tweedie.score().get(0, 0), 1e-12);
            assertEquals(row.path("x0_hat").asDouble(), tweedie.estimate().get(0, 0), 1e-12);
            Points unit = Points.ofRows(new double[] {1});
            assertEquals(
                    row.path("var_x0").asDouble(),
                    tweedie.covariance() * tweedie.jacobian(unit).get(0, 0),
                    1e-12);
            double expected = row.path("extra_term").asDouble();
            // Fourth-order differences: h^4 / 30 times the seventh derivative; h = 0.003 and scales of 0.3 at the
            // least.
            assertEquals(expected, extra, 1e-6 * (1 + Math.abs(expected)), "t = " + t);
        }
    }

    @Test
    void largeObservationsAreSolvedByProducts() {
        JsonNode problem = Oracles.of("moment_matched_5d_two_rows").get(0);
        ExactMixture model = Oracles.gaussian(Oracles.ou(5), problem.path("mean"), problem.path("cov"));
        Map<String, Object> block = Oracles.observed(
                "moment-matched",
                problem.path("G"),
                problem.path("y"),
                problem.path("sigma_y").asDouble());
        block.put("dense", 1);
        for (JsonNode row : problem.path("rows")) {
            double t = row.path("t").asDouble();
            double[] actual = guided(model, 5, block, t, Oracles.vector(row.path("x")));
            close(row.path("exact_conditional_score"), actual, 1e-9, "t = " + t);
        }
    }

    /** The tilt of a Gaussian by a linear reward is the Gaussian with mean m + C g: its noised score is known. */
    @Test
    void linearRewardsMoveTheMean() {
        JsonNode problem = Oracles.of("gradient_guidance_5d").get(0);
        double[] mean = Oracles.vector(problem.path("mean"));
        double[][] c = Oracles.matrix(problem.path("cov"));
        double[] g = Oracles.vector(problem.path("G").get(0));
        double[] moved = mean.clone();
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                moved[i] += 0.7 * c[i][j] * g[j];
            }
        }
        ExactMixture model = Oracles.gaussian(Oracles.ou(5), problem.path("mean"), problem.path("cov"));
        ExactMixture tilted =
                new ExactMixture(Oracles.ou(5), new double[] {1}, new double[][] {moved}, new double[][][] {c});
        Map<String, Object> block = Map.of(
                "type",
                "reward",
                "weight",
                0.7,
                "objective",
                Map.of(
                        "type",
                        "linear",
                        "weights",
                        Oracles.list(problem.path("G").get(0))));
        for (JsonNode row : problem.path("rows")) {
            double t = row.path("t").asDouble();
            double[] x = Oracles.vector(row.path("x"));
            Points expected = Points.zeros(5, 1);
            tilted.evaluator().score(t, Points.ofRows(x), expected);
            double[] actual = guided(model, 5, block, t, x);
            for (int i = 0; i < 5; i++) {
                assertEquals(expected.get(i, 0), actual[i], 1e-9 * (1 + Math.abs(actual[i])));
            }
        }
    }

    /** Known coordinates of independent data: replacement is exact. */
    @Test
    void replacementIsExactForIndependentCoordinates() {
        double[][] c = {{0.5, 0}, {0, 2}};
        ExactMixture model =
                new ExactMixture(Oracles.ou(2), new double[] {1}, new double[][] {{1, -1}}, new double[][][] {c});
        ExactMixture known = new ExactMixture(
                Oracles.ou(2), new double[] {1}, new double[][] {{1, 0.3}}, new double[][][] {{{0.5, 0}, {0, 1e-12}}});
        Map<String, Object> block = Map.of(
                "type",
                "repaint",
                "operator",
                Map.of("type", "mask", "columns", List.of("x2")),
                "value",
                List.of(0.3),
                "noise",
                0);
        Points expected = Points.zeros(2, 1);
        known.evaluator().score(0.4, Points.ofRows(new double[] {0.2, 0.1}), expected);
        double[] actual = guided(model, 2, block, 0.4, new double[] {0.2, 0.1});
        assertEquals(expected.get(0, 0), actual[0], 1e-9);
        assertEquals(expected.get(1, 0), actual[1], 1e-9);
    }
}
