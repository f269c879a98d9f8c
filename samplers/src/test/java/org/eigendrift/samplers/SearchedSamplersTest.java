package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samplers that first learn something from the model: statistics, compensation ratios. */
class SearchedSamplersTest {
    private static final AffineProcess VP = Configured.process(Map.of("type", "vp"), 1);
    private static final Points START =
            Points.ofRows(new double[] {-1.5}, new double[] {0.2}, new double[] {1.1}, new double[] {0.6});

    private static double error(ExactMixture model, Map<String, Object> block) {
        Points exact = Configured.deterministic(
                Configured.sampler(Map.of("type", "pf-ode", "method", "dop853", "rtol", 1e-11, "atol", 1e-12)),
                model,
                START);
        Points end = Configured.deterministic(Configured.sampler(block), model, START);
        double sum = 0;
        for (int k = 0; k < end.values().length; k++) {
            sum += Math.pow(end.values()[k] - exact.values()[k], 2);
        }
        return Math.sqrt(sum);
    }

    @Test
    void aTableOfStatisticsThatIsWrongIsToldByFileAndLine(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("statistics.txt");
        Map<String, Object> block = Map.of("type", "dpm-solver-v3", "statistics", file.toString());
        for (List<String> wrong : List.of(
                List.of("1 0 zero", " line 4 has 'zero', expected a number"),
                List.of("1 0", " line 4 has 2 numbers, expected 3 (l, s and b of every coordinate)"))) {
            Files.writeString(file, "# l s b\n1 0 0\n\n" + wrong.get(0) + "\n");
            InputException refused =
                    assertThrows(InputException.class, () -> error(ExactMixture.gaussian(VP, 0.7, 0.5), block));
            assertEquals("statistics: " + file + wrong.get(1), refused.getMessage());
        }
    }

    /**
     * On Gaussian data l sigma-eps is the whole dependence on x, and what is left of f is a function of lambda that b
     * takes: first order is then exact but for the trapezoidal rule over the nodes, of error N^-2.
     */
    @Test
    void computedStatisticsMakeFirstOrderExactOnAGaussian() {
        ExactMixture gaussian = ExactMixture.gaussian(VP, 0.7, 0.5);
        Map<String, Object> v3 = new LinkedHashMap<>(
                Map.of("type", "dpm-solver-v3", "order", 1, "corrector", false, "steps", 5, "nodes", 240));
        double fine = error(gaussian, v3);
        v3.put("nodes", 120);
        double coarse = error(gaussian, v3);
        double ddim = error(gaussian, Map.of("type", "ddim", "steps", 5, "grid", "log-snr"));
        assertTrue(coarse < 1e-2 * ddim, coarse + " against " + ddim);
        assertTrue(fine < coarse / 3, fine + " and " + coarse);
    }

    @Test
    void searchedRatiosDoNotHarm() {
        ExactMixture model =
                new ExactMixture(VP, new double[] {0.4, 0.6}, new double[][] {{-1}, {1.2}}, new double[] {0.3, 0.4});
        Map<String, Object> plain =
                Map.of("type", "dc-solver", "order", 2, "dc_order", 1, "steps", 6, "ratios", List.of(1, 1, 1, 1, 1, 1));
        Map<String, Object> searched = Map.of("type", "dc-solver", "order", 2, "dc_order", 1, "steps", 6);
        double without = error(model, plain);
        double with = error(model, searched);
        assertTrue(with < without, with + " against " + without);
    }

    /** A fit knows no times below the earliest, also where the last step goes from there to 0. */
    @Test
    void theSearchAsksForNoTimesThatTheModelHasNot() {
        ExactMixture exact = ExactMixture.gaussian(VP, 0.7, 0.5);
        Set<Double> asked = new ConcurrentSkipListSet<>();
        ScoreModel watched = new ScoreModel() {
            @Override
            public AffineProcess process() {
                return VP;
            }

            @Override
            public Evaluator evaluator() {
                Evaluator own = exact.evaluator();
                return (Evaluator) Proxy.newProxyInstance(
                        Evaluator.class.getClassLoader(), new Class<?>[] {Evaluator.class}, (proxy, method, values) -> {
                            asked.add((Double) values[0]);
                            return method.invoke(own, values);
                        });
            }
        };
        Configured.sampler(Map.of("type", "dc-solver", "steps", 6, "grid", Map.of("type", "log-snr", "end", "zero")))
                .prepare(watched, RunContext.quiet(1));
        assertTrue(asked.size() > 6, asked.toString());
        assertTrue(
                asked.iterator().next() >= VP.earliest() * (1 - 1e-12),
                asked.iterator().next() + " is before " + VP.earliest());
    }

    @Test
    void ratiosBeforeThereIsAnythingToInterpolateAreRefused() {
        InputException refused = assertThrows(
                InputException.class,
                () -> Configured.sampler(Map.of("type", "dc-solver", "steps", 5, "ratios", List.of(1, 0.9, 1, 1, 1)))
                        .prepare(ExactMixture.gaussian(VP, 0, 1), RunContext.quiet(1)));
        assertTrue(refused.getMessage().contains("the first dc_order = 2 must be 1"), refused.getMessage());
    }

    @Test
    void levelsOnOneNodeAreRefused() {
        InputException refused = assertThrows(
                InputException.class,
                () -> Configured.sampler(Map.of("type", "dpm-solver-v3", "steps", 50, "nodes", 20, "degenerated", true))
                        .prepare(ExactMixture.gaussian(VP, 0, 1), RunContext.quiet(1)));
        assertTrue(refused.getMessage().contains("fall on the same node"), refused.getMessage());
    }
}
