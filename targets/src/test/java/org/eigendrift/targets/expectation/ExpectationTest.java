package org.eigendrift.targets.expectation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Potential;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.GivenEvaluation;
import org.junit.jupiter.api.Test;

/** The target is a Gaussian whose moments are known, the model another one, slightly wrong. */
class ExpectationTest {
    /** Target: x ~ N(0.3, 1), y given x ~ N(0.5 x, 0.8^2). */
    static final double[] TRUTH = {
        0.3, // E x
        0.15, // E y
        1.09, // E x^2
        0.25 * 1.09 + 0.64, // E y^2
        0.5 * 1.09, // E x y
        Math.exp(0.3 + 0.5) // E exp(x)
    };

    static final List<List<String>> FUNCTIONS = List.of(
            List.of("x", "x1"),
            List.of("y", "x2"),
            List.of("xx", "x1^2"),
            List.of("yy", "x2^2"),
            List.of("xy", "x1*x2"),
            List.of("growth", "exp(x1)"));

    /** Energies lack the constant of the density on purpose. */
    private static final Potential ENERGY = new Potential() {
        @Override
        public void energy(Points x, double[] out) {
            for (int n = 0; n < x.size(); n++) {
                double a = x.get(0, n) - 0.3;
                double b = (x.get(1, n) - 0.5 * x.get(0, n)) / 0.8;
                out[n] = 0.5 * (a * a + b * b) + 7;
            }
        }

        @Override
        public void gradient(Points x, Points out) {
            throw new AssertionError("an expectation needs no gradient");
        }
    };

    /** Model: x ~ N(0.25, 1.1^2), y given x ~ N(0.45 x, 0.9^2), which covers the target. */
    private static final LogDensity MODEL = (x, out) -> {
        for (int n = 0; n < x.size(); n++) {
            double a = (x.get(0, n) - 0.25) / 1.1;
            double b = (x.get(1, n) - 0.45 * x.get(0, n)) / 0.9;
            out[n] = -0.5 * (a * a + b * b) - Math.log(2 * Math.PI * 1.1 * 0.9);
        }
    };

