package org.eigendrift.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.guidance.CorrectorProvider;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.guidance.GaussianPosterior;
import org.eigendrift.engine.guidance.GuidedFlows;

/**
 * Held-out digits of 8 x 8 pixels, half of them hidden, blurred, and down-sampled: the mean peak signal-to-noise ratio of the means of guided
 * samples of a model, beside that of the posterior mean of a Gaussian of the training rows. Arguments: the model of {@code {type:
 * digits, bounded: false}}, how many images, samples of each, steps, and guidance parted by commas; {@code smc} stands for
 * moment-matched with particles.
 */
public final class DigitReconstructions {
    private static final double NOISE = 0.05;

    private final Catalog catalog = Catalog.discover(List.of());
    private final RunContext run =
            new RunContext(0, Runtime.getRuntime().availableProcessors(), Progress.NONE, () -> false);
    private final Law law;
    private final Target target;
    private final int images;
    private final int samples;
    private final int steps;

    private DigitReconstructions(String[] arguments) {
        this.law = Eigendrift.read(Path.of(arguments[0]), catalog);
        this.images = Integer.parseInt(arguments[1]);
        this.samples = Integer.parseInt(arguments[2]);
        this.steps = Integer.parseInt(arguments[3]);
        this.target = create(TargetProvider.KIND, Map.of("type", "digits", "bounded", false), run);
    }

    /**
     * Reconstructs, and prints a line for each operator and guidance.
     *
     * @param arguments see above
     */
    public static void main(String[] arguments) {
        DigitReconstructions all = new DigitReconstructions(arguments);
        for (Map<String, Object> operator : operators()) {
            all.solve(operator, arguments[4].split(","));
        }
    }

    /** A chequered half of the pixels, a blur of one pixel, blocks of two by two. */
    private static List<Map<String, Object>> operators() {
        List<Integer> shape = List.of(8, 8);
        List<String> seen = IntStream.range(0, 64)
                .filter(i -> (i / 8 + i % 8) % 2 == 0)
                .mapToObj(i -> "p" + i / 8 + i % 8)
                .toList();
        return List.of(
                Map.of("type", "mask", "columns", seen),
                Map.of("type", "blur", "shape", shape, "width", 1),
                Map.of("type", "downsample", "shape", shape, "factor", 2));
    }

    private void solve(Map<String, Object> block, String[] guidance) {
        Operator operator = create(OperatorProvider.KIND, block, law.columns());
        Points truth = InMemory.read(target.heldout().orElseThrow(), images);
        Points seen = Points.zeros(operator.outputs(), truth.size());
        operator.apply(truth, seen);
        for (int j = 0; j < seen.dim(); j++) {
            for (int n = 0; n < seen.size(); n++) {
                seen.set(
                        j,
                        n,
                        seen.get(j, n) + NOISE * run.random(Purpose.PARAMETERS).normal(n, j));
            }
        }
        Points gaussian = new GaussianPosterior(target.train(), operator, NOISE).mean(seen);
        report(block, "gaussian posterior mean", truth, gaussian, System.nanoTime());
        for (String name : guidance) {
            long begin = System.nanoTime();
            Points means = Points.zeros(truth.dim(), truth.size());
            Points single = means.copy();
            try {
                for (int n = 0; n < truth.size(); n++) {
                    Points draws = guided(name, block, seen.row(n));
                    double[] mean = mean(draws);
                    for (int i = 0; i < mean.length; i++) {
                        means.set(i, n, mean[i]);
                        single.set(i, n, draws.get(i, 0));
                    }
                }
                report(block, name, truth, means, begin);
                report(block, name + ", one draw", truth, single, begin);
            } catch (NumericalException | InputException e) {
                System.out.printf("%s %s: %s%n", block.get("type"), name, e.getMessage());
            }
        }
    }

    private Points guided(String name, Map<String, Object> operator, double[] value) {
        boolean particles = name.equals("smc");
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", particles ? "moment-matched" : name);
        block.put("operator", operator);
        block.put(
                "value",
                IntStream.range(0, value.length).mapToObj(i -> value[i]).toList());
        block.put("noise", NOISE);
        GuidedFlows guided = GuidedFlows.of(law, List.of(chosen(GuidanceProvider.KIND, block)), List.of(), run);
        return particles
                ? guided.move(
                                create(
                                        CorrectorProvider.KIND,
                                        Map.of("type", "smc", "steps", steps, "particles", samples),
                                        run),
                                samples,
                                run)
                        .drawn()
                        .rows()
                : guided.follow(create(SamplerProvider.KIND, sampler(name), run), samples, run)
                        .rows();
    }

    /** RePaint with its jumps and their own number of steps; of all others the same sampler. */
    private Map<String, Object> sampler(String guidance) {
        return guidance.equals("repaint")
                ? Map.of("type", "time-travel")
                : Map.of("type", "reverse-sde", "steps", steps, "grid", "log-snr");
    }

    private static double[] mean(Points x) {
        return IntStream.range(0, x.dim())
                .mapToDouble(i -> IntStream.range(0, x.size())
                        .mapToDouble(n -> x.get(i, n))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static void report(Map<String, Object> block, String name, Points truth, Points found, long begin) {
        List<Double> ratios = new ArrayList<>();
        for (int n = 0; n < truth.size(); n++) {
            double square = 0;
            for (int i = 0; i < truth.dim(); i++) {
                double miss = truth.get(i, n) - found.get(i, n);
                square += miss * miss / truth.dim();
            }
            ratios.add(-10 * Math.log10(square));
        }
        double mean = ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double scatter =
                ratios.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum();
        System.out.printf(
                Locale.ROOT,
                "%s %s: PSNR %.2f dB, standard error %.2f, %.1f s%n",
                block.get("type"),
                name,
                mean,
                Math.sqrt(scatter / (ratios.size() - 1) / ratios.size()),
                (System.nanoTime() - begin) * 1e-9);
    }

    private <C, T> Chosen<C, T> chosen(Kind<C, T> kind, Object block) {
        Optional<Chosen<C, T>> bound =
                Choices.bind(kind, block, "type", kind.label(), Path.of(""), catalog, problem -> {
                    throw new InputException(problem.toString());
                });
        return bound.orElseThrow();
    }

    private <C, T> T create(Kind<C, T> kind, Object block, C context) {
        return chosen(kind, block).create(context);
    }
}
