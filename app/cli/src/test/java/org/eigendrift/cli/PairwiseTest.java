package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.ProductKernelProvider;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.cli.config.PluginText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every two providers of different kinds together: they run, or are refused before the fit with a reason and what else there is.
 * A pair runs if it stands in a configuration that runs; it is refused if a configuration of it alone is. Rows that cover many
 * pairs at once are made greedily, and a row that is refused is answered for one pair at a time.
 */
class PairwiseTest {
    private enum Factor {
        TARGET(TargetProvider.KIND),
        FRAME(FrameProvider.KIND),
        BASIS(BasisFamily.KIND),
        SOLVER(SolverProvider.KIND),
        PRECONDITIONER(PreconditionerProvider.KIND),
        SAMPLER(SamplerProvider.KIND),
        GRID(TimeGridProvider.KIND),
        GUIDANCE(GuidanceProvider.KIND),
        METRIC(MetricProvider.KIND),
        KERNEL(ProductKernelProvider.KIND);

        private final Kind<?, ?> kind;

        Factor(Kind<?, ?> kind) {
            this.kind = kind;
        }
    }

    /** One provider of a kind. */
    private record Level(Factor factor, String name) implements Comparable<Level> {
        @Override
        public int compareTo(Level other) {
            int order = factor.compareTo(other.factor);
            return order != 0 ? order : name.compareTo(other.name);
        }

        @Override
        public String toString() {
            return factor.kind.label() + " " + name;
        }
    }

    private record Pair(Level one, Level other) implements Comparable<Pair> {
        static Pair of(Level a, Level b) {
            return a.compareTo(b) < 0 ? new Pair(a, b) : new Pair(b, a);
        }

        @Override
        public int compareTo(Pair pair) {
            int order = one.compareTo(pair.one);
            return order != 0 ? order : other.compareTo(pair.other);
        }
    }

    private enum Status {
        OPEN,
        RUNS,
        REFUSED
    }

    /** What a refusal has to say beside its reason: what to do instead. */
    private static final Pattern REMEDY = Pattern.compile(
            "known: |expected |; use |; name |; write |; choose |; leave|; fit |; add |needs |use ['a-z-]+|is for |takes |; take ");

    /** Where the fit chooses the times, it is known after it alone which they are: the message names those that are needed. */
    private static final Pattern OF_TIMES = Pattern.compile("outside \\[t_min, T\\].*\\(process: earliest, horizon\\)");

    /** Options that have no default, and those that keep a fit small; of the plane's first column where one is named. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("target expression", "energy: 'x1^2 / 2 + x2^4 / 4'"),
            Map.entry("target gaussian", "covariance: [[1, 0.5], [0.5, 1]]"),
            Map.entry("target gaussian-mixture", "means: [[-1, 0], [1, 1]]"),
            Map.entry("target von-mises-mixture", "means: [[1, 2], [4, 5]]"),
            Map.entry("target simulator", "simulator: two-moons"),
            // Of a spread that polynomials bear without a frame: what runs away says nothing of a pair.
            Map.entry("target rosenbrock", "a: 0.5; b: 1"),
            Map.entry("target csv", "path: rows.csv; positive: [x1, x2]"),
            Map.entry("target npy", "path: rows.npy"),
            Map.entry("target npz", "path: rows.npz"),
            Map.entry("target phi4", "shape: [2, 2]"),
            Map.entry("target xy-model", "shape: [2, 2]"),
            Map.entry("target ginzburg-landau", "shape: [4]"),
            Map.entry("sampler dpm-solver-v3", "nodes: 24"),
            Map.entry("grid list", "times: [1, 0.3, 0.1, 0.05]"),
            Map.entry("guidance temperature", "temperature: 0.8"),
            Map.entry("guidance reward", "objective: { type: expression, formula: '-x1^2 / 2' }"),
            Map.entry("guidance gradient-guidance", "objective: { type: expression, formula: x1 }; target: 0"));

    private static final Level BOX = new Level(Factor.FRAME, "box");
    private static final Level ANGLES = new Level(Factor.TARGET, "von-mises-mixture");
    private static final Level POSITIVE = new Level(Factor.TARGET, "csv");
    /** Of 64 columns: all pairs of them take a hundred times what others take. */
    private static final Level MANY = new Level(Factor.TARGET, "digits");