    private static Points draw(int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            double x = 0.25 + 1.1 * random.normal(n, 0);
            points.set(0, n, x);
            points.set(1, n, 0.45 * x + 0.9 * random.normal(n, 2));
        }
        return points;
    }

    /** What is given, with a reference law. */
    private record WithReference(Evaluation given, Reference law) implements Evaluation {
        @Override
        public Points samples() {
            return given.samples();
        }

        @Override
        public Optional<Points> rows(Split split) {
            return given.rows(split);
        }

        @Override
        public Optional<Scores> logLikelihood(Split split) {
            return given.logLikelihood(split);
        }

        @Override
        public Optional<Scores> sampleLogLikelihood() {
            return given.sampleLogLikelihood();
        }

        @Override
        public Optional<Reference> reference() {
            return Optional.of(law);
        }

        @Override
        public Optional<Double> evidenceBound() {
            return given.evidenceBound();
        }

        @Override
        public Target target() {
            return given.target();
        }

        @Override
        public RunContext run() {
            return given.run();
        }
    }

    static Evaluation evaluation(int samples, long seed) {
        Points rows = draw(50, 1000 + seed);
        return new WithReference(
                GivenEvaluation.of(draw(samples, seed), rows, rows)
                        .withModel(MODEL)
                        .withEnergy(ENERGY)
                        .withRun(RunContext.quiet(seed)),
                new HermiteLaw(1.3, MODEL));
    }

    static Map<String, Figure> figures(Evaluation evaluation, OptionalDouble share, int controls) {
        Metric metric =
                new Expectation().create(new Expectation.Options(FUNCTIONS, controls, share), RunContext.quiet(1));
        return metric.evaluate(evaluation).stream().collect(Collectors.toMap(Figure::name, f -> f));
    }

    /**
     * 200 independent runs: the standardised errors have mean 0 (standard error 1 / sqrt(200)) and variance 1 (standard error
     * sqrt(2 / 200) = 0.1), held to 3.3 standard errors for each of six functions and two figures; the delta method's errors of a
     * ratio are right to first order in 1 / n, hence 0.05 more.
     */
    @Test
    void estimatesAreUnbiasedAndTheirErrorsAreRight() {
        int runs = 200;
        double[] mean = new double[TRUTH.length];
        double[] squares = new double[TRUTH.length];
        double[] reduction = new double[TRUTH.length];
        for (int seed = 0; seed < runs; seed++) {
            Map<String, Figure> found = figures(evaluation(2000, seed), OptionalDouble.empty(), 9);
            for (int f = 0; f < TRUTH.length; f++) {
                Figure figure = found.get(FUNCTIONS.get(f).get(0));
                double z = (figure.value() - TRUTH[f]) / figure.error().orElseThrow();
                mean[f] += z / runs;
                squares[f] += z * z / runs;
                reduction[f] += found.get(FUNCTIONS.get(f).get(0) + "_variance_reduction")
                                .value()
                        / runs;
            }
        }
        for (int f = 0; f < TRUTH.length; f++) {
            String name = FUNCTIONS.get(f).get(0);
            assertEquals(0, mean[f], 3.3 / Math.sqrt(runs), name);
            assertEquals(1, squares[f], 0.33 + 0.05, name);
            // The pilot costs a quarter of the points; what the control variates cannot explain loses no more than
            // that.
            assertTrue(reduction[f] > (f < 2 ? 1.2 : 0.75), name + " reduces the variance by " + reduction[f]);
        }
    }

    /** The claimed reduction is that of the spread over independent runs, which knows nothing of the claim. */
    @Test
    void varianceReductionIsThatOfIndependentRuns() {
        int runs = 150;
        double ours = 0;
        double plain = 0;
        double claimed = 0;
        for (int seed = 500; seed < 500 + runs; seed++) {
            Map<String, Figure> found = figures(evaluation(2000, seed), OptionalDouble.of(0.3), 9);
            ours += Math.pow(found.get("yy").value() - TRUTH[3], 2);
            plain += Math.pow(found.get("yy_plain").value() - TRUTH[3], 2);
            claimed += found.get("yy_variance_reduction").value() / runs;
        }
        // 2000 points of the model beside 857 of pi. A ratio of two chi-squares of 150 has relative standard deviation
        // 0.16.
        double measured = plain / ours * 2000 / 2857;
        assertEquals(1, claimed / measured, 3 * 0.16, "claimed " + claimed + ", measured " + measured);
    }

    @Test
    void pilotChoosesAShareAndThePlainEstimateAgrees() {
        Map<String, Figure> found = figures(evaluation(8000, 3), OptionalDouble.empty(), 60);
        for (int f = 0; f < TRUTH.length; f++) {
            String name = FUNCTIONS.get(f).get(0);
            for (String kind : List.of(name, name + "_plain")) {
                Figure figure = found.get(kind);
                // Twelve figures: 3.5 standard errors are exceeded once in 180 tests.
                assertEquals(TRUTH[f], figure.value(), 3.5 * figure.error().orElseThrow(), kind);
            }
        }
        assertTrue(List.of(0.02, 0.05, 0.1, 0.2, 0.4, 0.6)
                .contains(found.get("reference_share").value()));
        assertTrue(found.get("control_variates").value() <= 10, "as many as the law has, and pi / m - 1");
        double ess = found.get("ess_fraction").value();
        assertTrue(ess > 0.5 && ess <= 1, "ess " + ess);
    }

    /** A model that is the target leaves nothing to weigh: expectations of the constant's kind are exact. */
    @Test
    void constantsHaveNoError() {
        Metric metric = new Expectation()
                .create(
                        new Expectation.Options(List.of(List.of("two", "2 + 0*x1")), 9, OptionalDouble.of(0.1)),
                        RunContext.quiet(1));
        Map<String, Figure> found =
                metric.evaluate(evaluation(1000, 4)).stream().collect(Collectors.toMap(Figure::name, f -> f));
        assertEquals(2, found.get("two").value(), 1e-9, "rounding of sums of 1100 weights and of a regression");
        assertEquals(0, found.get("two").error().orElseThrow(), 1e-9);
    }

    @Test
    void withoutAReferenceThePlainEstimateIsGiven() {
        Points rows = draw(50, 1);
        Map<String, Figure> found = figures(
                GivenEvaluation.of(draw(3000, 2), rows, rows).withModel(MODEL).withEnergy(ENERGY),
                OptionalDouble.empty(),
                60);
        Figure x = found.get("x");
        assertEquals(TRUTH[0], x.value(), 3 * x.error().orElseThrow());
        assertTrue(!found.containsKey("x_variance_reduction"));
        assertTrue(
                figures(GivenEvaluation.of(rows, rows, rows), OptionalDouble.empty(), 60)
                        .isEmpty(),
                "no target");
    }

    @Test
    void mistakesAreToldInOneLine() {
        String message = assertThrows(
                        InputException.class,
                        () -> new Expectation()
                                .create(
                                        new Expectation.Options(
                                                List.of(List.of("a", "x3 + 1")), 9, OptionalDouble.empty()),
                                        RunContext.quiet(1))
                                .evaluate(evaluation(500, 1)))
                .getMessage();
        assertTrue(message.contains("expectation 'a'") && message.contains("x3"), message);
        for (List<List<String>> wrong : List.of(
                List.of(List.of("a")),
                List.of(List.of("A b", "x1")),
                List.of(List.of("a", "x1"), List.of("a", "x2")))) {
            assertThrows(InputException.class, () -> new Expectation.Options(wrong, 9, OptionalDouble.empty()));
        }
    }
}
