package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eigendrift.cli.plugin.PluginSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Third parties' plugins with one fault each: what a user sees is one line that names the plugin and the fault. */
class WrongPluginsTest {
    private static final String ARCSINE = """
            target: { type: two-moons, rows: 300, heldout: 100 }
            components: 1
            density: flow
            basis: { family: arcsine, degree: 3 }
            solver: { ridge: 0.01 }
            process: { earliest: 0.01 }
            sampler: %s
            sample: { count: 50, seed: 7 }
            evaluate: [%s]
            """;

    @TempDir
    private Path directory;

    private Command command;

    @BeforeEach
    void begin() {
        command = new Command(directory);
    }

    private int run(PluginSource source, String configuration) throws IOException {
        return new PluginRun(directory, command).run(source, configuration);
    }

    private void assertBlamed(int code, String... parts) {
        new PluginRun(directory, command).assertBlamed(code, parts);
    }

    private static String arcsine(String sampler, String metrics) {
        return ARCSINE.formatted(sampler, metrics);
    }

    static Stream<Arguments> bases() {
        return Stream.of(
                Arguments.of(
                        "values[k * count + n] = ROOT2 * Math.cos(k * theta);",
                        "values[k * count + n] = (k == 2 ? 1.3 : 1) * ROOT2 * Math.cos(k * theta);",
                        "derivative of phi_2"),
                Arguments.of("return (double) k * k;", "return 0.5 * k * k;", "L phi_1 is"),
                Arguments.of("return (double) k * k;", "return -1.0 * k * k;", "its eigenvalue lambda_1 is -1"),
                Arguments.of("double scale = 1 / ROOT2;", "double scale = 1;", "its product table gives"),
                Arguments.of("-ROOT2 * k * ratio * 2 / width", "ROOT2 * k * ratio * 2 / width", "derivative of phi_1"),
                Arguments.of("-Math.log(Math.PI) -", "0.5 - Math.log(Math.PI) -", "the density is not normalised"),
                Arguments.of("Math.cos(Math.PI * u)", "Math.cos(Math.PI * u * u)", "the quantile is not the density's"),
                Arguments.of(
                        "values[k * count + n] = ROOT2 * Math.cos(k * theta);",
                        "values[k * count + n] = (k == 2 && theta > 2.9 ? Double.NaN : ROOT2) * Math.cos(k * theta);",
                        "phi_2 is NaN; expected a finite number"),
                Arguments.of("return State.EMPTY;", "return null;", "null for its domain, core, products or state"),
                Arguments.of(
                        "return products;",
                        "throw new IllegalStateException(\"my own bug\");",
                        "threw java.lang.IllegalStateException: my own bug"));
    }

    @ParameterizedTest
    @MethodSource("bases")
    void aBasis(String passage, String changed, String fault) throws IOException {
        int code =
                run(PluginSource.sample("ArcsineBasis", passage, changed), arcsine("{ type: pf-ode, steps: 4 }", ""));
        assertBlamed(code, "com.example.drift.Arcsine", fault);
    }

    @Test
    void theSampleItselfIsRight() throws IOException {
        int code =
                run(PluginSource.sample("ArcsineBasis", "final", "final"), arcsine("{ type: ralston, steps: 9 }", ""));
        assertEquals(Main.DONE, code, command.err());
    }

    @Test
    void aModelWhoseFamilyHasChangedIsNotReadOn() throws IOException {
        run(PluginSource.sample("ArcsineBasis", "final", "final"), arcsine("{ type: ralston, steps: 9 }", ""));
        PluginSource.sample("ArcsineBasis", "return (double) k * k;", "return 0.5 * k * k;")
                .jar(directory.resolve("changed/wrong.jar"));
        int code = command.run(
                "sample",
                "out/model.safetensors",
                "--out",
                "a.csv",
                "--count",
                "3",
                "--plugins",
                directory.resolve("changed").toString());
        assertEquals(Main.WRONG_INPUT, code, command.err());
        assertTrue(command.err().contains("L phi_1 is"), command.err());
        assertTrue(command.err().contains("com.example.drift.ArcsineFamily"), command.err());
    }