    private static final Level AFFINE = new Level(Factor.SAMPLER, "ddim");

    /** What a level needs beside it, of kinds of column and process, to be fitted at all. */
    private static final Map<String, Level> NEEDS = Map.ofEntries(
            Map.entry("basis cosine", BOX),
            Map.entry("basis jacobi", BOX),
            Map.entry("basis fourier", ANGLES),
            Map.entry("basis laguerre", POSITIVE),
            Map.entry("frame angle", ANGLES),
            Map.entry("frame unbound", POSITIVE),
            Map.entry("grid timesteps", AFFINE));

    private static final List<String> OF_FRAMES = List.of("ddnm", "repaint", "dps");
    private static final List<String> OF_PROCESSES = List.of("uniform", "karras", "timesteps", "list");

    /** Kinds that rule each other out, each with some of those after it: their pairs are tried one by one, and before others. */
    private static final Map<Factor, Set<Factor>> RULING = Map.of(
            Factor.TARGET, EnumSet.of(Factor.FRAME, Factor.BASIS),
            Factor.FRAME, EnumSet.of(Factor.BASIS, Factor.GUIDANCE),
            Factor.BASIS, EnumSet.of(Factor.SAMPLER, Factor.GRID, Factor.GUIDANCE),
            Factor.SOLVER, EnumSet.of(Factor.PRECONDITIONER),
            Factor.SAMPLER, EnumSet.of(Factor.GRID),
            Factor.GRID, EnumSet.of(Factor.GUIDANCE));

    /** Frames onto an interval, where no process is affine: no guidance goes with them. */
    private static final List<String> INTERVALS = List.of("box", "uniformize");

    /** Of several models, which no configuration of a run has. */
    private static final List<String> OUTSIDE = List.of("guidance product");

    private static final RunContext RUN = RunContext.quiet(1);
    private static final int ROWS = 60;

    private final Map<Pair, Status> pairs = new TreeMap<>();
    private final Map<Factor, List<Level>> levels = new EnumMap<>(Factor.class);
    private final Map<String, String> firstColumns = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private int runs;

    @TempDir
    private Path directory;

    private Catalog catalog;
    private Command command;

