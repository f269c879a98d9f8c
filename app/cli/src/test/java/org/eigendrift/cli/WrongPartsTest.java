package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eigendrift.cli.plugin.PluginSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Third parties' parts of others, with one fault each: guidance and what it is made of, grids, preconditioners, writers. */
class WrongPartsTest {
    private static final String API = "org.eigendrift.api.";

    @TempDir
    private Path directory;

    private PluginRun plugin;

    @BeforeEach
    void begin() {
        plugin = new PluginRun(directory, new Command(directory));
    }

    private static String fit(String more) {
        return "target: { type: two-moons, rows: 200, heldout: 0 }\ncomponents: 1\ndensity: flow\n"
                + "basis: { family: hermite, degree: 2 }\nprocess: { earliest: 0.05 }\nsample: { count: 20, seed: 7 }\n"
                + "evaluate: []\n" + more;
    }

    private void assertRight(PluginSource source, String configuration) throws IOException {
        assertEquals(
                Main.DONE, plugin.run(source, configuration), plugin.command().err());
    }

    /** Observes the square of the first column, with passages to change. */
    private static PluginSource operator(String inputs, String affine, String value, String tangent, String adjoint) {
        return PluginSource.of(
                API + "guidance.OperatorProvider", """
                public Operator create(Options o, List<Column> columns) {
                    return new Operator() {
                        public int inputs() { return %s; }
                        public int outputs() { return 1; }
                        public boolean affine() { return %s; }
                        public void apply(Points x, Points out) {
                            for (int n = 0; n < x.size(); n++) {
                                double u = x.get(0, n);
                                out.set(0, n, %s);
                            }
                        }
                        public void tangent(Points x, Points v, Points out) {
                            for (int n = 0; n < x.size(); n++) {
                                double u = x.get(0, n);
                                out.set(0, n, %s * v.get(0, n));
                            }
                        }
                        public void adjoint(Points x, Points w, Points out) {
                            Arrays.fill(out.values(), 0);
                            for (int n = 0; n < x.size(); n++) {
                                double u = x.get(0, n);
                                out.set(0, n, %s * w.get(0, n));
                            }
                        }
                    };
                }
                """.formatted(inputs, affine, value, tangent, adjoint));
    }

    static Stream<Arguments> operators() {
        return Stream.of(
                Arguments.of(
                        operator("2", "false", "u * u", "u", "2 * u"), "of the operator the tangent gives the slope"),
                Arguments.of(
                        operator("2", "false", "u * u", "2 * u", "u"), "the adjoint is not the tangent's transpose"),
                Arguments.of(operator("2", "true", "u * u", "2 * u", "2 * u"), "it says that it is affine"),
                Arguments.of(operator("3", "false", "u * u", "2 * u", "2 * u"), "made an operator of 3 inputs"),
                Arguments.of(
                        operator("2", "false", "u * u", "0 / 0.0 *", "2 * u").replacing("* *", "*"),
                        "of the operator the tangent gives the slope NaN"));
    }

    private static final String OBSERVED = fit("guidance: { type: dps, operator: wrong, value: [1], noise: 0.5 }\n");

    @ParameterizedTest
    @MethodSource("operators")
    void anOperator(PluginSource source, String fault) throws IOException {
        plugin.assertBlamed(plugin.run(source, OBSERVED), "plugin 'wrong' (org.example.wrong.Wrong", fault);
    }

    @Test
    void aRightOperatorPasses() throws IOException {
        assertRight(operator("2", "false", "u * u", "2 * u", "2 * u"), OBSERVED);
    }

    private static PluginSource objective(String value, String slope) {
        return PluginSource.of(API + "guidance.ObjectiveProvider", """
                public Objective create(Options o, List<Column> columns) {
                    return new Objective() {
                        public void value(Points x, double[] out) {
                            for (int n = 0; n < x.size(); n++) {
                                double u = x.get(1, n);
                                out[n] = %s;
                            }
                        }
                        public void gradient(Points x, Points out) {
                            Arrays.fill(out.values(), 0);
                            for (int n = 0; n < x.size(); n++) {
                                double u = x.get(1, n);
                                out.set(1, n, %s);
                            }
                        }
                    };
                }
                """.formatted(value, slope));
    }