    /** Every check passes: the changed family is right, and another. Only values of then and now tell. */
    @Test
    void aModelWhoseFamilyIsAnotherRightOneIsRefusedByItsFingerprint() throws IOException {
        run(PluginSource.sample("ArcsineBasis", "final", "final"), arcsine("{ type: ralston, steps: 9 }", ""));
        String written = Files.readString(directory.resolve("out/run.yaml"));
        assertTrue(
                written.matches("(?s).*com\\.example\\.drift: '?wrong\\.jar,\\s*SHA-256 [0-9a-f]{64}\\b.*"), written);
        PluginSource changed = PluginSource.sample(
                "ArcsineFamily",
                "new ArcsineBasis(column.lower(), column.upper(), degree)",
                "new ArcsineBasis(column.lower(), column.upper() + 1, degree)");
        changed.jar(directory.resolve("changed/wrong.jar"));
        String plugins = directory.resolve("changed").toString();
        int code =
                command.run("sample", "out/model.safetensors", "--out", "a.csv", "--count", "3", "--plugins", plugins);
        assertEquals(Main.WRONG_INPUT, code, command.err());
        assertTrue(
                command.err().contains("the basis of column 'x1' is not what it was: of its values, number 1 was"),
                command.err());
        assertTrue(
                command.err().contains("com.example.drift.ArcsineBasis in module com.example.drift (wrong.jar)"),
                command.err());

        assertEquals(
                Main.DONE, command.run("run", "out/run.yaml", "--out", "again", "--plugins", plugins), command.err());
        assertTrue(
                command.err().contains("was written with the plugin com.example.drift wrong.jar, SHA-256"),
                command.err());
    }

    @Test
    void checkLooksUpEveryPluginOfAJar() throws IOException {
        Path right = PluginSource.sample("ArcsineBasis", "final", "final").jar(directory.resolve("right/wrong.jar"));
        assertEquals(Main.DONE, command.run("plugins", "check", right.toString()), command.err());
        for (String line : List.of(
                "frame asinh: right", "basis arcsine: right", "target spiral: right", "sampler ralston: loaded")) {
            assertTrue(command.out().contains(line), command.out());
        }
        Path wrong = PluginSource.sample("ArcsineBasis", "return (double) k * k;", "return 0.5 * k * k;")
                .jar(directory.resolve("other/wrong.jar"));
        assertEquals(Main.FAULT, command.run("plugins", "check", wrong.toString()), command.out());
        assertTrue(command.out().contains("basis arcsine: on a column of kind BOUNDED at degree 1: "), command.out());
        assertEquals(Main.WRONG_INPUT, command.run("plugins", "check", "nowhere.jar"), command.err());
        assertTrue(command.err().contains("there is no such jar or folder"), command.err());
        Path nothing = new PluginSource()
                .with("module-info.java", "module of.nobody {}")
                .jar(directory.resolve("nothing.jar"));
        assertEquals(Main.WRONG_INPUT, command.run("plugins", "check", nothing.toString()), command.out());
        assertTrue(command.err().contains(nothing + " provides nothing"), command.err());
        assertEquals(1, command.err().lines().count(), command.err());
    }