    @BeforeEach
    void begin() throws IOException {
        catalog = Catalog.discover(List.of());
        command = new Command(directory);
        write("csv", "rows.csv", Math::exp);
        write("npy", "rows.npy", x -> x);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(directory.resolve("rows.npz")))) {
            zip.putNextEntry(new ZipEntry("rows.npy"));
            Files.copy(directory.resolve("rows.npy"), zip);
            zip.closeEntry();
        }
        for (Factor factor : Factor.values()) {
            levels.put(
                    factor,
                    catalog.all(factor.kind).stream()
                            .map(provider -> new Level(factor, provider.name()))
                            .filter(level -> !OUTSIDE.contains(level.toString()))
                            .toList());
        }
        for (Factor one : Factor.values()) {
            for (Factor other : Factor.values()) {
                if (one.compareTo(other) < 0) {
                    levels.get(one).forEach(a -> levels.get(other).forEach(b -> pairs.put(Pair.of(a, b), Status.OPEN)));
                }
            }
        }
    }

    private void write(String writer, String name, DoubleUnaryOperator map) throws IOException {
        Points rows = Points.zeros(2, 2 * ROWS);
        for (int n = 0; n < rows.size(); n++) {
            double x = new CounterRandom(1).normal(n, 0);
            rows.set(0, n, map.applyAsDouble(x));
            rows.set(1, n, map.applyAsDouble(0.5 * x + new CounterRandom(1).normal(n, 1)));
        }
        try (PointWriter.Sink sink = catalog.create(WriterProvider.KIND, writer, Map.of(), RUN)
                .open(directory.resolve(name), List.of(Column.real("x1"), Column.real("x2")), rows.size())) {
            sink.write(rows);
        }
    }

    private boolean has(Level level, String option) {
        return catalog.find(level.factor.kind.provider(), level.name).options().options().stream()
                .anyMatch(spec -> spec.key().equals(option));
    }

    /** A block of the level, its own options, and those of others that it has. */
    private String block(Level level, String... more) {
        List<String> parts = new ArrayList<>(List.of("type: " + level.name));
        parts.addAll(List.of(OPTIONS.getOrDefault(level.toString(), "").split(";")));
        for (String option : more) {
            if (has(level, option.substring(0, option.indexOf(':')))) {
                parts.add(option);
            }
        }
        parts.removeIf(String::isBlank);
        return "{ " + String.join(", ", parts) + " }";
    }

    private String target(Level level) {
        return block(
                level, "rows: " + ROWS, "heldout: " + ROWS / 2, "dim: 2", "chains: 2", "warmup: 100", "holdout: 0.8");
    }

    private String firstColumn(Level target) {
        return firstColumns.computeIfAbsent(target.name, name -> {
            Map<String, Object> block = new LinkedHashMap<>();
            ((Map<?, ?>) PluginText.value("target", target(target)))
                    .forEach((key, value) -> block.put((String) key, value));
            block.remove("type");
            block.computeIfPresent(
                    "path", (key, path) -> directory.resolve((String) path).toString());
            return catalog.create(TargetProvider.KIND, name, block, RUN)
                    .train()
                    .columns()
                    .get(0)
                    .name();
        });
    }

    private static String basis(Map<Factor, Level> row, Optional<String> family) {
        return "basis: { degree: 2" + family.map(name -> ", family: " + name).orElse("")
                + (MANY.equals(row.get(Factor.TARGET)) ? ", clusters: { order: 1 }" : "") + " }\n";
    }

    private String configuration(Map<Factor, Level> row, String background) {
        Level target = row.getOrDefault(Factor.TARGET, new Level(Factor.TARGET, "two-moons"));
        StringBuilder text = new StringBuilder("target: " + target(target) + "\n");
        text.append(background);
        if (row.containsKey(Factor.FRAME)) {
            text.append("frame: [").append(block(row.get(Factor.FRAME))).append("]\n");
        }
        if (row.containsKey(Factor.BASIS) || background.equals(FLOW) || background.equals(WIDE)) {
            text.append(basis(row, Optional.ofNullable(row.get(Factor.BASIS)).map(Level::name)));
        }
        if (row.containsKey(Factor.SOLVER) || row.containsKey(Factor.PRECONDITIONER)) {
            text.append("solver: { type: ")
                    .append(row.getOrDefault(Factor.SOLVER, new Level(Factor.SOLVER, "cg")).name)
                    .append(", ridge: 0.3");
            if (row.containsKey(Factor.PRECONDITIONER)) {
                text.append(", preconditioner: ").append(row.get(Factor.PRECONDITIONER).name);
            }
            text.append(" }\n");
        }
        if (row.containsKey(Factor.SAMPLER) || row.containsKey(Factor.GRID)) {
            Level sampler = row.getOrDefault(Factor.SAMPLER, new Level(Factor.SAMPLER, "pf-ode"));
            String block = block(sampler, "steps: 6");
            text.append("sampler: ");
            text.append(
                    row.containsKey(Factor.GRID)
                            ? block.replace(" }", ", grid: " + block(row.get(Factor.GRID)) + " }")
                            : block);
            text.append('\n');
        }
        if (row.containsKey(Factor.GUIDANCE)) {
            String operator = "operator: { type: mask, columns: ['" + firstColumn(target) + "'] }";
            text.append("guidance: ")
                    .append(block(row.get(Factor.GUIDANCE), operator, "value: [0.3]", "noise: 0.5"))
                    .append('\n');
        }
        if (row.containsKey(Factor.GUIDANCE) && !row.containsKey(Factor.SAMPLER) && !row.containsKey(Factor.GRID)) {
            text.append("corrector: { type: smc, steps: 6, particles: 50, pool: 2 }\n");
        }
        String metric = row.containsKey(Factor.METRIC) ? block(row.get(Factor.METRIC)) : "";
        return text + "sample: { count: 12, seed: 7 }\nevaluate: [" + metric + "]\n";
    }

    private static final String FLOW = "components: 1\ndensity: flow\nprocess: { earliest: 0.02 }\n";

    /** With times that discrete schedules of other processes reach. */
    private static final String WIDE = FLOW.replace("earliest: 0.02", "earliest: 4e-5, horizon: 6");

    /** What was refused and why is worth reading: {@code target/pairs.txt}. */
    private static void tell(String line) throws IOException {
        Files.writeString(
                Path.of("target/pairs.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void fault(String what) throws IOException {
        faults.add(what);
        tell("FAULT " + what);
    }

    /** Whether a row runs; what it says otherwise stands in the command's errors. */
    private boolean runs(Map<Factor, Level> row, String background) throws IOException {
        String configuration = configuration(row, background);
        Files.writeString(directory.resolve("run.yaml"), configuration);
        try (Stream<Path> old =
                Files.exists(directory.resolve("out")) ? Files.walk(directory.resolve("out")) : Stream.empty()) {
            old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
        runs++;
        String kernel = row.containsKey(Factor.KERNEL) ? row.get(Factor.KERNEL).name : "auto";
        int code = command.run("run", "run.yaml", "--out", "out", "--kernel", kernel);
        if (code != Main.DONE && code != Main.WRONG_INPUT) {
            fault("exit code " + code + ": " + command.err() + "\n" + configuration);
        } else if (code == Main.WRONG_INPUT
                && Files.exists(directory.resolve("out/model.safetensors"))
                && !OF_TIMES.matcher(command.err()).find()) {
            fault("refused after the fit: " + command.err() + "\n" + configuration);
        }
        return code == Main.DONE;
    }

    private static Map<Factor, Level> row(Pair pair, boolean needs) {
        Map<Factor, Level> row = new EnumMap<>(Factor.class);
        row.put(pair.one.factor, pair.one);
        row.put(pair.other.factor, pair.other);
        for (Level level : List.of(pair.one, pair.other)) {
            Level need = NEEDS.get(level.toString());
            if (needs && need != null) {
                row.putIfAbsent(need.factor, need);
            }
        }
        return row;
    }

    /** The pair with nothing but what makes most things run; refused if it is so in every such surrounding. */
    private Status alone(Pair pair) throws IOException {
        Map<Factor, Level> row = row(pair, true);
        Map<Factor, Level> bare = row(pair, false);
        String basis = row.containsKey(Factor.BASIS) ? "" : basis(row, Optional.of("hermite"));
        if (!row.equals(bare) && runs(bare, FLOW + basis) || runs(row, FLOW + basis)) {
            return Status.RUNS;
        }
        String refusal = command.err();
        List<String> others = new ArrayList<>(basis.isEmpty() ? List.of() : List.of(FLOW));
        if (row.containsKey(Factor.GRID)) {
            others.add(WIDE + basis);
        }
        if (row.containsKey(Factor.METRIC)) {
            others.add("law: table\n");
        }
        for (String other : others) {
            if (runs(row, other)) {
                return Status.RUNS;
            }
        }
        String told = pair.one + " with " + pair.other + ": " + refusal;
        tell(told);
        if (!REMEDY.matcher(refusal).find()) {
            fault("no remedy: " + told);
        }
        return Status.REFUSED;
    }

    /** A row with the pair in it, of levels that leave as many pairs as possible decided, and none that is refused. */
    private Map<Factor, Level> filled(Pair seed) {
        Map<Factor, Level> row = row(seed, true);
        for (Factor factor : Factor.values()) {
            if (row.containsKey(factor)) {
                continue;
            }
            Level best = null;
            int most = -1;
            for (Level level : levels.getOrDefault(factor, List.of())) {
                int open = 0;
                for (Level chosen : row.values()) {
                    Status status = pairs.get(Pair.of(level, chosen));
                    open = status == Status.REFUSED ? Integer.MIN_VALUE / 2 : open + (status == Status.OPEN ? 1 : 0);
                }
                if (open > most) {
                    most = open;
                    best = level;
                }
            }
            if (best != null) {
                row.put(factor, best);
            }
        }
        return row;
    }

    private void mark(Map<Factor, Level> row) {
        row.values()
                .forEach(a -> row.values().forEach(b -> {
                    if (a.factor != b.factor) {
                        pairs.put(Pair.of(a, b), Status.RUNS);
                    }
                }));
    }

    /** One of each kind that a process, the kinds of columns or a frame rule out: the slow test has all. */
    @Test
    void pairsThatInteractMostRunOrAreRefused() throws IOException {
        pairs.keySet()
                .removeIf(pair -> !(pair.one.factor == Factor.FRAME && OF_FRAMES.contains(pair.other.name)
                        || pair.one.factor == Factor.BASIS && OF_PROCESSES.contains(pair.other.name)));
        for (Pair pair : List.copyOf(pairs.keySet())) {
            pairs.put(pair, alone(pair));
        }
        judge();
        for (Factor one : List.of(Factor.FRAME, Factor.BASIS)) {
            for (Level level : levels.get(one)) {
                assertTrue(
                        pairs.entrySet().stream()
                                .anyMatch(e -> e.getKey().one.equals(level) && e.getValue() == Status.RUNS
                                        || INTERVALS.contains(level.name)),
                        level + " runs with nothing");
            }
        }
    }

    /** Kernels form the sums of products that solvers need most of. */
    @Test
    void everySolverRunsOnEveryKernel() throws IOException {
        pairs.keySet().removeIf(pair -> pair.one.factor != Factor.SOLVER || pair.other.factor != Factor.KERNEL);
        assertFalse(pairs.isEmpty());
        for (Pair pair : List.copyOf(pairs.keySet())) {
            pairs.put(pair, alone(pair));
        }
        judge();
        assertFalse(pairs.containsValue(Status.REFUSED), () -> pairs.toString());
    }

    @Test
    @Tag("slow")
    void everyPairRunsOrIsRefused() throws IOException {
        cover();
        judge();
    }

    private void judge() throws IOException {
        Map<Status, Long> counts =
                pairs.values().stream().collect(Collectors.groupingBy(status -> status, Collectors.counting()));
        tell(counts + " pairs in " + runs + " runs");
        assertEquals(List.of(), faults, () -> String.join("\n\n", faults));
    }

    private void cover() throws IOException {
        for (Pair pair : List.copyOf(pairs.keySet())) {
            if (RULING.getOrDefault(pair.one.factor, Set.of()).contains(pair.other.factor)) {
                pairs.put(pair, alone(pair));
            }
        }
        for (Pair seed : List.copyOf(pairs.keySet())) {
            if (pairs.get(seed) == Status.OPEN) {
                Map<Factor, Level> row = filled(seed);
                if (runsAtSomeTimes(row)) {
                    mark(row);
                } else {
                    pairs.put(seed, alone(seed));
                    learn(seed, row);
                }
            }
        }
    }

    private boolean runsAtSomeTimes(Map<Factor, Level> row) throws IOException {
        return runs(row, FLOW) || OF_TIMES.matcher(command.err()).find() && runs(row, WIDE);
    }

    /** Why a row does not run: its levels are taken up one by one, and what does not join is tried with each one before. */
    private void learn(Pair seed, Map<Factor, Level> failed) throws IOException {
        if (pairs.get(seed) == Status.REFUSED) {
            return;
        }
        Map<Factor, Level> row = row(seed, true);
        for (Level level : failed.values()) {
            if (row.containsKey(level.factor)) {
                continue;
            }
            Map<Factor, Level> more = new EnumMap<>(row);
            more.put(level.factor, level);
            if (runsAtSomeTimes(more)) {
                row = more;
                mark(row);
                continue;
            }
            for (Level before : row.values()) {
                Pair pair = Pair.of(before, level);
                if (pairs.get(pair) == Status.OPEN) {
                    pairs.put(pair, alone(pair));
                }
            }
        }
    }
}