    static Stream<Arguments> objectives() {
        return Stream.of(
                Arguments.of("-u * u", "2 * u", "the objective's gradient gives the slope"),
                Arguments.of("-u * u", "-u", "the objective's gradient gives the slope"),
                Arguments.of("-u * u", "Double.NaN", "gives the slope NaN"));
    }

    private static final String REWARDED = fit("guidance: { type: reward, objective: wrong }\n");

    @ParameterizedTest
    @MethodSource("objectives")
    void anObjective(String value, String slope, String fault) throws IOException {
        plugin.assertBlamed(
                plugin.run(objective(value, slope), REWARDED), "plugin 'wrong' (org.example.wrong.Wrong", fault);
    }

    @Test
    void aRightObjectivePasses() throws IOException {
        assertRight(objective("-u * u", "-2 * u"), REWARDED);
    }

    /** Where it has a value at no point that is tried, an objective is not judged. */
    @Test
    void anObjectiveThatIsDefinedElsewhereIsNotJudged() throws IOException {
        PluginSource source = objective("Math.log(u - 1e6)", "1 / (u - 1e6)");
        plugin.run(source, REWARDED);
        assertFalse(
                plugin.command().err().contains("the objective's gradient"),
                plugin.command().err());
    }

    /** A formula without a value is the user's mistake; a plugin's is the plugin's fault. */
    @Test
    void anObjectiveWithoutAValueSomewhere() throws IOException {
        plugin.assertBlamed(
                plugin.run(objective("u > 0.3 ? Double.NaN : -u * u", "-2 * u"), REWARDED),
                "reward.objective 'wrong' (org.example.wrong.Wrong in module org.example.wrong (wrong.jar)): is NaN at [",
                "; expected a finite number");
    }

    /** Guidance by the log-density -x_1^2 / 2 at all times. */
    private static final String GUIDED = """
            public Guidance create(Options o, GuidanceContext context) {
                return new Guidance() {
                    public Optional<String> refusal(ScoreModel model) { return Optional.empty(); }
                    public GuidedScoreModel guide(ScoreModel model) { return new Tilted(model); }
                };
            }
            record Tilted(ScoreModel base) implements GuidedScoreModel {
                public DiffusionProcess process() { return base.process(); }
                public Evaluator evaluator() {
                    ScoreModel.Evaluator free = base.evaluator();
                    return new Evaluator() {
                        private void add(Points x, Points out, double by) {
                            for (int n = 0; n < x.size(); n++) {
                                out.set(0, n, out.get(0, n) - by * x.get(0, n));
                            }
                        }
                        public void score(double t, Points x, Points out) { free.score(t, x, out); add(x, out, 1); }
                        public void velocity(double t, Points x, Points out) {
                            free.velocity(t, x, out);
                            Points half = Points.zeros(x.dim(), 1);
                            process().diffusion(t, x.slice(0, 1), half);
                            add(x, out, half.get(0, 0));
                        }
                        public void velocityAndRate(double t, Points x, Points out, double[] rate) { velocity(t, x, out); }
                        public void logTwist(double t, Points x, double[] out) {
                            for (int n = 0; n < x.size(); n++) {
                                out[n] = -0.5 * x.get(0, n) * x.get(0, n);
                            }
                        }
                        public void logTarget(Points x, double[] out) { logTwist(0, x, out); }
                        public void logRatio(double t, Points x, double[] out) {
                            double[] twist = new double[x.size()];
                            logTwist(t, x, twist);
                            free.logRatio(t, x, out);
                            for (int n = 0; n < out.length; n++) {
                                out[n] += twist[n];
                            }
                        }
                    };
                }
            }
            """;

    private static PluginSource guidance() {
        return PluginSource.of(API + "guidance.GuidanceProvider", GUIDED);
    }

