package org.eigendrift.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.target.Target;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.report.Fitted;
import org.eigendrift.engine.settings.FitSettings;

/**
 * Fits every problem of a folder of array files {@code NAME_train.npy}, {@code NAME_test.npy} and, where the exact
 * density is known, {@code NAME_test_logp.npy}, and prints a line for each: mean log-likelihood of the test rows, nats
 * from the exact density, error of the integration, charts, seconds. Columns of problems whose name begins with
 * torus are angles in radians, with gamma positive, with beta between 0 and 1.
 */
public final class ProblemSet {
    private static final int SAMPLES = 10_000;

    private final Path folder;
    private final Blocks blocks;
    private final RunContext run;
    private final FitSettings settings;

    private ProblemSet(Path folder, Map<String, Object> config) {
        this.folder = folder;
        this.blocks = Blocks.in(folder);
        this.run = blocks.run();
        this.settings = FitSettings.of(config, blocks.catalog());
    }

    /**
     * Runs problems.
     *
     * @param arguments the folder, names joined by commas, and settings: {@code block.key=value}
     */
    public static void main(String[] arguments) {
        Map<String, Object> config = new LinkedHashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            put(config, setting[0].split("\\."), setting[1]);
        }
        ProblemSet problems = new ProblemSet(Path.of(arguments[0]), config);
        for (String name : arguments[1].split(",")) {
            problems.run(name);
        }
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> config, String[] keys, String text) {
        Map<String, Object> block = config;
        for (int k = 0; k + 1 < keys.length; k++) {
            block = (Map<String, Object>) block.computeIfAbsent(keys[k], key -> new LinkedHashMap<String, Object>());
        }
        block.put(keys[keys.length - 1], value(text));
    }

    private static Object value(String text) {
        if (text.contains("+")) {
            return List.of(text.split("\\+"));
        }
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (text.matches("-?\\d+")) {
            return Long.valueOf(text);
        }
        return text.matches("-?[\\d.]+(e-?\\d+)?") ? (Object) Double.valueOf(text) : text;
    }

    private void run(String name) {
        Target target = target(name);
        long begin = System.nanoTime();
        Fitted model = Eigendrift.fit(target.train(), settings, blocks.catalog(), run);
        double fit = (System.nanoTime() - begin) * 1e-9;
        Points test = InMemory.read(target.heldout().orElseThrow(), Integer.MAX_VALUE);
        begin = System.nanoTime();
        Scores likelihood = model.logDensity(test, run);
        double score = (System.nanoTime() - begin) * 1e-9;
        double mean = mean(likelihood.nats());
        begin = System.nanoTime();
        sample(model, name);
        double sample = (System.nanoTime() - begin) * 1e-9;
        System.out.printf(
                Locale.ROOT,
                "%-9s LL %9.4f  gap %8.4f  +- %.0e  charts %3d  fit %6.1f s  score %6.1f s  sample %6.1f s%n",
                name,
                mean,
                exact(name) - mean,
                likelihood.error(),
                model.charts().size(),
                fit,
                score,
                sample);
        if (Boolean.getBoolean("choices")) {
            model.report().choices().forEach(choice -> System.out.println("    " + choice));
            System.out.println("    " + model.report().seconds());
        }
    }

    /** Writes samples into the directory of the system property {@code samples}, if there is one. */
    private void sample(Fitted model, String name) {
        String directory = System.getProperty("samples");
        if (directory == null) {
            return;
        }
        Points points = model.draw(
                        new DrawRequest(
                                0,
                                SAMPLES,
                                Optional.of(blocks.chosen(SamplerProvider.KIND, Map.of("type", "pf-ode"))
                                        .create(run))),
                        run)
                .rows();
        Path file = Path.of(directory, name + ".npy");
        try (PointWriter.Sink sink = blocks.chosen(WriterProvider.KIND, Map.of("type", "npy"))
                .create(run)
                .open(file, model.columns(), points.size())) {
            sink.write(points);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double exact(String name) {
        Path file = folder.resolve(name + "_test_logp.npy");
        if (!Files.exists(file)) {
            return Double.NaN;
        }
        return mean(InMemory.read(
                        blocks.target(Map.of("type", "npy", "path", file.toString(), "holdout", 0, "detect", "off"))
                                .train(),
                        Integer.MAX_VALUE)
                .values());
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private Target target(String name) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "npy");
        block.put("path", folder.resolve(name + "_train.npy").toString());
        block.put("test", folder.resolve(name + "_test.npy").toString());
        int dim = blocks.target(block).train().dim();
        List<String> columns =
                IntStream.rangeClosed(1, dim).mapToObj(i -> "x" + i).toList();
        if (name.startsWith("torus")) {
            block.put("angles", columns);
        } else if (name.startsWith("gamma")) {
            block.put("positive", columns);
        } else if (name.startsWith("beta")) {
            block.put("bounded", columns.stream().map(c -> List.of(c, "0", "1")).toList());
        }
        return blocks.target(block);
    }
}
