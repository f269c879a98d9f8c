package org.eigendrift.samplers.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.samplers.Configured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What guided laws are on the way, not only in the end: read off the program's own scores and densities. */
class OraclesAtEveryTimeTest {

    /** s(x) = -P (x - m) of a Gaussian: P and m from the scores at 0 and the unit vectors. */
    private record Affine(double[] mean, double[][] covariance) {
        static Affine of(ScoreModel model, double t) {
            int dim = model.process().dim();
            Points x = Points.zeros(dim, dim + 1);
            for (int i = 0; i < dim; i++) {
                x.set(i, i, 1);
            }
            Points s = Points.zeros(dim, dim + 1);
            model.evaluator().score(t, x, s);
            double[][] precision = new double[dim][dim];
            for (int i = 0; i < dim; i++) {
                for (int j = 0; j < dim; j++) {
                    precision[i][j] = s.get(i, dim) - s.get(i, j);
                }
            }
            double[][] covariance = inverse(precision);
            double[] mean = new double[dim];
            for (int i = 0; i < dim; i++) {
                for (int j = 0; j < dim; j++) {
                    mean[i] += covariance[i][j] * s.get(j, dim);
                }
            }
            return new Affine(mean, covariance);
        }
    }

    /** By Gauss and Jordan, of symmetric matrices that need not be positive. */
    private static double[][] inverse(double[][] a) {
        double[][] copy = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
        double[][] out = new double[a.length][a.length];
        ExactMixture.invert(copy, out);
        return out;
    }

    private static void close(JsonNode expected, double[] actual, double tolerance, String what) {
        for (int i = 0; i < actual.length; i++) {
            double value = expected.get(i).asDouble();
            assertEquals(value, actual[i], tolerance * (1 + Math.abs(value)), what + ", " + i);
        }
    }

    /** Score, estimate and covariance, on which all rests: rounding of 1e-16 by conditions up to 1e3 and 1 / sigma^2 = 25. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gradient_guidance_2d",
                "gradient_guidance_5d",
                "gradient_guidance_isotropic",
                "moment_matched_5d_two_rows"
            })
    void momentsOfDataGivenNoise(String name) {
        for (JsonNode problem : Oracles.of(name)) {
            int dim = problem.path("mean").size();
            AffineProcess process = Oracles.ou(dim);
            Tweedie tweedie =
                    new Tweedie(Oracles.gaussian(process, problem.path("mean"), problem.path("cov")), process);
            for (JsonNode row : problem.path("rows")) {
                double t = row.path("t").asDouble();
                tweedie.at(t, Points.ofRows(Oracles.vector(row.path("x"))));
                close(row.path("score"), tweedie.score().row(0), 1e-11, name + " score, t = " + t);
                close(row.path("x0_hat"), tweedie.estimate().row(0), 1e-11, name + " estimate, t = " + t);
                for (int i = 0; i < dim; i++) {
                    Points unit = Points.zeros(dim, 1);
                    unit.set(i, 0, tweedie.covariance());
                    double[] column = tweedie.jacobian(unit).row(0);
                    close(row.path("cov_x0_given_xt").get(i), column, 1e-11, name + " covariance, t = " + t);
                }
            }
        }
    }

    /**
     * The law that moment-matched guidance leads to is the noised conditional one: alpha m, alpha^2 C + sigma^2 I, whatever the time; so
     * conditional mean and covariance, which divide rounding of 1e-13 by alpha^2 = .25 and noise of .01.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gradient_guidance_2d",
                "gradient_guidance_5d",
                "gradient_guidance_isotropic",
                "moment_matched_5d_two_rows"
            })
    void momentMatchedLeadsToTheConditionalLaw(String name) {
        for (JsonNode problem : Oracles.of(name)) {
            int dim = problem.path("mean").size();
            ExactMixture prior = Oracles.gaussian(Oracles.ou(dim), problem.path("mean"), problem.path("cov"));
            ScoreModel guided = Oracles.guidance(
                            dim,
                            Oracles.observed(
                                    "moment-matched",
                                    problem.path("G"),
                                    problem.path("y"),
                                    problem.path("sigma_y").asDouble()))
                    .guide(prior);
            for (double t : new double[] {0.1, 0.3, 0.7}) {
                double alpha = Math.exp(-t);
                Affine law = Affine.of(guided, t);
                double[] mean = Arrays.stream(law.mean).map(m -> m / alpha).toArray();
                close(problem.path("conditional_mean"), mean, 1e-9, name + " mean, t = " + t);
                for (int i = 0; i < dim; i++) {
                    double[] row = law.covariance[i].clone();
                    row[i] += Math.expm1(-2 * t);
                    for (int j = 0; j < dim; j++) {
                        row[j] /= alpha * alpha;
                    }
                    close(problem.path("conditional_cov").get(i), row, 1e-9, name + " covariance, t = " + t);
                }
            }
        }
    }

    private static GuidedScoreModel gaussians(AffineProcess process, double b1, double b2) {
        JsonNode oracle = Oracles.of("fkc_gaussians_2d");
        ExactMixture q1 = Oracles.gaussian(
                process, oracle.path("q1").path("mean"), oracle.path("q1").path("cov"));
        ExactMixture q2 = Oracles.gaussian(
                process, oracle.path("q2").path("mean"), oracle.path("q2").path("cov"));
        return Oracles.guidance(2, Map.of("type", "product", "exponents", List.of(b1, b2)), q2)
                .guide(q1);
    }

    /** q1_t^b1 q2_t^b2 at five times: mean, covariance, normaliser; of one that cannot be normalised that it cannot. */
    @ParameterizedTest
    @CsvSource({
        "product, 1, 1",
        "geometric_mean_half, 0.5, 0.5",
        "geometric_0.3_0.7, 0.3, 0.7",
        "guidance_w2, 2, -1",
        "power_3_of_q1, 3, 0"
    })
    void productsOfGaussiansAtEveryTime(String name, double b1, double b2) {
        GuidedScoreModel model = gaussians(Oracles.ou(2), b1, b2);
        for (JsonNode row : Oracles.of("fkc_gaussians_2d").path("rows")) {
            double t = row.path("t").asDouble();
            JsonNode exact = row.path(name);
            Affine law = Affine.of(model, t);
            // The precision of guidance_w2 is a difference that all but vanishes at t = .05: its condition is 1e3.
            close(exact.path("mean"), law.mean, 1e-11, name + " mean, t = " + t);
            close(exact.path("cov").get(0), law.covariance[0], 1e-11, name + " covariance, t = " + t);
            close(exact.path("cov").get(1), law.covariance[1], 1e-11, name + " covariance, t = " + t);
            double determinant = law.covariance[0][0] * law.covariance[1][1] - Math.pow(law.covariance[0][1], 2);
            boolean positive = law.covariance[0][0] > 0 && determinant > 0;
            assertEquals(exact.path("positive").asBoolean(), positive, name + ", t = " + t);
            double[] log = new double[1];
            model.evaluator().logRatio(t, Points.ofRows(law.mean), log);
            // Of a law with a negative determinant the oracle has the root of its size.
            double found = log[0] + Math.log(2 * Math.PI) + 0.5 * Math.log(Math.abs(determinant));
            assertEquals(exact.path("log_Z").asDouble(), found, 1e-10, name + " log Z, t = " + t);
        }
    }

