package org.eigendrift.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.CorrectorProvider;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.ProcessProvider;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.TargetProvider;

/**
 * Inverse problems with a mixture of 25 Gaussians (Cardoso et al., 2308.07983, with own random numbers), whose posterior is a
 * mixture in closed form: draws samples of a guidance, without and with particles, as CSV files, for scoring beside exact draws.
 * Arguments: the directory of the problems, where results go, particles, steps, names of problems parted by commas, and guidance:
 * names parted by commas; then {@code smc} or {@code alone} for one of the two.
 */
public final class InverseProblems {
    private static final Path HERE = Path.of("");

    private final Catalog catalog = Catalog.discover(List.of());
    private final RunContext run =
            new RunContext(1, Runtime.getRuntime().availableProcessors(), Progress.NONE, () -> false);

    private InverseProblems() {}

    /**
     * Draws and writes.
     *
     * @param arguments see above
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path problems = Path.of(arguments[0]);
        if (!Files.isDirectory(problems)) {
            System.out.println("skipped: " + problems + " is not there");
            return;
        }
        int count = Integer.parseInt(arguments[2]);
        int steps = Integer.parseInt(arguments[3]);
        for (String problem : arguments[4].split(",")) {
            for (String guidance : arguments[5].split(",")) {
                String how = arguments.length > 6 ? arguments[6] : "both";
                new InverseProblems().solve(problems, problem, guidance, how, count, steps, Path.of(arguments[1]));
            }
        }
    }

    private void solve(Path problems, String name, String guidance, String how, int count, int steps, Path results)
            throws IOException {
        JsonNode problem =
                new ObjectMapper().readTree(problems.resolve(name + ".json").toFile());
        int dim = problem.path("d").asInt();
        ScoreModel prior = prior(problem, dim);
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", guidance);
        block.put("operator", Map.of("type", "matrix", "rows", rows(problem.path("A"))));
        block.put("value", list(problem.path("y")));
        block.put("noise", problem.path("sigma_y").asDouble());
        List<Column> columns = IntStream.rangeClosed(1, dim)
                .mapToObj(i -> Column.real("x" + i))
                .toList();
        GuidedScoreModel guided = create(GuidanceProvider.KIND, block, new GuidanceContext(columns, run))
                .guide(prior);
        if (!how.equals("smc")) {
            alone(name, guidance, prior, guided, count, steps, results);
        }
        if (!how.equals("alone")) {
            particles(problem, name, guidance, guided, count, steps, results);
        }
    }

    private void alone(
            String name, String guidance, ScoreModel prior, GuidedScoreModel guided, int count, int steps, Path results)
            throws IOException {
        long begin = System.nanoTime();
        try {
            Points x = Points.zeros(prior.process().dim(), count);
            prior.process().prior(run.random(Purpose.PRIOR), 0, x);
            create(SamplerProvider.KIND, Map.of("type", "reverse-sde", "steps", steps, "grid", "log-snr"), run)
                    .prepare(guided, run)
                    .run(x, Noise.of(run.random(Purpose.NOISE), 0), StepObserver.NONE);
            write(results.resolve(name + "-" + guidance + ".csv"), x);
            report(name, guidance, "alone", begin, "");
        } catch (NumericalException e) {
            report(name, guidance, "alone", begin, e.getMessage());
        }
    }

    private void particles(
            JsonNode problem, String name, String guidance, GuidedScoreModel guided, int count, int steps, Path results)
            throws IOException {
        long begin = System.nanoTime();
        try {
            Particles particles = create(CorrectorProvider.KIND, Map.of("type", "smc", "steps", steps), run)
                    .run(guided, count, run);
            write(results.resolve(name + "-" + guidance + "-smc.csv"), particles.points());
            report(
                    name,
                    guidance,
                    "smc",
                    begin,
                    String.format(
                            Locale.ROOT,
                            "ESS at least %.0f, ancestors %d, log evidence %.4f, exact %.4f",
                            particles.worst(),
                            particles.ancestors(),
                            particles.logNormaliser(),
                            problem.path("log_evidence").asDouble()));
        } catch (NumericalException e) {
            report(name, guidance, "smc", begin, e.getMessage());
        }
    }

    private static void report(String name, String guidance, String how, long begin, String what) {
        System.out.printf(
                Locale.ROOT, "%s %s %s %.1f s %s%n", name, guidance, how, (System.nanoTime() - begin) * 1e-9, what);
    }

    private ScoreModel prior(JsonNode problem, int dim) {
        List<List<Double>> means = new ArrayList<>();
        for (int i = -2; i <= 2; i++) {
            for (int j = -2; j <= 2; j++) {
                List<Double> mean = new ArrayList<>();
                for (int k = 0; k < dim; k++) {
                    mean.add(-8.0 * (k % 2 == 0 ? i : j));
                }
                means.add(mean);
            }
        }
        Map<String, Object> target = Map.of(
                "type",
                "gaussian-mixture",
                "weights",
                list(problem.path("weights")),
                "means",
                means,
                "scales",
                means.stream().map(m -> 1.0).toList());
        return create(TargetProvider.KIND, target, run)
                .exact(create(ProcessProvider.KIND, Map.of("type", "ou", "horizon", 7, "earliest", 1e-5), dim))
                .orElseThrow();
    }

    private static List<Double> list(JsonNode node) {
        List<Double> out = new ArrayList<>();
        node.forEach(v -> out.add(v.asDouble()));
        return out;
    }

    private static List<List<Double>> rows(JsonNode node) {
        List<List<Double>> out = new ArrayList<>();
        node.forEach(row -> out.add(list(row)));
        return out;
    }

    private static void write(Path file, Points x) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int n = 0; n < x.size(); n++) {
                StringBuilder line = new StringBuilder();
                for (double v : x.row(n)) {
                    line.append(line.isEmpty() ? "" : ",").append(v);
                }
                out.write(line.append('\n').toString());
            }
        }
    }

    private <C, T> T create(Kind<C, T> kind, Object block, C context) {
        return Choices.bind(kind, block, "type", kind.label(), HERE, catalog, problem -> {
                    throw new InputException(problem.toString());
                })
                .orElseThrow()
                .create(context);
    }
}
