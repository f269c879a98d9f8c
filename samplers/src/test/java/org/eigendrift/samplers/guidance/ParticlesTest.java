package org.eigendrift.samplers.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Particles beside closed forms: normalisers, moments, masses of modes. */
class ParticlesTest {
    private static final int COUNT = 500;

    private static Corrector smc(String weights) {
        return smc(weights, 1, 8);
    }

    private static Corrector smc(String weights, int pool, int directions) {
        return Oracles.corrector(Map.of(
                "type",
                "smc",
                "steps",
                50,
                "weights",
                weights,
                "particles",
                100,
                "pool",
                pool,
                "directions",
                directions));
    }

    /** Mean over independent runs with its standard error: the tolerance is what the runs themselves say. */
    private record Estimate(double mean, double error) {
        static Estimate of(double[] values) {
            double mean = java.util.Arrays.stream(values).average().orElseThrow();
            double square = 0;
            for (double v : values) {
                square += (v - mean) * (v - mean);
            }
            return new Estimate(mean, Math.sqrt(square / (values.length - 1) / values.length));
        }

        /** Five standard errors of eight runs: Student's t with 7 degrees exceeds that once in 600, and 1e-4 for the end at t_min. */
        void near(double expected, double slack, String what) {
            assertEquals(expected, mean, 5 * error + slack, what + " (standard error " + error + ")");
        }
    }

    private static Estimate[] runs(GuidedScoreModel model, Corrector corrector, Statistic... statistics) {
        double[][] values = new double[statistics.length + 1][8];
        for (int r = 0; r < 8; r++) {
            Particles particles = corrector.run(model, COUNT, RunContext.quiet(100 + r));
            values[0][r] = particles.logNormaliser();
            for (int s = 0; s < statistics.length; s++) {
                values[s + 1][r] = statistics[s].of(particles.points());
            }
        }
        return java.util.Arrays.stream(values).map(Estimate::of).toArray(Estimate[]::new);
    }

    private interface Statistic {
        double of(org.eigendrift.api.Points x);
    }

    private static Statistic mean(int i) {
        return x -> java.util.Arrays.stream(x.column(i)).average().orElseThrow();
    }

    private static Statistic second(int i, int j) {
        return x -> {
            double sum = 0;
            for (int n = 0; n < x.size(); n++) {
                sum += x.get(i, n) * x.get(j, n);
            }
            return sum / x.size();
        };
    }

    private static Statistic massBelow(double cut) {
        return x -> java.util.Arrays.stream(x.column(0)).filter(v -> v < cut).count() / (double) x.size();
    }

