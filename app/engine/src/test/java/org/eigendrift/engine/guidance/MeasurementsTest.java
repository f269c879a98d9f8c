package org.eigendrift.engine.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.engine.guidance.Measurements.Criterion;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    /** Order, variances and what is left of them, computed with NumPy for two noises. */
    @Test
    void theOrderIsThatOfTheGreedyDesign() throws IOException {
        JsonNode problems;
        try (InputStream in = MeasurementsTest.class.getResourceAsStream("/guidance/active.json")) {
            problems = new ObjectMapper().readTree(in);
        }
        assertEquals(2, problems.size());
        for (JsonNode problem : problems) {
            JsonNode rows = problem.path("cov");
            double[] covariance = IntStream.range(0, 64)
                    .mapToDouble(k -> rows.get(k / 8).get(k % 8).asDouble())
                    .toArray();
            List<Measurements.Step> order = Measurements.greedy(
                    covariance, Math.sqrt(problem.path("noise_variance").asDouble()), 8);
            Posterior posterior = new Posterior(
                    covariance.clone(), problem.path("noise_variance").asDouble());
            for (int k = 0; k < 8; k++) {
                JsonNode step = problem.path("steps").get(k);
                assertEquals(step.path("coordinate").asInt(), order.get(k).place(), "step " + k);
                assertEquals(
                        step.path("variance_before").asDouble(), order.get(k).variance(), 1e-12);
                assertEquals(
                        step.path("total_variance_after").asDouble(),
                        order.get(k).total(),
                        1e-12);
                int chosen = order.get(k).place();
                double runnerUp = posterior.largestBut(chosen);
                assertEquals(step.path("runner_up").asDouble(Double.NEGATIVE_INFINITY), runnerUp, 1e-12, "step " + k);
                assertTrue(order.get(k).variance() >= runnerUp);
                posterior.measure(chosen);
                // Small eigenvalues of condition 80, then 1e4 for the smaller noise.
                assertEquals(step.path("log_det_after").asDouble(), posterior.logDeterminant(), 1e-10, "step " + k);
                assertEquals(order.get(k).total(), posterior.total(), 1e-12);
            }
        }
    }

    /** What is left of the covariance, by updates of rank one, as a textbook has them. */
    private static final class Posterior {
        private final double[] c;
        private final double noise;
        private final boolean[] measured = new boolean[8];

        Posterior(double[] covariance, double noise) {
            this.c = covariance;
            this.noise = noise;
        }

        double largestBut(int chosen) {
            return IntStream.range(0, 8)
                    .filter(i -> i != chosen && !measured[i])
                    .mapToDouble(i -> c[9 * i])
                    .max()
                    .orElse(Double.NEGATIVE_INFINITY);
        }

        void measure(int k) {
            measured[k] = true;
            double[] old = c.clone();
            for (int i = 0; i < 8; i++) {
                for (int j = 0; j < 8; j++) {
                    c[8 * i + j] -= old[8 * i + k] * old[8 * k + j] / (old[9 * k] + noise);
                }
            }
        }

        double logDeterminant() {
            double[][] rows = new double[8][];
            for (int i = 0; i < 8; i++) {
                rows[i] = java.util.Arrays.copyOfRange(c, 8 * i, 8 * i + 8);
            }
            return ExactMixture.invert(rows, new double[8][8]);
        }

        double total() {
            return IntStream.range(0, 8).mapToDouble(i -> c[9 * i]).sum();
        }
    }

    @Test
    void withoutNoiseANumberThatIsKnownIsLeft() {
        List<Measurements.Step> order = Measurements.greedy(new double[] {1, 1, 1, 1}, 0, 2);
        assertEquals(0, order.get(0).place());
        assertEquals(0, order.get(0).total(), 1e-15);
        assertEquals(new Measurements.Step(1, 0, 0), order.get(1));
    }

    /** Two far groups and a single wide one: entropy and variance need not agree; the definitions, term by term. */
    @Test
    void worthIsItsDefinition() {
        CounterRandom random = new CounterRandom(4);
        Points draws = Points.zeros(2, 30);
        for (int n = 0; n < 30; n++) {
            draws.set(0, n, (n % 2 == 0 ? -2 : 2) + 0.01 * random.normal(n, 0));
            draws.set(1, n, 1.9 * random.normal(n, 1));
        }
        double noise = 0.7;
        for (Criterion criterion : new Criterion[] {Criterion.ENTROPY, Criterion.PUBLISHED}) {
            double[] worth = Measurements.worth(criterion, draws, noise);
            int sign = criterion == Criterion.PUBLISHED ? 1 : -1;
            for (int i = 0; i < 2; i++) {
                double sum = 0;
                for (int j = 0; j < 30; j++) {
                    double inner = 0;
                    for (int n = 0; n < 30; n++) {
                        inner += Math.exp(sign * Math.pow(draws.get(i, n) - draws.get(i, j), 2) / (2 * noise * noise));
                    }
                    sum += Math.log(inner);
                }
                assertEquals(sign * sum, worth[i], 1e-10 * Math.abs(sum));
            }
        }
        double[] variance = Measurements.worth(Criterion.VARIANCE, draws, 0);
        double[] entropy = Measurements.worth(Criterion.ENTROPY, draws, noise);
        assertTrue(entropy[1] > entropy[0], "two groups tell less than their variance");
        assertTrue(variance[0] > variance[1] * 0.9, variance[0] + " and " + variance[1]);
        assertThrows(InputException.class, () -> Measurements.worth(Criterion.ENTROPY, draws, 0));
        // Squares far beyond the range of exp.
        assertTrue(Double.isFinite(Measurements.worth(Criterion.PUBLISHED, draws, 1e-3)[0]));
    }
}