    static Stream<Arguments> guidances() {
        return Stream.of(
                Arguments.of("return new Tilted(model);", "return null;", "returned null for a guided model"),
                Arguments.of("add(x, out, 1);", "add(x, out, 1 / 0.0);", "expected finite numbers"),
                Arguments.of("add(x, out, half", "add(x, out, 2 * half", "of its velocity is"),
                Arguments.of("out[n] += twist[n];", "out[n] -= twist[n];", "the log-density changes by"),
                Arguments.of(
                        "record Tilted(ScoreModel base) implements GuidedScoreModel {",
                        "record Tilted(ScoreModel base) implements GuidedScoreModel {\n"
                                + "public ScoreModel base() { return this; }",
                        "is not the innermost model"));
    }

    private static final String STEERED = fit("guidance: wrong\nsampler: { type: pf-ode, method: rk4, steps: 5 }\n");

    @ParameterizedTest
    @MethodSource("guidances")
    void guidance(String passage, String changed, String fault) throws IOException {
        plugin.assertBlamed(
                plugin.run(guidance().replacing(passage, changed), STEERED), "org.example.wrong.Wrong", fault);
    }

    @Test
    void rightGuidancePasses() throws IOException {
        assertRight(guidance(), STEERED);
        assertRight(guidance(), fit("guidance: wrong\n"));
    }

    static Stream<Arguments> processes() {
        return Stream.of(
                Arguments.of(
                        "earliest", "dim, options.earliest()", "dim + 1, options.earliest()", "it has 3 coordinates"),
                Arguments.of("sigma", "-Math.expm1(-2 * t);", "Math.expm1(-2 * t);", "sigma is -"),
                Arguments.of("alpha", "return -t;", "return t;", "lambda rises from"),
                Arguments.of("time", "0.5 * Math.exp(-lambda)", "Math.exp(-lambda)", "the time of lambda("),
                Arguments.of("drift", "= -x.values()[k]", "= -0.9 * x.values()[k]", "its drift at x = "),
                Arguments.of(
                        "noise", "out.values(), sigma(t)", "out.values(), 1.5 * sigma(t)", "its half squared noise"),
                Arguments.of(
                        "draws", "random.normal(first + n, i)", "n == 17 ? Double.NaN : 1", "of draw 18 of its prior"),
                Arguments.of(
                        "narrow", "random.normal(first + n, i)", "0.5 * random.normal(first + n, i)", "the scale 0.5"),
                Arguments.of("density", "-= 0.5 * x", "-= 0.25 * x", "its prior's mean log-density is"));
    }