    /** Weights of particles that stop at a time average to the normaliser there; powers of one Gaussian keep all of them. */
    @ParameterizedTest
    @CsvSource({
        "product, 1, 1, 0.3",
        "geometric_mean_half, 0.5, 0.5, 0.05",
        "geometric_0.3_0.7, 0.3, 0.7, 1",
        "guidance_w2, 2, -1, 0.3",
        "guidance_w2, 2, -1, 1",
        "power_3_of_q1, 3, 0, 0.05",
        "power_3_of_q1, 3, 0, 0.3"
    })
    void weightsAverageToNormalisersOnTheWay(String name, double b1, double b2, double t) {
        AffineProcess process = Configured.process(Map.of("type", "ou", "horizon", 6, "earliest", t), 2);
        JsonNode exact = Oracles.of("fkc_gaussians_2d")
                .path("rows")
                .get(List.of(0.0, 0.05, 0.3, 1.0, 3.0).indexOf(t))
                .path(name);
        double[] found = new double[8];
        Particles particles = null;
        for (int r = 0; r < 8; r++) {
            particles = Oracles.corrector(Map.of("type", "smc", "steps", 50, "pool", 1, "particles", 100, "moves", 0))
                    .run(gaussians(process, b1, b2), 200, RunContext.quiet(100 + r));
            found[r] = particles.logNormaliser();
        }
        double mean = Arrays.stream(found).average().orElseThrow();
        double scatter = Arrays.stream(found).map(v -> (v - mean) * (v - mean)).sum();
        // Five standard errors of eight runs, and at the horizon of 6 the laws' means of e^-6 times 4.
        assertEquals(exact.path("log_Z").asDouble(), mean, 5 * Math.sqrt(scatter / 7 / 8) + 1e-3, name);
        if (b2 == 0) {
            assertTrue(particles.worst() > 199, "effective " + particles.worst());
        }
    }