    /** Outside a distribution there is no kit: what is told is what a run would see. */
    @Test
    void optionsWithoutADefaultAreGivenToCheck() throws IOException {
        Path jar = PluginSource.of(
                        TARGET,
                        target("n == most ? Double.NaN : right", "count", "Optional.empty()")
                                .replace("static double value", "static int most;\nstatic double value")
                                .replace(
                                        "Dataset train = rows(columns);",
                                        "most = o.most();\nDataset train = rows(columns);"))
                .replacing(
                        "public record Options() {}",
                        "public record Options(@Option(doc = \"How many\", min = 1) int most) {}")
                .jar(directory.resolve("wrong.jar"));
        assertEquals(Main.DONE, command.run("plugins", "check", jar.toString()), command.err());
        assertEquals(
                "target wrong: loaded; it has options without a default, so nothing was created: --options 'target wrong: {key: value}' gives them",
                command.out().strip());
        assertEquals(
                Main.DONE,
                command.run("plugins", "check", jar.toString(), "--options", "target wrong: {most: 1000}"),
                command.err());
        assertTrue(command.out().startsWith("target wrong: right; "), command.out());
        assertEquals(
                Main.FAULT, command.run("plugins", "check", jar.toString(), "--options", "target wrong: {most: 122}"));
        assertTrue(
                command.out().startsWith("target wrong: gave NaN in column 'x' of its training row 123"),
                command.out());
        for (List<String> wrong : List.of(
                List.of("target wrong: {most: 0}", "--options: target wrong.most: "),
                List.of("target other: {most: 3}", "there are: target wrong"),
                List.of("3", "expected kind, name and options such as 'target wrong: {key: value}', found '3'"))) {
            assertEquals(
                    Main.WRONG_INPUT,
                    command.run("plugins", "check", jar.toString(), "--options", wrong.get(0)),
                    wrong::toString);
            assertTrue(command.err().contains(wrong.get(1)), command.err());
            assertEquals(1, command.err().lines().count(), command.err());
        }
    }

