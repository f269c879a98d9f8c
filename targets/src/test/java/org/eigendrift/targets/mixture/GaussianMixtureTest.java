package org.eigendrift.targets.mixture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.TargetContract;
import org.eigendrift.targets.Bound;
import org.eigendrift.targets.KnownDensities;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GaussianMixtureTest {

    @Nested
    class Diagonal extends TargetContract {
        @Override
        protected Target target() {
            return Bound.target(
                    new GaussianMixtureTarget(),
                    3,
                    Map.of(
                            "weights", List.of(1, 3),
                            "means", List.of(List.of(0, 0), List.of(3, -1)),
                            "scales", List.of(List.of(1, 0.5), List.of(0.3, 2)),
                            "rows", 2000,
                            "heldout", 200));
        }
    }

    @Nested
    class FiveCoordinates extends TargetContract {
        @Override
        protected Target target() {
            return Bound.target(
                    new GaussianMixtureTarget(),
                    3,
                    Map.of(
                            "means",
                            List.of(List.of(0, 0, 1, 2, 3), List.of(1, 1, -1, 0, 2)),
                            "scales",
                            List.of(0.5, 1.5),
                            "rows",
                            2000,
                            "heldout",
                            200));
        }
    }

    @Nested
    class AnyCovariance extends TargetContract {
        @Override
        protected Target target() {
            return gaussian(3);
        }
    }

    @Nested
    class Torus extends TargetContract {
        @Override
        protected Target target() {
            return torus(20_000);
        }
    }

    /** Standard deviations 1 and 2, correlation 0.9, as in the known densities. */
    private static Target gaussian(long seed) {
        return Bound.target(
                new GaussianTarget(),
                seed,
                Map.of(
                        "mean",
                        List.of(0.5, -1),
                        "covariance",
                        List.of(List.of(1, 1.8), List.of(1.8, 4)),
                        "rows",
                        20_000,
                        "heldout",
                        200));
    }

    private static Target torus(int rows) {
        return Bound.target(
                new VonMisesMixtureTarget(),
                3,
                Map.of(
                        "weights", List.of(0.5, 0.3, 0.2),
                        "means", List.of(List.of(1, 2), List.of(4, 5), List.of(0.2, 6)),
                        "concentrations", List.of(List.of(4, 8), List.of(10, 2), List.of(20, 20)),
                        "rows", rows,
                        "heldout", 200));
    }

    /**
     * Forty-eight points under variance-preserving and variance-exploding noise, among them points so far away that
     * every component underflows: values computed in closed form with NumPy, checked there against quadrature of the
     * definition to 3e-12 and against automatic differentiation to 1e-13.
     */
    @Test
    void diffusedMixtureAgreesWithAnIndependentComputation() throws IOException {
        double[] weights = new double[8];
        Arrays.fill(weights, 0.125);
        double[][] means = new double[8][];
        double[][] scales = new double[8][];
        double diagonal = 1.414213562373;
        double[][] corners = {{2, 0}, {diagonal, diagonal}};
        for (int k = 0; k < 8; k++) {
            double[] corner = corners[k % 2];
            // Quarter turns of the first two centres.
            means[k] = switch (k / 2) {
                case 0 -> corner;
                case 1 -> new double[] {-corner[1], corner[0]};
                case 2 -> new double[] {-corner[0], -corner[1]};
                default -> new double[] {corner[1], -corner[0]};
            };
            scales[k] = new double[] {0.15, 0.15};
        }
        GaussianMixture mixture = new GaussianMixture(weights, means, scales);
        int checked = 0;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                KnownDensities.class.getResourceAsStream("eight-gaussians-diffused.csv"), StandardCharsets.UTF_8))) {
            for (String line : reader.lines().skip(1).toList()) {
                check(
                        mixture,
                        Arrays.stream(line.split(","))
                                .mapToDouble(Double::parseDouble)
                                .toArray());
                checked++;
            }
        }
        assertEquals(48, checked);
    }

    /** Five Gaussians, neighbours near each other and others far: of a batch some components share all points, some few, and some none. */
    @Test
    void curvatureDoesNotDependOnTheBatch() {
        double[][] means = {{0, 0}, {3, 1}, {60, 0}, {0, 90}, {500, 500}};
        double[][] scales = {{1, 0.5}, {2, 1}, {1, 1}, {0.3, 3}, {1, 1}};
        GaussianMixture mixture = new GaussianMixture(new double[] {1, 2, 1, 1, 1}, means, scales);
        int size = 40;
        Points x = Points.zeros(2, size);
        for (int n = 0; n < size; n++) {
            int k = n % 10 < 7 ? 0 : n % 10 - 6;
            for (int i = 0; i < 2; i++) {
                x.set(i, n, means[k][i] + Math.sin(1 + 7 * n + i));
            }
        }
        List<Points> directions = List.of(wave(size, 1), wave(size, 2), wave(size, 3));
        List<Points> together = curvature(mixture, x, directions);
        for (int n = 0; n < size; n++) {
            int point = n;
            List<Points> alone = curvature(
                    mixture,
                    x.slice(n, n + 1),
                    directions.stream().map(v -> v.slice(point, point + 1)).toList());
            for (int j = 0; j < alone.size(); j++) {
                for (int i = 0; i < 2; i++) {
                    assertEquals(alone.get(j).get(i, 0), together.get(j).get(i, n), "point " + n);
                }
            }
        }
    }

    private static Points wave(int size, int seed) {
        Points out = Points.zeros(2, size);
        for (int k = 0; k < out.values().length; k++) {
            out.values()[k] = Math.cos(seed + 5 * k);
        }
        return out;
    }

    private static List<Points> curvature(GaussianMixture mixture, Points x, List<Points> directions) {
        double[] shares = new double[mixture.components() * x.size()];
        Points score = Points.zeros(2, x.size());
        mixture.responsibilities(x, shares, new double[x.size()]);
        mixture.score(x, shares, score);
        List<Points> out =
                directions.stream().map(v -> Points.zeros(2, x.size())).toList();
        mixture.curvature(x, shares, score, directions, out);
        return out;
    }

    /** Columns: alpha, sigma, x1, x2, score1, score2, eps1, eps2, log-density, divergence of the score. */
    private static void check(GaussianMixture mixture, double[] known) {
        GaussianMixture diffused = mixture.diffused(known[0], known[1]);
        Points x = Points.ofRows(new double[] {known[2], known[3]});
        double[] shares = new double[8];
        double[] logp = new double[1];
        double[] divergence = new double[1];
        Points score = Points.zeros(2, 1);
        diffused.responsibilities(x, shares, logp);
        diffused.score(x, shares, score);
        diffused.divergence(x, shares, score, divergence);
        close(known[8], logp[0]);
        for (int i = 0; i < 2; i++) {
            close(known[4 + i], score.get(i, 0));
            close(known[6 + i], -known[1] * score.get(i, 0));
        }
        close(known[9], divergence[0]);
    }

    /** Exponents of a few hundred lose two to three of sixteen digits. */
    private static void close(double expected, double actual) {
        assertEquals(expected, actual, 1e-11 * (1 + Math.abs(expected)));
    }

    @Test
    void densitiesAgreeWithAnIndependentComputation() throws IOException {
        for (String name : List.of("gaussian", "von-mises-mixture")) {
            Target target = name.equals("gaussian") ? gaussian(1) : torus(10);
            List<double[]> known = KnownDensities.of(name);
            assertEquals(25, known.size());
            for (double[] row : known) {
                double[] actual = new double[1];
                target.density().orElseThrow().logDensity(Points.ofRows(new double[] {row[0], row[1]}), actual);
                assertEquals(row[2], actual[0], 1e-12 * (1 + Math.abs(row[2])), name);
            }
        }
    }

    @Test
    void gaussianDrawsHaveTheirMoments() {
        Points rows = InMemory.read(gaussian(4).train(), 20_000);
        double[] mean = {0.5, -1};
        double[][] covariance = {{1, 1.8}, {1.8, 4}};
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double sum = 0;
                for (int n = 0; n < rows.size(); n++) {
                    sum += (rows.get(i, n) - mean[i]) * (rows.get(j, n) - mean[j]);
                }
                // Isserlis: the variance of the product is C_ii C_jj + C_ij^2.
                double deviation = Math.sqrt(covariance[i][i] * covariance[j][j] + covariance[i][j] * covariance[i][j]);
                assertEquals(covariance[i][j], sum / rows.size(), 3 * deviation / Math.sqrt(rows.size()));
            }
        }
    }

    @Test
    void vonMisesDrawsHaveTheirFirstHarmonics() {
        Target target = torus(20_000);
        Points rows = InMemory.read(target.train(), 20_000);
        for (int i = 0; i < 2; i++) {
            for (boolean cosine : new boolean[] {true, false}) {
                double[] expected = harmonic(target, i, cosine);
                double sum = 0;
                for (double angle : rows.column(i)) {
                    sum += cosine ? Math.cos(angle) : Math.sin(angle);
                }
                assertEquals(expected[0], sum / rows.size(), 3 * Math.sqrt(expected[1] / rows.size()), "angle " + i);
            }
        }
    }

    /** Mean and variance of the cosine or sine of an angle, by the trapezoid rule on the exact density. */
    private static double[] harmonic(Target target, int i, boolean cosine) {
        int cells = 400;
        Points grid = Points.zeros(2, cells * cells);
        for (int n = 0; n < grid.size(); n++) {
            grid.set(0, n, 2 * Math.PI * (n % cells) / cells);
            grid.set(1, n, 2 * Math.PI * (n / cells) / cells);
        }
        double[] logp = new double[grid.size()];
        target.density().orElseThrow().logDensity(grid, logp);
        double mean = 0;
        double square = 0;
        double area = Math.pow(2 * Math.PI / cells, 2);
        for (int n = 0; n < grid.size(); n++) {
            double value = cosine ? Math.cos(grid.get(i, n)) : Math.sin(grid.get(i, n));
            mean += area * Math.exp(logp[n]) * value;
            square += area * Math.exp(logp[n]) * value * value;
        }
        return new double[] {mean, square - mean * mean};
    }

    @Test
    void refusesParametersThatDoNotFit() {
        refuse(Map.of("means", List.of()), "gaussian-mixture: means is empty");
        refuse(Map.of("means", List.of(List.of(1, 2), List.of(1))), "mean 2 has 1 coordinates, mean 1 has 2");
        refuse(Map.of("means", List.of(List.of(1, 2)), "weights", List.of(1, 2)), "2 weights for 1 components");
        refuse(
                Map.of("means", List.of(List.of(1, 2)), "scales", List.of(List.of(1, 2, 3))),
                "scales, entry 1: 3 numbers for 2 coordinates");
        InputException e = assertThrows(
                InputException.class,
                () -> Bound.target(
                        new GaussianTarget(), 1, Map.of("covariance", List.of(List.of(1, 2), List.of(2, 1)))));
        assertEquals(
                "gaussian: the covariance has an eigenvalue of -1.0; expected a positive definite matrix",
                e.getMessage().replaceAll("-0\\.99999\\d*|-1\\.000000\\d*", "-1.0"));
    }

    private static void refuse(Map<String, Object> options, String part) {
        InputException e =
                assertThrows(InputException.class, () -> Bound.target(new GaussianMixtureTarget(), 1, options));
        assertEquals(true, e.getMessage().contains(part), e.getMessage());
    }
}
