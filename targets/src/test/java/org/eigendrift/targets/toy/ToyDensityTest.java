package org.eigendrift.targets.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.targets.Bound;
import org.eigendrift.targets.KnownDensities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ToyDensityTest {

    static List<TargetProvider<?>> toys() {
        return List.of(
                new TwoMoons(),
                new EightGaussians(),
                new Checkerboard(),
                new Pinwheel(),
                new Rings(),
                new Spirals(),
                new Banana());
    }

    @ParameterizedTest
    @MethodSource("toys")
    void densityIsThatOfAnIndependentComputation(TargetProvider<?> toy) throws IOException {
        List<double[]> known = KnownDensities.of(toy.name());
        assertEquals(25, known.size());
        Target target = Bound.target(toy, 1, Map.of());
        for (double[] row : known) {
            double[] actual = new double[1];
            target.density().orElseThrow().logDensity(Points.ofRows(new double[] {row[0], row[1]}), actual);
            // Both sides work in double precision; far tails are sums of large exponents.
            assertEquals(row[2], actual[0], 1e-10 * (1 + Math.abs(row[2])), toy.name());
        }
    }

    /**
     * The mean log-density of drawn rows estimates minus the entropy. Entropies and the standard deviation of log p
     * (their standard errors for 10,000 rows, times 100) from an independent computation; for checkerboard and
     * banana closed forms: log 8, and 1 + log(2 pi 0.3).
     */
    @ParameterizedTest
    @CsvSource({
        "two-moons, 1.00244, 0.761",
        "eight-gaussians, 1.12380, 1.0",
        "checkerboard, 2.0794415416798357, 0",
        "pinwheel, 2.32290, 0.972",
        "rings, 2.33174, 0.685",
        "spirals, 2.54661, 0.695",
        "banana, 1.6339042623993974, 1.0"
    })
    void drawnRowsHaveTheLawsEntropy(String name, double entropy, double deviation) {
        TargetProvider<?> toy =
                toys().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
        int rows = 20_000;
        Target target = Bound.target(toy, 11, Map.of("rows", rows));
        double[] logp = new double[rows];
        target.density().orElseThrow().logDensity(InMemory.read(target.train(), rows), logp);
        double sum = 0;
        for (double value : logp) {
            sum += value;
        }
        // Four standard errors, and 0.005 for the reference's own; a fixed seed, so no chance of a false alarm.
        assertEquals(-entropy, sum / rows, 4 * deviation / Math.sqrt(rows) + (deviation == 0 ? 1e-12 : 0.005));
    }

    @Test
    void densityIsFiniteFarAway() {
        for (TargetProvider<?> toy : toys()) {
            double[] logp = new double[1];
            Bound.target(toy, 1, Map.of())
                    .density()
                    .orElseThrow()
                    .logDensity(Points.ofRows(new double[] {-300, 40}), logp);
            assertTrue(
                    toy instanceof Checkerboard ? logp[0] == Double.NEGATIVE_INFINITY : logp[0] < -1000,
                    toy.name() + ": " + logp[0]);
            assertTrue(toy instanceof Checkerboard || Double.isFinite(logp[0]), toy.name() + ": " + logp[0]);
        }
    }
}
