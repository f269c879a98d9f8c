package org.eigendrift.engine.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.junit.jupiter.api.Test;

/** Optimisation in rounds where the means of samples are those of the exact law, beside closed forms. */
class OptimisationTest {
    private static final JsonNode ORACLE = read();
    private static final double[] MEAN = vector(ORACLE.path("mean"));
    private static final double[] COVARIANCE = matrix(ORACLE.path("cov"));
    private static final double[] CURVATURE = matrix(ORACLE.path("B"));
    private static final double[] BEST = vector(ORACLE.path("a"));
    private static final GaussianRows LAW = new GaussianRows(MEAN, COVARIANCE);
    private static final Objective QUADRATIC = quadratic(CURVATURE, BEST);

    private static JsonNode read() {
        try (InputStream in = OptimisationTest.class.getResourceAsStream("/guidance/outer-loop.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double[] vector(JsonNode node) {
        return IntStream.range(0, node.size())
                .mapToDouble(i -> node.get(i).asDouble())
                .toArray();
    }

    private static double[] matrix(JsonNode node) {
        return IntStream.range(0, node.size() * node.size())
                .mapToDouble(k -> node.get(k / node.size()).get(k % node.size()).asDouble())
                .toArray();
    }

    /** -(x - a)' B (x - a) / 2. */
    private static Objective quadratic(double[] b, double[] a) {
        return new Objective() {
            private double[] slope(Points x, int n) {
                double[] out = new double[a.length];
                for (int i = 0; i < a.length; i++) {
                    for (int j = 0; j < a.length; j++) {
                        out[i] -= b[i * a.length + j] * (x.get(j, n) - a[j]);
                    }
                }
                return out;
            }

            @Override
            public void value(Points x, double[] out) {
                for (int n = 0; n < x.size(); n++) {
                    double[] slope = slope(x, n);
                    out[n] = 0;
                    for (int i = 0; i < a.length; i++) {
                        out[n] += 0.5 * slope[i] * (x.get(i, n) - a[i]);
                    }
                }
            }

            @Override
            public void gradient(Points x, Points out) {
                for (int n = 0; n < x.size(); n++) {
                    double[] slope = slope(x, n);
                    for (int i = 0; i < a.length; i++) {
                        out.set(i, n, slope[i]);
                    }
                }
            }
        };
    }

    private static Optimisation.Settings settings(int rounds, double raise, boolean published, OptionalInt refit) {
        return new Optimisation.Settings(
                rounds,
                OptionalDouble.of(raise),
                OptionalDouble.of(ORACLE.path("sigma_y").asDouble()),
                published,
                refit);
    }

    private static Optimisation.Result run(Objective objective, Optimisation.Settings settings) {
        return new Optimisation(LAW, objective, settings, GaussianRows::draw).run(RunContext.quiet(1));
    }

    /** The maximiser of f(x) - (lambda / 2) (x - mu)' Sigma^-1 (x - mu): (B + lambda Sigma^-1) x = B a + lambda Sigma^-1 mu. */
    private static double[] optimum(double weight) {
        double[] precision = LowerTriangle.inverseOfSymmetric(COVARIANCE, 2);
        double[] matrix = new double[4];
        double[] x = new double[2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                matrix[2 * i + j] = CURVATURE[2 * i + j] + weight * precision[2 * i + j];
                x[i] += CURVATURE[2 * i + j] * BEST[j] + weight * precision[2 * i + j] * MEAN[j];
            }
        }
        LowerTriangle.factor(matrix, 2);
        LowerTriangle.solve(matrix, 2, x);
        return x;
    }

    private static double distance(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    /** Thirty rounds as published, of NumPy. Rounding of 1e-16 grows by the iteration's own factor, at most 1.5 a round near its end. */
    @Test
    void asPublishedTheMeansAreThoseOfTheOracle() {
        List<Optimisation.Round> rounds = run(
                        QUADRATIC, settings(30, ORACLE.path("delta").asDouble(), true, OptionalInt.empty()))
                .rounds();
        assertEquals(31, rounds.size());
        for (int k = 1; k <= 30; k++) {
            JsonNode iterate = ORACLE.path("iterates").get(k - 1);
            double[] expected = vector(iterate.path("x_next"));
            assertEquals(expected[0], rounds.get(k).mean()[0], 1e-9, "round " + k);
            assertEquals(expected[1], rounds.get(k).mean()[1], 1e-9, "round " + k);
            assertEquals(iterate.path("f").asDouble(), rounds.get(k).atMean(), 1e-8, "round " + k);
        }
    }

    /** Its fixed point is the regularised optimum, where it stays. */
    @Test
    void theFixedPointOfThePublishedIterationIsTheRegularisedOptimum() {
        double weight = 0.1;
        double[] x = optimum(weight);
        double[] gradient = new CheckedObjective(QUADRATIC).gradient(x);
        double noise = ORACLE.path("sigma_y").asDouble();
        double target = noise * noise / weight + gradient[0] * x[0] + gradient[1] * x[1];
        Points drawn = GaussianRows.draw(
                        LAW, 1, Optional.of(new Optimisation.Pull(gradient, OptionalDouble.of(target), noise)))
                .points();
        assertEquals(
                x[0], drawn.slice(0, 2).column(0)[0] / 2 + drawn.slice(0, 2).column(0)[1] / 2, 1e-12);
        assertEquals(
                x[1], drawn.slice(0, 2).column(1)[0] / 2 + drawn.slice(0, 2).column(1)[1] / 2, 1e-12);
    }

    /** At the weight at which the published iteration wanders for ever: distances below the first over K, and the objective rises. */
    @Test
    void theDistanceToTheRegularisedOptimumFallsAsOneOverTheRounds() {
        for (double raise : new double[] {0.1, 0.02, 0.002}) {
            Optimisation.Result result = run(QUADRATIC, settings(40, raise, false, OptionalInt.empty()));
            double[] optimum = optimum(result.weight());
            List<Optimisation.Round> rounds = result.rounds();
            double first = distance(rounds.get(0).mean(), optimum);
            for (int k = 1; k < rounds.size(); k++) {
                assertTrue(
                        distance(rounds.get(k).mean(), optimum) <= first / k,
                        "raise " + raise + ", round " + k + ": "
                                + distance(rounds.get(k).mean(), optimum));
                assertTrue(rounds.get(k).regularised() >= rounds.get(k - 1).regularised() - 1e-12, "round " + k);
            }
            // Geometric in the end: 40 rounds of the slowest of the three are far below 1/40.
            assertTrue(distance(rounds.get(40).mean(), optimum) < 1e-3 * first, "raise " + raise);
        }
    }

    @Test
    void thePublishedIterationNeedNotConverge() {
        double[] optimum = optimum(0.1);
        List<Optimisation.Round> rounds =
                run(QUADRATIC, settings(1000, 0.1, true, OptionalInt.empty())).rounds();
        double nearest = IntStream.range(900, 1000)
                .mapToDouble(k -> distance(rounds.get(k).mean(), optimum))
                .max()
                .orElseThrow();
        assertTrue(nearest > 0.3, "largest distance of the last hundred rounds " + nearest);
    }

    /** Refitted rounds are gradient steps of f itself in the metric of Sigma: the gap of a concave f falls at least as 1/K. */
    @Test
    void refittedRoundsReachTheOptimumItselfAsOneOverTheRounds() {
        Optimisation.Result result = run(QUADRATIC, settings(60, 0.1, false, OptionalInt.of(1)));
        List<Optimisation.Round> rounds = result.rounds();
        double start = new CheckedObjective(QUADRATIC).value(MEAN);
        for (int k = 2; k < rounds.size(); k++) {
            // f* = 0.
            assertTrue(
                    -rounds.get(k).atMean() <= -start / k,
                    "round " + k + ": " + rounds.get(k).atMean());
            assertTrue(rounds.get(k).atMean() >= rounds.get(k - 1).atMean() - 1e-12, "round " + k);
        }
        double regularised = new CheckedObjective(QUADRATIC).value(optimum(result.weight()));
        assertTrue(
                rounds.get(60).atMean() > 0.1 * regularised,
                "f " + rounds.get(60).atMean());
    }

    /** Without a raise and noise: the standard deviation of f, here of the four points on the ellipsoid. */
    @Test
    void raiseAndNoiseAreTheSpreadOfTheObjective() {
        Optimisation.Result result = run(
                QUADRATIC,
                new Optimisation.Settings(
                        1, OptionalDouble.empty(), OptionalDouble.empty(), false, OptionalInt.empty()));
        double[] values = new CheckedObjective(QUADRATIC).values(GaussianRows.sigmaPoints(MEAN, COVARIANCE));
        double mean = (values[0] + values[1] + values[2] + values[3]) / 4;
        double square = 0;
        for (double v : values) {
            square += (v - mean) * (v - mean) / 3;
        }
        assertEquals(Math.sqrt(square), result.raise(), 1e-12);
        assertEquals(Math.sqrt(square), result.noise(), 1e-12);
        assertEquals(mean, result.rounds().get(0).objective(), 1e-12);
        assertEquals(Math.sqrt(square / 4), result.rounds().get(0).error(), 1e-12);
    }

    private static void refused(String expected, Law law, Objective objective, Optimisation.Settings settings) {
        String message = assertThrows(
                        InputException.class,
                        () -> new Optimisation(law, objective, settings, GaussianRows::draw).run(RunContext.quiet(1)))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    @Test
    void whatCannotBeOptimisedIsRefused() {
        Optimisation.Settings settings = settings(2, 0.1, false, OptionalInt.empty());
        Optimisation.Settings spread = new Optimisation.Settings(
                2, OptionalDouble.empty(), OptionalDouble.empty(), false, OptionalInt.empty());
        refused("objective: has the same value at all samples", LAW, quadratic(new double[4], BEST), spread);
        refused("objective: is NaN at [", LAW, quadratic(new double[] {Double.NaN, 0, 0, 1}, BEST), settings);
        refused(
                "samples of 2 columns have a covariance that is not positive definite",
                LAW,
                QUADRATIC,
                settings,
                (law, round, pull) -> new Optimisation.Drawn(
                        Points.ofRows(new double[] {0, 0}, new double[] {1, 1}, new double[] {2, 2}),
                        OptionalDouble.empty()));
        refused(
                "refit: a law of kind 'plain' is no sum over rows",
                new Plain(),
                QUADRATIC,
                settings(2, 0.1, false, OptionalInt.of(1)));
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(InputException.class, () -> settings(2, wrong, false, OptionalInt.empty()));
        }
        assertThrows(InputException.class, () -> settings(0, 1, false, OptionalInt.empty()));
        assertThrows(InputException.class, () -> settings(3, 1, false, OptionalInt.of(4)));
    }

    private static void refused(
            String expected,
            Law law,
            Objective objective,
            Optimisation.Settings settings,
            Optimisation.Drawing drawing) {
        String message = assertThrows(
                        InputException.class,
                        () -> new Optimisation(law, objective, settings, drawing).run(RunContext.quiet(1)))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    /** A law that is no sum over rows. */
    private record Plain() implements Law {
        @Override
        public List<org.eigendrift.api.data.Column> columns() {
            return LAW.columns();
        }

        @Override
        public Scores logDensity(Points x, RunContext run) {
            return LAW.logDensity(x, run);
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            throw new AssertionError("rounds are drawn by the guidance, not by the law");
        }

        @Override
        public Provenance provenance() {
            return new Provenance("plain", 0, List.of());
        }
    }
}