    /** A law that cannot be normalised in the end: particles say so, by weights of a few or a message, and never go on silently. */
    @Test
    void lawsWithoutNormaliserAreTold() {
        try {
            Particles particles = Oracles.corrector(Map.of("type", "smc", "steps", 50, "pool", 1, "particles", 500))
                    .run(gaussians(Oracles.ou(2), 2, -1), 500, RunContext.quiet(1));
            assertTrue(particles.worst() < 25, "effective " + particles.worst());
        } catch (NumericalException | InputException told) {
            assertFalse(told.getMessage().isBlank());
        }
    }

    private static final double STEP = 1e-4;

    /** Mass, mean, variance, masses between cuts and quantiles by the trapezoidal rule, exact to rounding for such functions. */
    private record Line(double logMass, double[] cumulated, double mean, double variance) {
        static Line of(ScoreModel model, double t) {
            int size = 280001;
            Points x = Points.zeros(1, size);
            for (int n = 0; n < size; n++) {
                x.set(0, n, -14 + STEP * n);
            }
            double[] log = new double[size];
            model.evaluator().logRatio(t, x, log);
            double top = Arrays.stream(log).max().orElseThrow();
            double[] cumulated = new double[size];
            double mass = 0;
            double first = 0;
            double second = 0;
            for (int n = 0; n < size; n++) {
                double p = Math.exp(log[n] - top) * STEP;
                cumulated[n] = mass + p / 2;
                mass += p;
                first += p * x.get(0, n);
                second += p * x.get(0, n) * x.get(0, n);
            }
            double total = mass;
            return new Line(
                    top + Math.log(mass),
                    Arrays.stream(cumulated).map(c -> c / total).toArray(),
                    first / mass,
                    second / mass - first * first / mass / mass);
        }

        double below(double x) {
            return cumulated[(int) Math.round((x + 14) / STEP)];
        }
    }

    @ParameterizedTest
    @CsvSource({
        "product, 1, 1",
        "geometric_mean_half, 0.5, 0.5",
        "power_2_of_q1, 2, 0",
        "power_4_of_q1, 4, 0",
        "power_half_of_q1, 0.5, 0",
        "guidance_w1p5, 1.5, -0.5"
    })
    void productsOfMixturesAtEveryTime(String name, double b1, double b2) {
        JsonNode oracle = Oracles.of("fkc_mixtures_1d");
        ExactMixture q2 = Oracles.line(Oracles.ou(1), oracle.path("q2"));
        GuidedScoreModel model = Oracles.guidance(1, Map.of("type", "product", "exponents", List.of(b1, b2)), q2)
                .guide(Oracles.line(Oracles.ou(1), oracle.path("q1")));
        for (JsonNode row : oracle.path("rows")) {
            double t = row.path("t").asDouble();
            JsonNode exact = row.path(name);
            Line line = Line.of(model, t);
            assertEquals(exact.path("log_Z").asDouble(), line.logMass, 1e-10, name + " log Z, t = " + t);
            assertEquals(exact.path("mean").asDouble(), line.mean, 1e-10, name + " mean, t = " + t);
            assertEquals(exact.path("var").asDouble(), line.variance, 1e-10, name + " variance, t = " + t);
            double before = 0;
            for (int k = 0; k < exact.path("mass_between_valleys").size(); k++) {
                JsonNode valleys = exact.path("valleys");
                double below = k < valleys.size() ? line.below(valleys.get(k).asDouble()) : 1;
                // Sums of 3e5 numbers in another order.
                assertEquals(
                        exact.path("mass_between_valleys").get(k).asDouble(),
                        below - before,
                        1e-10,
                        name + ", t = " + t);
                before = below;
            }
            exact.path("quantiles").properties().forEach(quantile -> {
                double at = quantile.getValue().asDouble();
                int n = (int) Math.floor((at + 14) / STEP);
                double u = (at + 14) / STEP - n;
                double below = (1 - u) * line.cumulated[n] + u * line.cumulated[n + 1];
                assertEquals(Double.parseDouble(quantile.getKey()), below, 1e-10, name + " quantile, t = " + t);
            });
        }
    }