    @ParameterizedTest
    @CsvSource({"product, 1, 1", "geometric_mean_half, 0.5, 0.5", "geometric_0.3_0.7, 0.3, 0.7", "power_3_of_q1, 3, 0"})
    void powersOfGaussians(String name, double b1, double b2) {
        JsonNode oracle = Oracles.of("fkc_gaussians_2d");
        ExactMixture q1 = Oracles.gaussian(
                Oracles.ou(2), oracle.path("q1").path("mean"), oracle.path("q1").path("cov"));
        ExactMixture q2 = Oracles.gaussian(
                Oracles.ou(2), oracle.path("q2").path("mean"), oracle.path("q2").path("cov"));
        GuidedScoreModel model = Oracles.guidance(2, Map.of("type", "product", "exponents", List.of(b1, b2)), q2)
                .guide(q1);
        JsonNode exact = oracle.path("rows").get(0).path(name);
        double[] m = Oracles.vector(exact.path("mean"));
        double[][] c = Oracles.matrix(exact.path("cov"));
        Estimate[] found = runs(model, smc("density"), mean(0), mean(1), second(0, 0), second(0, 1), second(1, 1));
        // The end is at t_min = 1e-4 instead of 0: of that order.
        found[0].near(exact.path("log_Z").asDouble(), 2e-3, name + " log Z");
        found[1].near(m[0], 2e-3, name + " mean 1");
        found[2].near(m[1], 2e-3, name + " mean 2");
        found[3].near(c[0][0] + m[0] * m[0], 2e-3, name + " moment 11");
        found[4].near(c[0][1] + m[0] * m[1], 2e-3, name + " moment 12");
        found[5].near(c[1][1] + m[1] * m[1], 2e-3, name + " moment 22");
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
    void massesOfTheModesOfPowersOfMixtures(String name, double b1, double b2) {
        JsonNode oracle = Oracles.of("fkc_mixtures_1d");
        ExactMixture q1 = Oracles.line(Oracles.ou(1), oracle.path("q1"));
        ExactMixture q2 = Oracles.line(Oracles.ou(1), oracle.path("q2"));
        GuidedScoreModel model = Oracles.guidance(1, Map.of("type", "product", "exponents", List.of(b1, b2)), q2)
                .guide(q1);
        JsonNode exact = oracle.path("rows").get(0).path(name);
        double cut = exact.path("valleys").get(0).asDouble();
        Estimate[] found = runs(model, smc("density"), massBelow(cut), mean(0));
        found[0].near(exact.path("log_Z").asDouble(), 2e-3, name + " log Z");
        found[1].near(exact.path("mass_between_valleys").get(0).asDouble(), 2e-3, name + " mass of the first mode");
        found[2].near(exact.path("mean").asDouble(), 2e-3, name + " mean");
    }

    @Test
    void temperatureIsAPowerOfTheLaw() {
        JsonNode oracle = Oracles.of("fkc_mixtures_1d");
        ExactMixture q1 = Oracles.line(Oracles.ou(1), oracle.path("q1"));
        GuidedScoreModel model = Oracles.guidance(1, Map.of("type", "temperature", "temperature", 0.5))
                .guide(q1);
        JsonNode exact = oracle.path("rows").get(0).path("power_2_of_q1");
        Estimate[] found = runs(
                model, smc("density"), massBelow(exact.path("valleys").get(0).asDouble()));
        found[0].near(exact.path("log_Z").asDouble(), 2e-3, "log Z");
        found[1].near(exact.path("mass_between_valleys").get(0).asDouble(), 2e-3, "mass");
    }

    /**
     * A step whose score is off by D in the step's own metric has log-weights of variance |D|^2, twice the divergence |D|^2 / 2 that
     * trust bounds: over all steps at most twice trust = 1/2, so that of weights which are log-normal exp(-1) of particles count. Without
     * it less than half as many do.
     */
    @ParameterizedTest
    @CsvSource({"dps", "dds", "mcg", "stsl"})
    void whatGuidanceCostsIsBounded(String type) {
        JsonNode problem = Oracles.of("gradient_guidance_2d").get(1);
        ExactMixture prior = Oracles.gaussian(Oracles.ou(2), problem.path("mean"), problem.path("cov"));
        Map<String, Object> block = Oracles.observed(
                type,
                problem.path("G"),
                problem.path("y"),
                problem.path("sigma_y").asDouble());
        GuidedScoreModel model = Oracles.guidance(2, block).guide(prior);
        Map<String, Object> smc = Map.of("type", "smc", "steps", 50, "particles", 100, "pool", 1, "resample", 0);
        Particles bounded = Oracles.corrector(smc).run(model, 1000, RunContext.quiet(1));
        double least = Math.exp(-1);
        // Of 1,000 log-normal weights of variance 1 the effective share is known to 5 standard errors of .03.
        assertTrue(bounded.worst() > (least - 0.15) * 1000, type + " counts " + bounded.worst());
        Map<String, Object> published = new java.util.HashMap<>(smc);
        published.put("trust", 1e9);
        Particles free = Oracles.corrector(published).run(model, 1000, RunContext.quiet(1));
        assertTrue(free.worst() < 0.5 * bounded.worst(), type + " counts " + free.worst() + " as published");
    }

    /** Whatever the guidance, particles end at the exact posterior of a Gaussian and know the evidence. */
    @ParameterizedTest
    @CsvSource({
        "moment-matched, density",
        "moment-matched, transition",
        "pi-gdm, density",
        "dps, density",
        "ddnm, density",
        "dds, density",
        "mcg, density"
    })
    void anyGuidanceIsMadeExact(String type, String weights) {
        JsonNode problem = Oracles.of("gradient_guidance_2d").get(1);
        ExactMixture prior = Oracles.gaussian(Oracles.ou(2), problem.path("mean"), problem.path("cov"));
        double sigma = problem.path("sigma_y").asDouble();
        Map<String, Object> block = Oracles.observed(type, problem.path("G"), problem.path("y"), sigma);
        GuidedScoreModel model = Oracles.guidance(2, block).guide(prior);
        double[] m = Oracles.vector(problem.path("conditional_mean"));
        double[][] c = Oracles.matrix(problem.path("conditional_cov"));
        Estimate[] found = runs(model, smc(weights), mean(0), mean(1), second(0, 0), second(1, 1));
        // y ~ N(g m, g C g + s^2).
        double[] mean = Oracles.vector(problem.path("mean"));
        double[][] cov = Oracles.matrix(problem.path("cov"));
        double[] g = Oracles.vector(problem.path("G").get(0));
        double variance = sigma * sigma;
        double residual = problem.path("y").get(0).asDouble();
        for (int i = 0; i < 2; i++) {
            residual -= g[i] * mean[i];
            for (int j = 0; j < 2; j++) {
                variance += g[i] * cov[i][j] * g[j];
            }
        }
        double evidence = -0.5 * (residual * residual / variance + Math.log(2 * Math.PI * variance));
        // The unguided chain of 50 steps is not the process: its own error, of the order of a step, shows in
        // 'transition'.
        double slack = weights.equals("transition") ? 0.1 : 2e-3;
        found[0].near(evidence, slack, type + " evidence");
        found[1].near(m[0], slack, type + " mean 1");
        found[2].near(m[1], slack, type + " mean 2");
        found[3].near(c[0][0] + m[0] * m[0], slack * 5, type + " moment 11");
        found[4].near(c[1][1] + m[1] * m[1], slack * 5, type + " moment 22");
    }

    @Test
    void theSameSeedGivesTheSameParticlesAndAFewThatAreRepeated() {
        JsonNode problem = Oracles.of("gradient_guidance_2d").get(0);
        ExactMixture prior = Oracles.gaussian(Oracles.ou(2), problem.path("mean"), problem.path("cov"));
        GuidedScoreModel model = Oracles.guidance(
                        2, Oracles.observed("moment-matched", problem.path("G"), problem.path("y"), 0.1))
                .guide(prior);
        Particles a = smc("density").run(model, 500, RunContext.quiet(7));
        Particles b = smc("density").run(model, 500, RunContext.quiet(7));
        assertArrayEquals(a.points().values(), b.points().values());
        assertEquals(a.times().length, a.effective().length);
        assertTrue(a.worst() > 450 && a.worst() <= 500, "effective " + a.worst());
        Particles threads =
                smc("density").run(model, 500, new RunContext(7, 3, org.eigendrift.api.Progress.NONE, () -> false));
        assertArrayEquals(a.points().values(), threads.points().values(), "the same bits on any number of threads");
    }

    /** Steps with the Hessian's covariance keep the weights of a Gaussian, those that are the same in all directions do not. */
    @Test
    void stepsOfTheHessiansCovarianceKeepWeights() {
        JsonNode problem = Oracles.of("gradient_guidance_5d").get(0);
        ExactMixture prior = Oracles.gaussian(Oracles.ou(5), problem.path("mean"), problem.path("cov"));
        GuidedScoreModel model = Oracles.guidance(
                        5, Oracles.observed("moment-matched", problem.path("G"), problem.path("y"), 0.1))
                .guide(prior);
        Particles shaped = smc("density", 1, 8).run(model, 500, RunContext.quiet(7));
        Particles two = smc("density", 1, 2).run(model, 500, RunContext.quiet(7));
        Particles round = smc("density", 1, 0).run(model, 500, RunContext.quiet(7));
        assertTrue(shaped.worst() > 450, "shaped " + shaped.worst());
        assertTrue(round.worst() < shaped.worst() && two.worst() > round.worst(), round.worst() + ", " + two.worst());
    }

    /**
     * After the last drawing many particles are the same; moves part them, and moments stay those of the posterior. Moves that are
     * wrong would show, twenty of them.
     */
    @Test
    void movesPartParticlesThatAreTheSame() {
        JsonNode problem = Oracles.of("gradient_guidance_5d").get(1);
        ExactMixture prior = Oracles.gaussian(Oracles.ou(5), problem.path("mean"), problem.path("cov"));
        Map<String, Object> block = Oracles.observed(
                "pi-gdm",
                problem.path("G"),
                problem.path("y"),
                problem.path("sigma_y").asDouble());
        GuidedScoreModel model = Oracles.guidance(5, block).guide(prior);
        Map<String, Object> smc = Map.of("type", "smc", "steps", 50, "pool", 1, "particles", 100);
        Particles still = Oracles.corrector(Oracles.with(smc, "moves", 0)).run(model, COUNT, RunContext.quiet(5));
        Particles moved = Oracles.corrector(smc).run(model, COUNT, RunContext.quiet(5));
        assertTrue(distinct(still) < 0.95 * COUNT, "still " + distinct(still));
        assertTrue(distinct(moved) > 0.99 * COUNT, "moved " + distinct(moved));
        double[] m = Oracles.vector(problem.path("conditional_mean"));
        double[][] c = Oracles.matrix(problem.path("conditional_cov"));
        Estimate[] found = runs(
                model,
                Oracles.corrector(Oracles.with(smc, "moves", 20)),
                mean(0),
                mean(4),
                second(0, 0),
                second(0, 4),
                second(4, 4));
        found[1].near(m[0], 2e-3, "mean 1");
        found[2].near(m[4], 2e-3, "mean 5");
        found[3].near(c[0][0] + m[0] * m[0], 5e-3, "moment 11");
        found[4].near(c[0][4] + m[0] * m[4], 5e-3, "moment 15");
        found[5].near(c[4][4] + m[4] * m[4], 5e-3, "moment 55");
    }

    private static long distinct(Particles particles) {
        return java.util.Arrays.stream(particles.points().column(0)).distinct().count();
    }

    /**
     * Four dimensions, four far modes of which a number tells one from the others: particles that begin at the prior descend from few,
     * those that begin among a pool's points from many, and have the exact shares and evidence.
     */
    @Test
    void aPoolKeepsFarModesApart() {
        int dim = 4;
        double[] weights = {0.4, 0.3, 0.2, 0.1};
        double[][] means = new double[4][dim];
        double[][][] unit = new double[4][dim][dim];
        for (int k = 0; k < 4; k++) {
            for (int i = 0; i < dim; i++) {
                means[k][i] = 8 * (i % 2 == 0 ? k % 2 : k / 2);
                unit[k][i][i] = 1;
            }
        }
        ExactMixture prior = new ExactMixture(Oracles.ou(dim), weights, means, unit);
        List<Double> row = new java.util.ArrayList<>(java.util.Collections.nCopies(dim, 0.0));
        row.set(0, 0.4);
        row.set(1, 0.1);
        double y = 1.5;
        double noise = 0.5;
        GuidedScoreModel model = Oracles.guidance(
                        dim,
                        Map.of(
                                "type",
                                "moment-matched",
                                "operator",
                                Map.of("type", "matrix", "rows", List.of(row)),
                                "value",
                                List.of(y),
                                "noise",
                                noise))
                .guide(prior);
        double variance = noise * noise + 0.4 * 0.4 + 0.1 * 0.1;
        double[] shares = new double[4];
        double sum = 0;
        for (int k = 0; k < 4; k++) {
            double residual = y - 0.4 * means[k][0] - 0.1 * means[k][1];
            shares[k] =
                    weights[k] * Math.exp(-0.5 * residual * residual / variance) / Math.sqrt(2 * Math.PI * variance);
            sum += shares[k];
        }
        Particles begun = smc("density", 10, 8).run(model, 400, RunContext.quiet(3));
        assertTrue(begun.ancestors() > 240, "ancestors " + begun.ancestors());
        double[] found = new double[4];
        for (int n = 0; n < 400; n++) {
            found[(begun.points().get(0, n) > 4 ? 1 : 0) + (begun.points().get(1, n) > 4 ? 2 : 0)] += 1.0 / 400;
        }
        for (int k = 0; k < 4; k++) {
            // Five standard errors of as many independent draws as there are ancestors.
            double share = shares[k] / sum;
            assertEquals(share, found[k], 5 * Math.sqrt(share * (1 - share) / begun.ancestors()), "mode " + k);
        }
        // Weights of the pool, points that count for at least 400: five times one over the root of 400.
        assertEquals(Math.log(sum), begun.logNormaliser(), 0.25);
    }

    /** No sample meets an observation without noise to the last digit: that is refused before any is moved. */
    @Test
    void observationsWithoutNoiseAreRefused() {
        JsonNode problem = Oracles.of("gradient_guidance_2d").get(0);
        ExactMixture prior = Oracles.gaussian(Oracles.ou(2), problem.path("mean"), problem.path("cov"));
        GuidedScoreModel model = Oracles.guidance(
                        2, Oracles.observed("moment-matched", problem.path("G"), problem.path("y"), 0))
                .guide(prior);
        InputException told =
                assertThrows(InputException.class, () -> smc("density").run(model, 100, RunContext.quiet(7)));
        assertTrue(told.getMessage().startsWith("corrector: an observation without noise"), told.getMessage());
    }

    @Test
    void weightsOfNoParticleAreTheObservationsFault() {
        double none = Double.NEGATIVE_INFINITY;
        InputException told = assertThrows(InputException.class, () -> Weights.of(new double[] {none, none}, 0.5));
        assertTrue(told.getMessage().startsWith("guidance: no sample can meet the observation"), told.getMessage());
    }

    /** Squares of 1e308 are no numbers. */
    @Test
    void numbersThatCannotBeSquaredAreRefused() {
        JsonNode problem = Oracles.of("gradient_guidance_2d").get(0);
        for (double noise : new double[] {1e-308, 1e308}) {
            InputException told = assertThrows(
                    InputException.class,
                    () -> Oracles.guidance(
                            2, Oracles.observed("moment-matched", problem.path("G"), problem.path("y"), noise)));
            assertTrue(
                    told.getMessage().startsWith("moment-matched.noise: expected 0, or a number from"),
                    told.getMessage());
        }
    }

    /** Every particle is drawn the whole part of its share, and at most once more. */
    @Test
    void systematicResamplingKeepsShares() {
        double[] weight = {0.5, 0.1, 0.05, 0.35};
        int[] counts = new int[4];
        for (int k : TwistedParticles.systematic(weight, 4, 0.3)) {
            counts[k]++;
        }
        for (int n = 0; n < 4; n++) {
            assertTrue(
                    counts[n] >= Math.floor(4 * weight[n]) && counts[n] <= Math.ceil(4 * weight[n]), "particle " + n);
        }
    }
}
