package org.eigendrift.engine.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.contract.OrnsteinUhlenbeck;
import org.junit.jupiter.api.Test;

/** Gradients through the flow beside the affine flow of a Gaussian and finite differences of a mixture's. */
class FlowAdjointTest {
    private static double[] vector(JsonNode node) {
        return IntStream.range(0, node.size())
                .mapToDouble(i -> node.get(i).asDouble())
                .toArray();
    }

    private static double[][] matrix(JsonNode node) {
        return IntStream.range(0, node.size())
                .mapToObj(i -> vector(node.get(i)))
                .toArray(double[][]::new);
    }

    /** Times in equal steps. */
    private static double[] times(double from, double to, int steps) {
        return IntStream.rangeClosed(0, steps)
                .mapToDouble(k -> k == steps ? to : from + (to - from) * k / steps)
                .toArray();
    }

    /**
     * The oracle: x_end = M x_T + c, gradient M'(x_end - y). Runge-Kutta's error falls as the fourth power of the steps, 4096 times
     * from 200 to 1600.
     */
    @Test
    void gradientsThroughAGaussianAreThoseOfItsAffineMap() throws IOException {
        JsonNode problems;
        try (InputStream in = FlowAdjointTest.class.getResourceAsStream("/guidance/adjoint.json")) {
            problems = new ObjectMapper().readTree(in);
        }
        assertEquals(2, problems.size());
        for (JsonNode problem : problems) {
            ExactMixture model = new ExactMixture(
                    new OrnsteinUhlenbeck(3),
                    new double[] {1},
                    new double[][] {vector(problem.path("mean"))},
                    new double[][][] {matrix(problem.path("cov"))});
            double[] y = vector(problem.path("y"));
            double[] errors = new double[2];
            for (int r = 0; r < 2; r++) {
                FlowAdjoint flow = new FlowAdjoint(
                        model,
                        times(
                                problem.path("T").asDouble(),
                                problem.path("t_end").asDouble(),
                                r == 0 ? 200 : 1600));
                Points end = flow.samples(Points.ofRows(vector(problem.path("x_T"))));
                Points slope = end.copy();
                for (int i = 0; i < 3; i++) {
                    slope.set(i, 0, end.get(i, 0) - y[i]);
                }
                double[] gradient = flow.gradient(end, slope).row(0);
                double[] expected = vector(problem.path("gradient"));
                for (int i = 0; i < 3; i++) {
                    errors[r] = Math.max(errors[r], Math.abs(gradient[i] - expected[i]));
                }
                if (r == 1) {
                    matrixOf(flow, end, problem);
                    assertArrayEquals(vector(problem.path("x_end")), end.row(0), 1e-10);
                    assertArrayEquals(expected, gradient, 1e-10);
                }
            }
            assertTrue(errors[1] < errors[0] / 1000, errors[0] + " and " + errors[1]);
        }
    }

    /** Gradients of the samples' coordinates are the rows of M, whose determinant is known; of the loss half the square. */
    private static void matrixOf(FlowAdjoint flow, Points end, JsonNode problem) {
        double[][] found = new double[3][];
        double loss = 0;
        for (int i = 0; i < 3; i++) {
            Points unit = Points.zeros(3, 1);
            unit.set(i, 0, 1);
            found[i] = flow.gradient(end, unit).row(0);
            assertArrayEquals(vector(problem.path("M").get(i)), found[i], 1e-10);
            loss += 0.5 * Math.pow(end.get(i, 0) - problem.path("y").get(i).asDouble(), 2);
        }
        assertEquals(problem.path("loss").asDouble(), loss, 1e-9);
        double[][] inverse = new double[3][3];
        assertEquals(problem.path("log_abs_det").asDouble(), ExactMixture.invert(found, inverse), 1e-9);
    }

    private static final ExactMixture MIXTURE = new ExactMixture(
            new OrnsteinUhlenbeck(2), new double[] {0.4, 0.6}, new double[][] {{1, 0}, {-1, 0.5}}, new double[][][] {
                {{0.5, 0.2}, {0.2, 0.4}}, {{0.3, 0}, {0, 0.6}}
            });

    /** sin(x1) + x1 x2^2 of the samples. */
    private static double loss(Points x, int n) {
        return Math.sin(x.get(0, n)) + x.get(0, n) * x.get(1, n) * x.get(1, n);
    }

    /** Central differences of step 1e-5 are exact to 1e-10 and rounding 1e-11; the continuous gradient differs by the steps' 1e-8. */
    @Test
    void gradientsThroughAMixtureAreFiniteDifferences() {
        FlowAdjoint flow = new FlowAdjoint(MIXTURE, times(3, 0.01, 300));
        Points start = Points.ofRows(new double[][] {{0.3, -0.8}, {1.2, 0.4}, {-2, 1}});
        Points end = flow.samples(start);
        Points slope = Points.zeros(2, 3);
        for (int n = 0; n < 3; n++) {
            slope.set(0, n, Math.cos(end.get(0, n)) + end.get(1, n) * end.get(1, n));
            slope.set(1, n, 2 * end.get(0, n) * end.get(1, n));
        }
        Points gradient = flow.gradient(end, slope);
        for (int i = 0; i < 2; i++) {
            Points[] moved = new Points[2];
            for (int s = 0; s < 2; s++) {
                Points from = start.copy();
                for (int n = 0; n < 3; n++) {
                    from.set(i, n, start.get(i, n) + (s == 0 ? -1e-5 : 1e-5));
                }
                moved[s] = flow.samples(from);
            }
            for (int n = 0; n < 3; n++) {
                double expected = (loss(moved[1], n) - loss(moved[0], n)) / 2e-5;
                assertEquals(expected, gradient.get(i, n), 1e-6 * (1 + Math.abs(expected)), "point " + n + ", " + i);
            }
        }
        assertArrayEquals(new double[] {0.3, 1.2, -2}, start.column(0), "starts are not modified");
    }

    @Test
    void wrongTimesAreRefused() {
        for (double[] times : new double[][] {{1}, {1, 2}, {6, 1}, {1, -0.1}, {1, Double.NaN}}) {
            String message = assertThrows(InputException.class, () -> new FlowAdjoint(MIXTURE, times))
                    .getMessage();
            assertTrue(message.startsWith("adjoint.times: expected at least two decreasing times"), message);
        }
    }
}
