package org.eigendrift.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.ProcessProvider;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.TargetProvider;

/**
 * What {@code moment-matched} costs beside the same sampler without guidance: processor time of one thread, of a Gaussian with
 * dependent coordinates and of 25 Gaussians on a grid (Cardoso et al., 2308.07983). Arguments: coordinates, observations, points, steps
 * and rounds; the least time of the rounds counts.
 */
public final class GuidanceCost {
    private static final Path HERE = Path.of("");

    private final Catalog catalog = Catalog.discover(List.of());
    private final RunContext run = new RunContext(1, 1, Progress.NONE, () -> false);
    private final CounterRandom random = run.random(Purpose.PARAMETERS);
    private final int dim;
    private final int observations;
    private final int count;
    private final int steps;
    private final int rounds;

    private GuidanceCost(int[] numbers) {
        this.dim = numbers[0];
        this.observations = numbers[1];
        this.count = numbers[2];
        this.steps = numbers[3];
        this.rounds = numbers[4];
    }

    /**
     * Measures, and prints a line for each law and sampler.
     *
     * @param arguments see above; 32 4 512 50 20 if there are none
     */
    public static void main(String[] arguments) {
        int[] numbers = arguments.length == 0
                ? new int[] {32, 4, 512, 50, 20}
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        GuidanceCost cost = new GuidanceCost(numbers);
        cost.measure("gaussian", cost.gaussian());
        cost.measure("25 gaussians", cost.mixture());
    }

    private void measure(String name, Map<String, Object> target) {
        ScoreModel law = create(TargetProvider.KIND, target, run)
                .exact(create(ProcessProvider.KIND, Map.of("type", "ou", "horizon", 7, "earliest", 1e-3), dim))
                .orElseThrow();
        List<Column> columns = IntStream.rangeClosed(1, dim)
                .mapToObj(i -> Column.real("x" + i))
                .toList();
        ScoreModel guided = create(GuidanceProvider.KIND, guidance(), new GuidanceContext(columns, run))
                .guide(law);
        for (String sampler : List.of("reverse-sde", "pf-ode")) {
            double alone = Double.POSITIVE_INFINITY;
            double steered = Double.POSITIVE_INFINITY;
            // In turn, as a machine's speed drifts.
            for (int round = 0; round < rounds; round++) {
                alone = Math.min(alone, seconds(sampler, law));
                steered = Math.min(steered, seconds(sampler, guided));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s: %.1f ms alone, %.1f ms guided, ratio %.2f%n",
                    name,
                    sampler,
                    1e3 * alone,
                    1e3 * steered,
                    steered / alone);
        }
    }

    private double seconds(String name, ScoreModel model) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Sampler sampler = create(SamplerProvider.KIND, Map.of("type", name, "steps", steps), run);
        Points x = Points.zeros(dim, count);
        model.process().prior(run.random(Purpose.PRIOR), 0, x);
        long begin = threads.getCurrentThreadCpuTime();
        sampler.prepare(model, run).run(x, Noise.of(run.random(Purpose.NOISE), 0), StepObserver.NONE);
        return 1e-9 * (threads.getCurrentThreadCpuTime() - begin);
    }

    private Map<String, Object> guidance() {
        return Map.of(
                "type",
                "moment-matched",
                "operator",
                Map.of("type", "matrix", "rows", matrix(observations, 0)),
                "value",
                IntStream.range(0, observations).mapToObj(j -> 1.0).toList(),
                "noise",
                0.5);
    }

    private Map<String, Object> gaussian() {
        List<List<Double>> factor = matrix(dim, observations);
        List<List<Double>> covariance = new ArrayList<>();
        for (int i = 0; i < dim; i++) {
            List<Double> row = new ArrayList<>();
            for (int j = 0; j < dim; j++) {
                double sum = i == j ? 0.1 : 0;
                for (int k = 0; k < dim; k++) {
                    sum += factor.get(i).get(k) * factor.get(j).get(k) / dim;
                }
                row.add(sum);
            }
            covariance.add(row);
        }
        List<Double> mean = IntStream.range(0, dim).mapToObj(i -> 0.0).toList();
        return Map.of("type", "gaussian", "mean", mean, "covariance", covariance);
    }

    private Map<String, Object> mixture() {
        List<List<Double>> means = new ArrayList<>();
        for (int i = -2; i <= 2; i++) {
            for (int j = -2; j <= 2; j++) {
                List<Double> mean = new ArrayList<>();
                for (int k = 0; k < dim; k++) {
                    mean.add(8.0 * (k % 2 == 0 ? i : j));
                }
                means.add(mean);
            }
        }
        return Map.of(
                "type",
                "gaussian-mixture",
                "weights",
                means.stream().map(m -> 1.0).toList(),
                "means",
                means,
                "scales",
                means.stream().map(m -> 1.0).toList());
    }

    /** Standard normal entries. */
    private List<List<Double>> matrix(int rows, int first) {
        List<List<Double>> out = new ArrayList<>();
        for (int j = 0; j < rows; j++) {
            int row = first + j;
            out.add(IntStream.range(0, dim).mapToObj(i -> random.normal(row, i)).toList());
        }
        return out;
    }

    private <C, T> T create(Kind<C, T> kind, Object block, C context) {
        return Choices.bind(kind, block, "type", kind.label(), HERE, catalog, problem -> {
                    throw new InputException(problem.toString());
                })
                .orElseThrow()
                .create(context);
    }
}