    private static String exact(String more) {
        return "target: { type: gaussian-mixture, means: [[0, 0], [2, 1]], scales: [[1, 0.5], [0.3, 0.3]] }\n"
                + "model: exact\nsample: { count: 20, seed: 7 }\nevaluate: []\n" + more;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("processes")
    void aProcess(String name, String passage, String changed, String fault) throws IOException {
        plugin.assertBlamed(
                plugin.run(PluginSource.sample("SubVariancePreserving", passage, changed), exact("process: sub-vp\n")),
                "plugin 'sub-vp' (com.example.drift.SubVariancePreserving",
                fault);
    }

    /** At the points that are looked up first they have values; samples come where they have none. */
    @ParameterizedTest
    @CsvSource({"out.values()[k] = x, is NaN at", "out.values()[k] = 2 * x, its derivative is NaN at"})
    void anOperatorThatIsNotFiniteSomewhere(String passage, String fault) throws IOException {
        PluginSource source = PluginSource.sample(
                "Intensity", passage, passage.replace("= ", "= (x.values()[k] > 1.9 ? Double.NaN : 1) * "));
        plugin.assertBlamed(
                plugin.run(
                        source,
                        exact(
                                "process: vp\nguidance: { type: dps, operator: intensity, value: [2, 1], noise: 0.3 }\n")),
                "dps.operator 'intensity' (com.example.drift.Intensity",
                fault);
    }

    static Stream<Arguments> columnTypes() {
        return Stream.of(
                Arguments.of(
                        "NaN",
                        "TEXT.matcher(text).matches() ? Double",
                        "text.length() == 3 && TEXT.matcher(text).matches() ? Double",
                        "of column 'share' reads '10.5 %' as NaN"),
                Arguments.of("swapped", "Math.rint(10 * value)", "Math.rint(-10 * value)", "expected the same number"),
                Arguments.of(
                        "lossy",
                        "Math.rint(10 * value)",
                        "10 * Math.rint(value)",
                        "writes that as '10 %' and reads this as 10.0"),
                Arguments.of(
                        "null",
                        "(tenths.signum()",
                        "value > 14 ? null : (tenths.signum()",
                        "returned null for the text"),
                Arguments.of(
                        "between",
                        "BigDecimal.valueOf(Math",
                        "value * 2 != Math.rint(value * 2) ? null : BigDecimal.valueOf(Math",
                        "threw java.lang.NullPointerException"),
                Arguments.of(
                        "range", "Column.real(name)", "Column.bounded(name, 0, 12)", "though it took it for a value"),
                Arguments.of("silent", "\"a percentage such as 12.5 %\"", "null", "says nothing of what a cell"));
    }

    /** Shares of 10.5 %, 11 %, 11.5 % and so on. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("columnTypes")
    void aColumnType(String name, String passage, String changed, String fault) throws IOException {
        StringBuilder rows = new StringBuilder("share,length\n");
        for (int n = 0; n < 100; n++) {
            int halves = 21 + n % 10;
            rows.append(halves / 2)
                    .append(halves % 2 == 0 ? " %," : ".5 %,")
                    .append(Math.sqrt(n))
                    .append('\n');
        }
        Files.writeString(directory.resolve("shares.csv"), rows);
        plugin.assertBlamed(
                plugin.run(
                        PluginSource.sample("Percent", passage, changed),
                        "target: { type: csv, path: shares.csv }\ncomponents: 1\nsample: { count: 20 }\n"),
                "com.example.drift.Percent",
                fault);
    }

    /** Of 600 different cells every second is looked up at first; the file is not at fault for one of the others. */
    @Test
    void aColumnTypeWithoutANumberForACellThatItTook() throws IOException {
        StringBuilder rows = new StringBuilder("share,length\n0 %,0\n59.9 %,1\n");
        for (int n = 1; n < 599; n++) {
            rows.append(n / 10)
                    .append(n % 10 == 0 ? "" : "." + n % 10)
                    .append(" %,")
                    .append(Math.sqrt(n))
                    .append('\n');
        }
        Files.writeString(directory.resolve("shares.csv"), rows);
        plugin.assertBlamed(
                plugin.run(
                        PluginSource.sample(
                                "Percent",
                                "return TEXT.matcher(text).matches() ?",
                                "return TEXT.matcher(text).matches() && !text.equals(\"59.9 %\") ?"),
                        "target: { type: csv, path: shares.csv }\ncomponents: 1\nsample: { count: 20 }\n"),
                "com.example.drift.Percent",
                "reads '59.9 %' in ",
                "shares.csv line 3, column 'share' as NaN, though its detector takes it for a value");
    }

    static Stream<Arguments> correctors() {
        return Stream.of(
                Arguments.of("null", "returned null for particles"),
                Arguments.of("of(draws.slice(1, count))", "drew 19 particles of 2 coordinates"),
                Arguments.of("of(nan(draws))", "coordinate 2 of particle 4 is NaN"),
                Arguments.of(
                        "new Particles(draws, count, new double[1], new double[] {Double.NaN}, 1, 0, 1)",
                        "tells the effective size NaN"),
                Arguments.of(
                        "new Particles(draws, count, new double[1], new double[] {1}, 1, Double.NaN, 1)",
                        "tells NaN for the log of the normaliser"));
    }

    @ParameterizedTest
    @MethodSource("correctors")
    void aCorrector(String particles, String fault) throws IOException {
        PluginSource source = PluginSource.of(API + "guidance.CorrectorProvider", """
                public Corrector create(Options o, RunContext run) {
                    return new Corrector() {
                        public Optional<String> refusal(GuidedScoreModel model) { return Optional.empty(); }
                        public Particles run(GuidedScoreModel model, int count, RunContext run) {
                            Points draws = Points.zeros(model.process().dim(), count);
                            return %s;
                        }
                    };
                }
                static Points nan(Points p) { p.set(1, 3, Double.NaN); return p; }
                static Particles of(Points p) {
                    return new Particles(p, p.size() + 1, new double[1], new double[] {1}, 1, 0, 1);
                }
                """.formatted(particles));
        String configuration = fit(
                "guidance: { type: reward, objective: { type: linear, weights: [1, 0] } }\n" + "corrector: wrong\n");
        plugin.assertBlamed(plugin.run(source, configuration), "org.example.wrong.Wrong", fault);
    }

    static Stream<Arguments> grids() {
        return Stream.of(
                Arguments.of("2 * p.horizon(), p.earliest()", "whose time 1 is"),
                Arguments.of("p.horizon(), 0.5 * p.earliest()", "expected times within [t_min, T]"));
    }

    @ParameterizedTest
    @MethodSource("grids")
    void aGrid(String ends, String fault) throws IOException {
        String members = """
                public TimeGrid create(Options o, GridContext context) {
                    DiffusionProcess p = context.process();
                    return TimeGrid.geometric(%s, context.steps());
                }
                """;
        String configuration = fit("sampler: { type: pf-ode, method: rk4, steps: 5, grid: wrong }\n");
        assertRight(
                PluginSource.of(API + "sampler.TimeGridProvider", members.formatted("p.horizon(), p.earliest()")),
                configuration);
        plugin.assertBlamed(
                plugin.run(PluginSource.of(API + "sampler.TimeGridProvider", members.formatted(ends)), configuration),
                "plugin 'wrong' (org.example.wrong.Wrong",
                fault);
    }

    static Stream<Arguments> preconditioners() {
        return Stream.of(
                Arguments.of("-r[i]", "it is not positive definite"),
                Arguments.of("Double.NaN", "it maps finite numbers to others"),
                Arguments.of("r[i] + 5 * (i > 0 ? r[i - 1] : 0)", "is wrong: it is not"),
                Arguments.of("r[i + 1]", "threw java.lang.ArrayIndexOutOfBoundsException"));
    }

    @ParameterizedTest
    @MethodSource("preconditioners")
    void aPreconditioner(String value, String fault) throws IOException {
        String members = """
                public Preconditioner create(Options o, LinearSystem system) {
                    return (r, z) -> {
                        for (int i = 0; i < r.length; i++) {
                            z[i] = %s;
                        }
                    };
                }
                """;
        String configuration =
                fit("solver: { type: cg, preconditioner: wrong, max_iterations: 60, ridge: 0.01, fallback: [] }\n");
        String kind = API + "linear.PreconditionerProvider";
        assertRight(PluginSource.of(kind, members.formatted("r[i]")), configuration);
        plugin.run(PluginSource.of(kind, members.formatted(value)), configuration);
        String err = plugin.command().err();
        assertTrue(err.contains("the preconditioner wrong, org.example.wrong.Wrong"), err);
        assertTrue(err.contains("(wrong.jar)"), err);
        assertTrue(err.contains(fault), err);
    }

    static Stream<Arguments> solvers() {
        return Stream.of(
                Arguments.of("halved(x, 0.5)", "converged to a residual of 1.0e-12, its solution has 0.50"),
                Arguments.of("halved(x, Double.NaN)", "holds NaN or infinity, though it says that it converged"),
                Arguments.of("null", "returned null"),
                Arguments.of("converged(new double[x.length - 1])", "returned a solution of length"));
    }

    /** Gauss and Jordan's elimination, and what it says of its solution. */
    private static PluginSource solver(String solution) {
        return PluginSource.of(API + "linear.SolverProvider", """
                public Solver create(Options o, RunContext run) {
                    return (system, guess) -> {
                        int n = system.rhs().length;
                        double[][] a = new double[n][n + 1];
                        double[] unit = new double[n];
                        double[] column = new double[n];
                        for (int j = 0; j < n; j++) {
                            Arrays.fill(unit, 0);
                            unit[j] = 1;
                            system.apply(unit, column);
                            for (int i = 0; i < n; i++) { a[i][j] = column[i]; }
                            a[j][n] = system.rhs()[j];
                        }
                        for (int p = 0; p < n; p++) {
                            for (int i = 0; i < n; i++) {
                                double f = a[i][p] / a[p][p];
                                for (int j = n; j >= p && i != p; j--) { a[i][j] -= f * a[p][j]; }
                            }
                        }
                        double[] x = new double[n];
                        for (int i = 0; i < n; i++) { x[i] = a[i][n] / a[i][i]; }
                        return %s;
                    };
                }
                static Solution converged(double[] x) {
                    return new Solution(x, 1, 1e-12, Double.NaN, Solution.Status.CONVERGED, "");
                }
                static Solution halved(double[] x, double by) {
                    return converged(Arrays.stream(x).map(v -> v * by).toArray());
                }
                """.formatted(solution));
    }

    /** Another solver that is named takes its place, and says so. */
    @ParameterizedTest
    @MethodSource("solvers")
    void aSolver(String solution, String fault) throws IOException {
        String alone = fit("solver: { type: wrong, ridge: 0.01, fallback: [] }\n");
        assertRight(solver("converged(x)"), alone);
        plugin.assertBlamed(plugin.run(solver(solution), alone), "org.example.wrong.Wrong", fault);
        assertRight(solver(solution), alone.replace("fallback: []", "fallback: [cholesky]"));
        List<String> said = plugin.command().err().lines().toList();
        assertEquals(1, said.size(), said::toString);
        assertTrue(
                said.get(0)
                        .contains("(wrong.jar), is at fault: its solutions are none, or not what it says of them;"
                                + " cholesky solves in its place"),
                said.get(0));
    }

    private static PluginSource writer(String extension, String write, String close) {
        return PluginSource.of(API + "output.WriterProvider", """
                public PointWriter create(Options o, RunContext run) {
                    return new PointWriter() {
                        public String extension() { return %s; }
                        public Sink open(java.nio.file.Path file, List<Column> columns, long rows)
                                throws java.io.IOException {
                            StringBuilder text = new StringBuilder();
                            return new Sink() {
                                public void write(Points rows) { %s }
                                public void close() throws java.io.IOException { %s }
                            };
                        }
                    };
                }
                """.formatted(extension, write, close));
    }

    private static final String TEXT = "text.append(Arrays.toString(rows.values()));";
    private static final String CLOSE = "java.nio.file.Files.writeString(file, text);";

    static Stream<Arguments> writers() {
        return Stream.of(
                Arguments.of(writer("\"a/b\"", TEXT, CLOSE), "has the ending 'a/b'"),
                Arguments.of(writer("null", TEXT, CLOSE), "has the ending 'null'"),
                Arguments.of(writer("\"txt\"", TEXT, ""), "wrote 20 rows and left no file"),
                Arguments.of(writer("\"txt\"", "", CLOSE), "wrote 20 rows and left an empty file"),
                Arguments.of(
                        writer("\"txt\"", "throw new IllegalStateException(\"my own bug\");", CLOSE),
                        "threw java.lang.IllegalStateException: my own bug"));
    }

    private static final String WRITTEN = fit("output: { format: wrong }\n");

    @ParameterizedTest
    @MethodSource("writers")
    void aWriter(PluginSource source, String fault) throws IOException {
        plugin.assertBlamed(plugin.run(source, WRITTEN), "org.example.wrong.Wrong", fault);
        assertFalse(Files.exists(directory.resolve("out/samples.txt")), "nothing is written");
    }

    @Test
    void aWriterCannotChangeWhatMetricsSee() throws IOException {
        String configuration = WRITTEN.replace("evaluate: []", "evaluate: [second-moment]");
        assertRight(writer("\"txt\"", TEXT + "Arrays.fill(rows.values(), 7e7);", CLOSE), configuration);
        assertFalse(Files.readString(directory.resolve("out/metrics.json")).contains("E7"), "samples are as they were");
        assertTrue(Files.size(directory.resolve("out/samples.txt")) > 20);
    }
}