    static Stream<Arguments> samplers() {
        return Stream.of(
                Arguments.of(
                        "return new Outcome(",
                        "x.set(0, 5, Double.NaN);\nreturn new Outcome(",
                        "coordinate 1 of point 6 is NaN"),
                Arguments.of("process.confine(x);", "x.set(1, 0, 100);", "coordinate 2 of point 1 is 100"),
                Arguments.of("return new Outcome(2 * grid.steps(), grid.steps(), 0);", "return null;", "returned null"),
                Arguments.of(
                        "ScoreModel.Evaluator evaluator = model.evaluator();",
                        "ScoreModel.Evaluator evaluator = null;",
                        "threw java.lang.NullPointerException"));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void aSampler(String passage, String changed, String fault) throws IOException {
        int code = run(
                PluginSource.sample("RalstonSampler", passage, changed), arcsine("{ type: ralston, steps: 9 }", ""));
        assertBlamed(code, "com.example.drift.RalstonSampler", fault);
        assertFalse(Files.exists(directory.resolve("out/samples.npy")), "nothing is written");
    }

    private static final String METRIC = "org.eigendrift.api.metric.MetricProvider";

    static Stream<Arguments> metrics() {
        return Stream.of(
                Arguments.of(
                        "throw new IllegalStateException(\"my own bug\");",
                        "threw java.lang.IllegalStateException: my own bug"),
                Arguments.of("return null;", "returned null for its figures"),
                Arguments.of(
                        "throw new InputException(\"too few rows\");",
                        "refused: too few rows; its figures are left out"),
                Arguments.of(
                        "throw new NumericalException(\"no root\");", "refused: no root; its figures are left out"),
                Arguments.of(
                        "return List.of(Figure.of(\"wrong\", \"b\", 0 / 0.0));", "(wrong.jar)) found NaN for wrong.b"),
                Arguments.of("return Arrays.asList((Figure) null);", "reported null for a figure"),
                Arguments.of(
                        "return List.of(Figure.of(\"samples\", \"count\", 1));", "samples.count is another metric's"),
                Arguments.of("return List.of(Figure.of(\"samples\", \"mmd\", 1));", "samples.mmd is another metric's"),
                Arguments.of(
                        "return List.of(Figure.of(\"samples\", \"mmd_floor\", 1));",
                        "samples.mmd_floor is another metric's"),
                Arguments.of("return List.of(Figure.of(\"My Group\", \"b\", 1));", "expected lower-case words"));
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void aMetricIsLeftOutAndTheRestKept(String body, String fault) throws IOException {
        int code = run(
                PluginSource.of(
                        METRIC, "public Metric create(Options o, RunContext run) { return e -> { " + body + " }; }"),
                "target: { type: two-moons, rows: 300, heldout: 100 }\nbasis: { family: cosine, degree: 3 }\n"
                        + "components: 1\ndensity: flow\nsample: { count: 60 }\nevaluate: [wrong, mmd]\n");
        assertEquals(Main.DONE, code, command.err());
        String metrics = Files.readString(directory.resolve("out/metrics.json"));
        assertTrue(metrics.contains("\"mmd\""), metrics);
        assertTrue(
                metrics.contains("plugin 'wrong' (org.example.wrong.Wrong in module org.example.wrong (wrong.jar))"),
                metrics);
        assertTrue(metrics.replace("\\\"", "").contains(fault), metrics);
        assertTrue(Files.exists(directory.resolve("out/report.html")));
        assertTrue(command.err().contains(fault), command.err());
    }

    @Test
    void figuresOfMetricsThatWereNamedAreAmongTheLastLines() throws IOException {
        String members = """
                public Metric create(Options o, RunContext run) {
                    return e -> List.of(
                            Figure.of("wrong", "of_none", 7), Figure.of("wrong", "told", 0.25).withFloor(0.125));
                }
                """;
        run(
                PluginSource.of(METRIC, members),
                "target: { type: two-moons, rows: 300, heldout: 100 }\nbasis: { family: cosine, degree: 3 }\n"
                        + "components: 1\ndensity: flow\nsample: { count: 60 }\nevaluate: [mmd, wrong]\n");
        List<String> lines = command.out().lines().toList();
        assertTrue(
                lines.get(lines.size() - 3).matches("samples, mmd +-?0\\.\\d+ \\(floor -?0\\.\\d+\\)"), command.out());
        assertEquals(
                "wrong, told                     0.2500 (floor 0.1250)", lines.get(lines.size() - 2), command.out());
    }

    @Test
    void aMetricCannotChangeWhatOthersSee() throws IOException {
        String members = """
                public Metric create(Options o, RunContext run) {
                    return e -> {
                        List<Figure> figures = List.of(Figure.of("wrong", "first", e.samples().get(0, 0)));
                        for (Points p : List.of(e.samples(), e.rows(Evaluation.Split.TRAIN).get())) {
                            Arrays.fill(p.values(), 7e7);
                        }
                        Arrays.fill(e.logLikelihood(Evaluation.Split.HELDOUT).get().nats(), 7e7);
                        return figures;
                    };
                }
                """;
        int code = run(
                PluginSource.of(METRIC, members),
                "target: { type: two-moons, rows: 300, heldout: 100 }\nbasis: { family: cosine, degree: 3 }\n"
                        + "components: 1\ndensity: flow\nsample: { count: 60 }\nevaluate: [wrong, log-likelihood, second-moment]\n");
        assertEquals(Main.DONE, code, command.err());
        String metrics = Files.readString(directory.resolve("out/metrics.json"));
        Matcher number = Pattern.compile(": (-?[0-9][0-9.E-]*)").matcher(metrics);
        assertTrue(number.find(), metrics);
        do {
            assertTrue(Math.abs(Double.parseDouble(number.group(1))) < 1e6, metrics);
        } while (number.find());
    }

    private static final String TARGET = "org.eigendrift.api.target.TargetProvider";

    /** Rows of two columns, 400 of them, of which an expression in n, i and the number of the reading makes the values. */
    private static String target(String value, String read, String heldout) {
        return """
                private static int readings;
                static Dataset rows(List<Column> columns) {
                    return new Dataset() {
                        public List<Column> columns() { return columns; }
                        public OptionalLong rows() { return OptionalLong.of(400); }
                        public Reader open() {
                            int reading = readings++;
                            return new Reader() {
                                int at;
                                public int read(Points buffer) {
                                    int count = Math.min(buffer.size(), 400 - at);
                                    for (int n = 0; n < count; n++) {
                                        for (int i = 0; i < 2; i++) {
                                            buffer.set(i, n, value(at + n, i, reading));
                                        }
                                    }
                                    at += count;
                                    return %s;
                                }
                                public void close() {}
                            };
                        }
                    };
                }
                static double value(int n, int i, int reading) {
                    double right = new CounterRandom(5).normal(n, i);
                    return %s;
                }
                public Target create(Options o, RunContext run) {
                    List<Column> columns = List.of(Column.real("x"), Column.real("y"));
                    Dataset train = rows(columns);
                    return new Target() {
                        public Dataset train() { return train; }
                        public Optional<Dataset> heldout() { return %s; }
                    };
                }
                """.formatted(read, value, heldout);
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                Arguments.of(
                        target("right + (reading > 0 ? 0.1 : 0)", "count", "Optional.of(rows(columns))"),
                        "gave other training rows at another reading"),
                Arguments.of(
                        target("n == 122 && i == 1 ? Double.NaN : right", "count", "Optional.empty()"),
                        "gave NaN in column 'y' of its training row 123"),
                Arguments.of(
                        target("right", "count == 0 ? -1 : count", "Optional.empty()"), "read -1 of its training rows"),
                Arguments.of(
                        target("right", "count", "Optional.of(rows(List.of(Column.real(\"x\"))))"),
                        "held-out rows of the columns [x]; expected those of the training rows, [x, y]"),
                Arguments.of(target("right", "count", "null"), "returned null from heldout"),
                Arguments.of(
                        target("right / Integer.parseInt(\"zero\")", "count", "Optional.empty()"),
                        "threw java.lang.NumberFormatException"));
    }

    private static final String TARGET_RUN = """
            target: wrong
            components: 1
            density: flow
            basis: { family: hermite, degree: 2 }
            solver: { ridge: 0.01 }
            sample: { count: 50, seed: 7 }
            evaluate: [second-moment]
            """;

    @ParameterizedTest
    @MethodSource("targets")
    void aTarget(String members, String fault) throws IOException {
        assertBlamed(run(PluginSource.of(TARGET, members), TARGET_RUN), "org.example.wrong.Wrong", fault);
    }

    @Test
    void heldOutRowsThatAreTheTrainingRowsAreRemarked() throws IOException {
        int code = run(
                PluginSource.of(TARGET, target("right", "count", "Optional.of(rows(columns))")),
                TARGET_RUN.replace("second-moment", "second-moment, log-likelihood"));
        assertEquals(Main.DONE, code, command.err());
        String metrics = Files.readString(directory.resolve("out/metrics.json"));
        assertTrue(metrics.contains("the held-out rows are the training rows"), metrics);
    }

    private static final String FRAME = "org.eigendrift.api.frame.FrameProvider";

    private static String frame(String forward, String jacobian, String inverse) {
        return """
                public Plan<Frame> plan(Options o, List<Column> columns) { return Plan.of(restore(o, columns, State.EMPTY)); }
                public Frame restore(Options o, List<Column> columns, State state) {
                    return new Frame() {
                        public List<Column> columns() { return columns; }
                        public State state() { return State.EMPTY; }
                        public void forward(Points x, Points z, double[] logJacobian) {
                            for (int n = 0; n < x.size(); n++) {
                                for (int i = 0; i < x.dim(); i++) {
                                    double v = x.get(i, n);
                                    z.set(i, n, %s);
                                }
                                logJacobian[n] += %s;
                            }
                        }
                        public void inverse(Points z, Points x) {
                            for (int n = 0; n < x.size(); n++) {
                                for (int i = 0; i < x.dim(); i++) {
                                    double v = z.get(i, n);
                                    x.set(i, n, %s);
                                }
                            }
                        }
                    };
                }
                """.formatted(forward, jacobian, inverse);
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                Arguments.of(frame("2 * v", "2 * Math.log(2)", "v / 3"), "expected the row itself"),
                Arguments.of(frame("2 * v", "-2 * Math.log(2)", "v / 2"), "its log-Jacobian at row 3"),
                Arguments.of(frame("2 * v / 0", "0", "v / 2"), "expected finite numbers"),
                Arguments.of(
                        frame("2 * v", "0", "v / 2").replace("return columns; }", "return null; }"),
                        "has null columns"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrame(String members, String fault) throws IOException {
        int code = run(
                PluginSource.of(FRAME, members),
                "target: { type: two-moons, rows: 300, heldout: 0 }\nframe: [wrong]\nbasis: { family: hermite, degree: 2 }\n"
                        + "solver: { ridge: 0.01 }\ncomponents: 1\ndensity: flow\nevaluate: []\n");
        assertBlamed(code, "org.example.wrong.Wrong", fault);
    }

    @Test
    void aRightFramePasses() throws IOException {
        int code = run(
                PluginSource.of(FRAME, frame("2 * v", "2 * Math.log(2)", "v / 2")),
                "target: { type: two-moons, rows: 300, heldout: 0 }\nframe: [wrong]\nbasis: { family: hermite, degree: 2 }\n"
                        + "solver: { ridge: 0.01 }\ncomponents: 1\ndensity: flow\nevaluate: []\n");
        assertEquals(Main.DONE, code, command.err());
    }

    private static final String LAW = "org.eigendrift.api.law.LawProvider";

    private static String law(String columns, String score, String draw) {
        return """
                public Law create(Options o, LawContext context) { return made(context.train().columns()); }
                public Law restore(LawReader in) { return made(in.columns()); }
                private static Law made(List<Column> columns) {
                    return new StoredLaw() {
                        public void write(LawWriter out) {}
                        public List<Column> columns() { return %s; }
                        public Scores logDensity(Points x, RunContext run) {
                            double[] nats = new double[x.size()];
                            Arrays.fill(nats, -2);
                            return %s;
                        }
                        public Draws draw(DrawRequest request, RunContext run) {
                            Points rows = Points.zeros(2, request.count());
                            return %s;
                        }
                        public Provenance provenance() { return new Provenance("wrong", 1, List.of()); }
                    };
                }
                """.formatted(columns, score, draw);
    }

    static Stream<Arguments> laws() {
        String draws = "new Draws(rows, new Outcome(1, 1, 0))";
        return Stream.of(
                Arguments.of(
                        law("columns.subList(0, 1)", "new Scores(nats, 0)", draws), "made a law of the columns [x1]"),
                Arguments.of(law("columns", "new Scores(new double[3], 0)", draws), "gave 3 log-densities for "),
                Arguments.of(
                        law("columns", "new Scores(nan(nats), 0)", draws)
                                + "static double[] nan(double[] nats) { nats[4] = Double.NaN; return nats; }",
                        "gave row 5 the log-density NaN"),
                Arguments.of(law("columns", "new Scores(nats, -1)", draws), "estimated the error -1.0"),
                Arguments.of(law("columns", "new Scores(nats, 0)", "null"), "returned null for rows"),
                Arguments.of(
                        law("columns", "new Scores(nats, 0)", "new Draws(rows.slice(0, 1), new Outcome(1, 1, 0))"),
                        "drew 1 rows of 2 columns; expected "),
                Arguments.of(
                        law("columns", "new Scores(nats, 0)", "new Draws(nan(rows), new Outcome(1, 1, 0))")
                                + "static Points nan(Points p) { p.set(1, 2, Double.NaN); return p; }",
                        "drew NaN in column 'x2' of row 3"));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void aLaw(String members, String fault) throws IOException {
        int code = run(
                PluginSource.of(LAW, members),
                "target: { type: two-moons, rows: 300, heldout: 100 }\nlaw: wrong\nsample: { count: 50 }\n"
                        + "evaluate: [log-likelihood]\n");
        assertBlamed(code, "org.example.wrong.Wrong", fault);
    }

    static Stream<Arguments> restored() {
        return Stream.of(
                Arguments.of(
                        "return law(in.columns()",
                        "if (true) { throw new UnsupportedOperationException(\"later\"); } return law(in.columns()",
                        "threw java.lang.UnsupportedOperationException: later"),
                Arguments.of(
                        "return law(in.columns(), in.doubles(\"medians\"), in.doubles(\"widths\"), in.provenance());",
                        "return null;",
                        "returned null from restore"),
                Arguments.of(
                        "in.doubles(\"medians\"), in.doubles(\"widths\")",
                        "Arrays.stream(in.doubles(\"medians\")).map(x -> x + 1).toArray(), in.doubles(\"widths\")",
                        "is another law when it is read from its model file"),
                Arguments.of("out.doubles(\"medians\", medians);", "", "cannot be read again as it was written"));
    }

    /** A model file that nobody can read would be noticed when the run is long over. */
    @ParameterizedTest
    @MethodSource("restored")
    void aLawThatIsNotRestored(String passage, String changed, String fault) throws IOException {
        int code = run(
                PluginSource.sample("LaplaceLaw", passage, changed),
                "target: { type: two-moons, rows: 300, heldout: 100 }\nlaw: laplace\nsample: { count: 50 }\nevaluate: []\n");
        assertEquals(Main.FAULT, code, command.err());
        assertBlamed(code, "com.example.drift.LaplaceLaw", fault);
        assertFalse(Files.exists(directory.resolve("out/model.safetensors")));
    }

    @Test
    void whatCreateDoesWrongIsTheProvidersFault() throws IOException {
        String run = "target: { type: two-moons, rows: 300 }\nevaluate: [wrong]\n";
        assertBlamed(
                run(PluginSource.of(METRIC, "public Metric create(Options o, RunContext run) { return null; }"), run),
                "plugin 'wrong' (org.example.wrong.Wrong in module org.example.wrong",
                "returned null from create");
        assertBlamed(
                run(
                        PluginSource.of(
                                METRIC,
                                "public Metric create(Options o, RunContext run) { throw new IllegalStateException(\"my\\nown bug\"); }"),
                        run),
                "plugin 'wrong'",
                "threw java.lang.IllegalStateException: my own bug");
    }

    /** Compiled against an api that had a method which this one does not have. */
    @Test
    void aMethodThatIsMissingIsToldAsAnotherVersionOfTheApi() throws IOException {
        PluginSource source = PluginSource.of(
                METRIC,
                "public Metric create(Options o, RunContext run) { throw new NoSuchMethodError(\"'int org.eigendrift.api.RunContext.gone()'\"); }");
        assertBlamed(
                run(source, "target: { type: two-moons, rows: 300 }\nevaluate: [wrong]\n"),
                "was built for another version of the api",
                "RunContext.gone()");
    }

    /** A process of its own: the plugin ends it. */
    @Test
    void aPluginThatEndsTheProcessDoesNotLookLikeSuccess() throws IOException, InterruptedException {
        PluginSource.of(METRIC, "public Metric create(Options o, RunContext run) { System.exit(0); return null; }")
                .jar(directory.resolve("plugins/wrong.jar"));
        Files.writeString(directory.resolve("run.yaml"), "target: { type: two-moons, rows: 300 }\nevaluate: [wrong]\n");
        Path err = directory.resolve("err");
        List<String> line = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "java.se",
                "-p",
                absolute(System.getProperty("jdk.module.path")),
                // What automatic modules need and no descriptor asks for.
                "-cp",
                absolute(System.getProperty("java.class.path")),
                "-m",
                "org.eigendrift.cli/org.eigendrift.cli.Main",
                "run",
                "run.yaml",
                "--plugins",
                directory.resolve("plugins").toString());
        Process process = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(err.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
        assertEquals(Main.FAULT, process.exitValue(), Files.readString(err));
        assertTrue(
                Files.readString(err)
                        .contains(
                                "a plugin's part (org.example.wrong.Wrong in module org.example.wrong (wrong.jar)) called System.exit"),
                Files.readString(err));
    }

    private static String absolute(String path) {
        String separator = System.getProperty("path.separator");
        return String.join(
                separator,
                Arrays.stream(path.split(separator))
                        .map(p -> Path.of(p).toAbsolutePath().toString())
                        .toList());
    }
}