    /** The product at time 0 is a mixture of six, point by point. */
    @Test
    void theProductOfMixturesIsAMixtureInTheEnd() {
        JsonNode oracle = Oracles.of("fkc_mixtures_1d");
        ExactMixture q2 = Oracles.line(Oracles.ou(1), oracle.path("q2"));
        GuidedScoreModel model = Oracles.guidance(1, Map.of("type", "product", "exponents", List.of(1.0, 1.0)), q2)
                .guide(Oracles.line(Oracles.ou(1), oracle.path("q1")));
        JsonNode six = oracle.path("product_components_t0");
        ExactMixture exact = Oracles.line(Oracles.ou(1), six);
        Points x = Points.ofRows(new double[][] {{-4}, {-1.9}, {-0.5}, {0}, {0.9}, {1.7}, {3.5}});
        double[] found = new double[7];
        double[] expected = new double[7];
        model.evaluator().logRatio(0, x, found);
        exact.evaluator().logRatio(0, x, expected);
        for (int n = 0; n < 7; n++) {
            double log = expected[n] + six.path("log_Z").asDouble();
            assertEquals(log, found[n], 1e-12 * (1 + Math.abs(log)), "point " + n);
        }
    }

    /** Steps fall monotonely in the norm of the system; from zero one more than the rank is needed. */
    @Test
    void conjugateGradientsApproachTheExactEstimate() {
        for (JsonNode problem : Oracles.of("dds")) {
            double[][] a = Oracles.matrix(problem.path("A"));
            double[] exact = Oracles.vector(problem.path("exact"));
            for (String start : List.of("cg_from_x0_hat", "cg_from_zero")) {
                double before = Double.POSITIVE_INFINITY;
                for (int k = 0; k <= 5; k++) {
                    double[] x = iterate(problem, start, k);
                    double norm = 0;
                    double square = 0;
                    for (int i = 0; i < x.length; i++) {
                        square += Math.pow(x[i] - exact[i], 2);
                    }
                    norm += square;
                    for (double[] row : a) {
                        double image = 0;
                        for (int i = 0; i < x.length; i++) {
                            image += row[i] * (x[i] - exact[i]);
                        }
                        norm += problem.path("gamma").asDouble() * image * image;
                    }
                    JsonNode errors = problem.path(start.replace("cg", "error"));
                    // What is left of rounding, 1e-16 by the condition of 150 for each step, is no error of the method.
                    assertEquals(errors.get(k).asDouble(), Math.sqrt(square), 1e-9, start + ", step " + k);
                    assertTrue(norm <= before || norm < 1e-20, start + ", step " + k);
                    before = norm;
                    int rank = start.equals("cg_from_zero") ? 4 : 3;
                    assertEquals(k >= rank, Math.sqrt(square) < 1e-9, start + ", step " + k);
                }
            }
        }
    }

    /** The estimate after k steps of the program; before the first it is where they start. */
    private static double[] iterate(JsonNode problem, String start, int k) {
        if (k == 0) {
            return start.equals("cg_from_zero") ? new double[6] : Oracles.vector(problem.path("x0_hat"));
        }
        double t = problem.path("t").asDouble();
        ExactMixture model = Oracles.gaussian(Oracles.ou(6), problem.path("prior_mean"), problem.path("prior_cov"));
        Map<String, Object> block = Oracles.observed("dds", problem.path("A"), problem.path("y"), 0.1);
        block.put("gamma", problem.path("gamma").asDouble());
        block.put("iterations", k);
        block.put("start", start.equals("cg_from_zero") ? "zero" : "estimate");
        double[] x = Oracles.vector(problem.path("x_t"));
        Points score = Points.zeros(6, 1);
        Oracles.guidance(6, block).guide(model).evaluator().score(t, Points.ofRows(x), score);
        double[] out = new double[6];
        for (int i = 0; i < 6; i++) {
            out[i] = (x[i] - Math.expm1(-2 * t) * score.get(i, 0)) / Math.exp(-t);
        }
        return out;
    }

    /** Density and Hessian of the mixture beside which the extra term of stsl is told. */
    @Test
    void densityAndHessianOfTheMixture() {
        JsonNode stsl = Oracles.of("stsl");
        ExactMixture mixture = Oracles.line(Oracles.ou(1), stsl.path("mixture"));
        for (JsonNode row : stsl.path("rows")) {
            double t = row.path("t").asDouble();
            Points x = Points.ofRows(new double[] {row.path("x").asDouble()});
            double[] log = new double[1];
            mixture.evaluator().logRatio(t, x, log);
            assertEquals(row.path("log_p").asDouble(), log[0], 1e-12 * (1 + Math.abs(log[0])));
            Points hessian = Points.zeros(1, 1);
            mixture.evaluator().curvature(t, x, List.of(Points.ofRows(new double[] {1})), List.of(hessian));
            double expected = row.path("hessian").asDouble();
            assertEquals(expected, hessian.get(0, 0), 1e-11 * (1 + Math.abs(expected)));
        }
    }
}
