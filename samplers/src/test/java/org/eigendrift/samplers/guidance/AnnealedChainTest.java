package org.eigendrift.samplers.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Ginzburg-Landau chain of two sites annealed from one temperature to another: mean energy and free energy beside quadrature. The
 * chain's Boltzmann density is held by narrow Gaussians on a grid, a law whose noised scores are known exactly.
 */
class AnnealedChainTest {
    private static final int RUNS = 5;
    private static final int COUNT = 120;

    /** Grid of the Gaussians: spacing and width, with which their sum is smooth. */
    private static final double SPACING = 0.5;

    private static final double WIDTH = 0.4;
    private static final int SIDE = 9;

    /** Two wells at -1 and 1 with a barrier of 2 nats, and a spring of 1.2 nats between sites in different ones. */
    private static double energy(double x, double y) {
        double wells = (1 - x * x) * (1 - x * x) + (1 - y * y) * (1 - y * y);
        return 2 * wells + 0.3 * (x - y) * (x - y);
    }

    /** Grid points whose weight is below this share of the largest are left out. */
    private static final double LEAST = 1e-3;

    private static ExactMixture chain() {
        double[][] means = IntStream.range(0, SIDE * SIDE)
                .mapToObj(k -> new double[] {SPACING * (k / SIDE - SIDE / 2), SPACING * (k % SIDE - SIDE / 2)})
                .filter(site -> energy(site[0], site[1]) < -Math.log(LEAST))
                .toArray(double[][]::new);
        double[] weights = Arrays.stream(means)
                .mapToDouble(site -> Math.exp(-energy(site[0], site[1])))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        double[] scales = new double[weights.length];
        Arrays.fill(scales, WIDTH);
        return new ExactMixture(
                Oracles.ou(2), Arrays.stream(weights).map(w -> w / sum).toArray(), means, scales);
    }

    /** log of the integral of p^b, and the mean energy under it, by sums over a grid of spacing .1, exact for what is so smooth. */
    private static double[] exact(ExactMixture p, double b) {
        double step = 0.1;
        double norm = 0;
        double mean = 0;
        for (double x = -3.2; x < 3.2; x += step) {
            for (double y = -3.2; y < 3.2; y += step) {
                double density = 0;
                for (int k = 0; k < p.weights().length; k++) {
                    double dx = (x - p.means()[k][0]) / WIDTH;
                    double dy = (y - p.means()[k][1]) / WIDTH;
                    density += p.weights()[k] * Math.exp(-0.5 * (dx * dx + dy * dy));
                }
                double power = Math.pow(density / (2 * Math.PI * WIDTH * WIDTH), b) * step * step;
                norm += power;
                mean += power * energy(x, y);
            }
        }
        return new double[] {Math.log(norm), mean / norm};
    }

    private static double meanEnergy(Points x) {
        return IntStream.range(0, x.size())
                .mapToDouble(n -> energy(x.get(0, n), x.get(1, n)))
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2})
    void energiesOfTheAnnealedChain(double temperature) {
        ExactMixture p = chain();
        GuidedScoreModel model = Oracles.guidance(2, Map.of("type", "temperature", "temperature", temperature))
                .guide(p);
        double[] exact = exact(p, 1 / temperature);
        double[][] found = new double[2][RUNS];
        for (int r = 0; r < RUNS; r++) {
            Particles particles = Oracles.corrector(
                            Map.of("type", "smc", "steps", 20, "particles", COUNT, "pool", 1, "moves", 0))
                    .run(model, COUNT, RunContext.quiet(r));
            found[0][r] = particles.logNormaliser();
            found[1][r] = meanEnergy(particles.points());
        }
        near(exact[0], found[0], "log of the integral of p^(1/T)");
        near(exact[1], found[1], "mean energy");
    }

    /** Seven standard errors of five runs: Student's t with 4 degrees exceeds that once in 450; 2e-3 for the end at t = 1e-4. */
    private static void near(double expected, double[] found, String what) {
        double mean =
                IntStream.range(0, RUNS).mapToDouble(r -> found[r]).average().orElseThrow();
        double square = 0;
        for (double value : found) {
            square += (value - mean) * (value - mean) / (RUNS - 1);
        }
        assertEquals(expected, mean, 7 * Math.sqrt(square / RUNS) + 2e-3, what);
    }
}
