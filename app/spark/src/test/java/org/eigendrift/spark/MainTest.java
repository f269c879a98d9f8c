package org.eigendrift.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.cli.run.Center;
import org.eigendrift.cli.run.Imputing;
import org.eigendrift.engine.Eigendrift;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What spark-submit starts: the same configuration file, the same model file. */
class MainTest {
    private static final String FLOW = "components: 1\ndensity: flow\nbasis: {degree: 3}\n";

    private static SparkSession spark;
    private static Points rows;

    @TempDir
    static Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void write() throws IOException {
        spark = Sessions.local();
        rows = Tables.rows(6_000);
        Tables.table(spark, rows)
                .orderBy("id")
                .coalesce(1)
                .write()
                .parquet(directory.resolve("rows.parquet").toString());
        StringBuilder text = new StringBuilder("x, y ,z,name\n");
        for (int n = 0; n < rows.size(); n++) {
            text.append(rows.get(0, n)).append(',').append(rows.get(1, n)).append(", ");
            text.append(rows.get(2, n)).append(",\"a, b\"\n");
        }
        Files.writeString(directory.resolve("rows.csv"), text);
        configuration("csv.yaml", "{type: csv, path: rows.csv, columns: [x, y, z], detect: off, holdout: 0.25}", FLOW);
        onOneMachine("{\"components\": 1, \"density\": \"flow\", \"basis\": {\"degree\": 3}}");
    }

    private static void configuration(String name, String target, String blocks) throws IOException {
        Files.writeString(directory.resolve(name), "target: " + target + "\n" + blocks + "sample: {seed: 4}\n");
    }

    private int run(String... arguments) {
        PrintStream told = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Main(told, new PrintStream(err, true, StandardCharsets.UTF_8), directory).run(arguments);
    }

    private String mistake(String... arguments) {
        assertEquals(2, run(arguments), this::told);
        return err.toString(StandardCharsets.UTF_8);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private static void onOneMachine(String settings) throws IOException {
        Catalog catalog = Catalog.discover(List.of());
        org.eigendrift.api.data.Dataset train = catalog.create(
                        TargetProvider.KIND,
                        "csv",
                        Map.of(
                                "path",
                                directory.resolve("rows.csv").toString(),
                                "columns",
                                Tables.NAMES,
                                "detect",
                                "off",
                                "holdout",
                                0.25),
                        RunContext.quiet(4))
                .train();
        Path file = directory.resolve("model.safetensors");
        OneMachine.fit(train, settings, 4, file);
    }

    @Test
    void aConfigurationGivesTheModelFileOfOneMachineFromCsvAndParquet() throws IOException {
        byte[] expected = Files.readAllBytes(directory.resolve("model.safetensors"));
        assertEquals(0, run("fit", "csv.yaml", "--out", "csv.safetensors"), this::told);
        assertArrayEquals(expected, Files.readAllBytes(directory.resolve("csv.safetensors")));
        configuration("parquet.yaml", "{type: parquet, path: rows.parquet, columns: [x, y, z]}", FLOW);
        assertEquals(
                0,
                run("fit", "parquet.yaml", "--set", "target.holdout=0.25", "--out", "parquet.safetensors"),
                this::told);
        assertArrayEquals(expected, Files.readAllBytes(directory.resolve("parquet.safetensors")));
        assertTrue(told().contains("rows of 3 columns"), this::told);
    }

    @Test
    void rowsAreScoredAndFilledAsOnOneMachine() throws IOException {
        Law law = Eigendrift.read(directory.resolve("model.safetensors"), Catalog.discover(List.of()));
        Dataset<Row> gaps = spark.read()
                .parquet(directory.resolve("rows.parquet").toString())
                .filter("id < 40")
                .withColumn("y", functions.expr("if(id % 4 = 1, null, y)"));
        gaps.write().parquet(directory.resolve("gaps.parquet").toString());

        assertEquals(
                0, run("score", "model.safetensors", "--data", "gaps.parquet", "--out", "scores.parquet"), this::told);
        Points asked = asked();
        double[] nats = law.logDensity(asked, RunContext.quiet(0)).nats();
        List<Row> scored = read("scores.parquet");
        for (int n = 0; n < 40; n++) {
            assertEquals(nats[n], scored.get(n).<Double>getAs("logDensity"));
        }

        assertEquals(
                0,
                run("impute", "model.safetensors", "--data", "gaps.parquet", "--fill", "median", "--out", "f.parquet"),
                this::told);
        assertEquals(
                0,
                run("impute", "model.safetensors", "--data", "gaps.parquet", "--fill", "median", "--out", "g.csv"),
                this::told);
        List<Row> filled = read("f.parquet");
        // The median of 400 draws: its standard error is 1.25 / 20 of the cell's spread given the others, 0.3 in these
        // rows; other draws are as far off, so four errors of the difference.
        Points other = new Imputing(law, asked, n -> n + 1_000_000L, RunContext.quiet(9))
                .filled(Center.MEDIAN, false)
                .rows();
        List<String> again = new ArrayList<>();
        spark.read().option("header", true).csv(directory.resolve("g.csv").toString()).collectAsList().stream()
                .sorted((a, b) -> Integer.compare(Integer.parseInt(a.getString(0)), Integer.parseInt(b.getString(0))))
                .forEach(row -> again.add(row.getString(2)));
        for (int n = 0; n < 40; n++) {
            double y = filled.get(n).getDouble(2);
            assertEquals(y, Double.parseDouble(again.get(n)));
            assertEquals(other.get(1, n), y, n % 4 == 1 ? 4 * Math.sqrt(2) * 1.25 / 20 * 0.4 : 0);
            assertEquals(rows.get(0, n), filled.get(n).getDouble(1));
        }
    }

    private static Points asked() {
        Points asked = rows.slice(0, 40);
        Points copy = Points.zeros(3, 40);
        for (int n = 0; n < 40; n++) {
            for (int i = 0; i < 3; i++) {
                copy.set(i, n, i == 1 && n % 4 == 1 ? Double.NaN : asked.get(i, n));
            }
        }
        return copy;
    }

    private static List<Row> read(String name) {
        return spark.read()
                .parquet(directory.resolve(name).toString())
                .orderBy("id")
                .collectAsList();
    }

    @Test
    void mistakesAreOneLineAndLeaveNothingBehind() throws IOException {
        String words = mistake("fit", "csv.yaml", "--set", "target.columns=[x, name]", "--out", "no.safetensors");
        assertEquals(
                "eigendrift: csv.yaml:1: target: column 'name': found 'a, b', expected a number; if it stands for a missing"
                        + " value, name it in missing_codes; if the column is not one of numbers, declare types: [[name,"
                        + " category]], or leave it out with columns\n",
                words);
        err.reset();
        words = mistake("fit", "csv.yaml", "--set", "target.columns=[x, w]", "--out", "no.safetensors");
        assertTrue(words.contains("there is no column 'w'; known: x, y, z, name"), words);
        assertEquals(1, words.lines().count(), words);
        err.reset();
        words = mistake("fit", "csv.yaml", "--set", "target.missing=keep", "--out", "no.safetensors");
        assertTrue(words.startsWith("eigendrift: "), words);
        assertTrue(words.contains("which a law of real columns cannot model; write law: {type: table}"), words);
        assertEquals(1, words.lines().count(), words);
        err.reset();
        words = mistake("fit", "csv.yaml", "--set", "basis.degre=3", "--out", "no.safetensors");
        assertTrue(words.contains("basis.degre: unknown"), words);
        assertTrue(words.contains("did you mean 'degree'"), words);
        assertEquals(1, words.lines().count(), words);
        err.reset();
        words = mistake("fit", "csv.yaml", "--set", "target.path=none.csv", "--out", "no.safetensors");
        assertTrue(words.contains("none.csv: there is no such file"), words);
        assertEquals(1, words.lines().count(), words);
        assertFalse(Files.exists(directory.resolve("no.safetensors")));
        err.reset();
        words = mistake("fit", "csv.yaml", "--out", "no.safetensors", "--maste", "local");
        assertTrue(words.startsWith("eigendrift: Unknown options: '--maste', 'local'"), words);
    }

    @Test
    void aFailedJobLeavesNoDirectory() throws IOException {
        spark.range(5)
                .selectExpr("double(id) x", "double(id) y", "if(id = 3, double('Infinity'), 1.0) z")
                .write()
                .parquet(directory.resolve("infinite.parquet").toString());
        String words =
                mistake("score", "model.safetensors", "--data", "infinite.parquet", "--out", "infinite-scores.parquet");
        assertTrue(words.startsWith("eigendrift: column 'z' has the value Infinity"), words);
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith(".part-") || name.startsWith("infinite-s"))
                            .toList());
        }
        err.reset();
        words = mistake("score", "model.safetensors", "--data", "rows.parquet", "--out", "rows.parquet");
        assertTrue(words.contains("rows.parquet is there already; remove it, or name another"), words);
    }

    /** One file of 50 rows. */
    private void part(String folder, String y, Path file) throws IOException {
        Path written = directory.resolve(folder);
        spark.range(50).selectExpr("double(id) x", y).coalesce(1).write().parquet(written.toString());
        try (var files = Files.list(written)) {
            Path only = files.filter(f -> f.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            Files.move(only, file);
        }
    }

    @Test
    void filesThatDoNotAgreeAreRefusedInOneLine() throws IOException {
        // Spark takes the columns of the first file by name, and its own names are random.
        Path mixed = Files.createDirectory(directory.resolve("mixed.parquet"));
        part("numbers", "double(id * id) y", mixed.resolve("a.parquet"));
        part("texts", "string(id) y", mixed.resolve("b.parquet"));
        configuration("mixed.yaml", "{type: parquet, path: mixed.parquet, detect: off}", FLOW);
        String words = mistake("fit", "mixed.yaml", "--out", "no.safetensors");
        assertTrue(words.startsWith("eigendrift: "), words);
        assertTrue(words.contains("mixed.parquet"), words);
        assertEquals(1, words.lines().count(), words);
        err.reset();
        Files.writeString(directory.resolve("short.csv"), "x,y\n1,2\n3\n5,6\n");
        configuration("short.yaml", "{type: csv, path: short.csv, detect: off}", FLOW);
        words = mistake("fit", "short.yaml", "--out", "no.safetensors");
        assertTrue(words.startsWith("eigendrift: "), words);
        assertEquals(1, words.lines().count(), words);
        assertFalse(Files.exists(directory.resolve("no.safetensors")));
    }

    @Test
    void faultsOfExecutorsAreOneLineWithARemedy() {
        Exception lost = new IllegalStateException(
                "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: Lost task 0.3 in"
                        + " stage 1.0 (TID 6) (10.0.0.1 executor 3): ExecutorLostFailure (executor 3 exited caused by one of"
                        + " the running tasks) Reason: Command exited with code 52\nDriver stacktrace:");
        assertTrue(
                Main.fault(lost).startsWith("an executor ran out of memory; give executors more with"),
                Main.fault(lost));
        assertEquals(
                Main.fault(lost),
                Main.fault(new IllegalStateException("aborted", new OutOfMemoryError("Java heap space"))));
        Exception killed = new IllegalStateException(lost.getMessage().replace("code 52", "code 137"));
        assertTrue(Main.fault(killed).startsWith("executors were lost again and again"), Main.fault(killed));
        assertEquals(1, Main.fault(killed).lines().count());
        assertEquals(
                "no such host", Main.fault(new IllegalStateException("x", new IOException("no such host\n at y"))));
    }

    @Test
    void costsAreToldBeforeAnythingIsFitted() {
        assertEquals(
                0,
                run("fit", "csv.yaml", "--set", "basis.degree=4", "--explain", "--out", "costs.safetensors"),
                this::told);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(new CostModel(6_000, 3, 4, true, 2).lines(false), lines);
        assertFalse(Files.exists(directory.resolve("costs.safetensors")));
    }

    @Test
    void gapsAreRefusedOrDroppedAsTheConfigurationSays() throws IOException {
        Files.writeString(directory.resolve("gaps.csv"), text(400));
        configuration("gaps.yaml", "{type: csv, path: gaps.csv, holdout: 0, missing_codes: ['?']}", FLOW);
        String words = mistake("fit", "gaps.yaml", "--out", "no.safetensors");
        assertEquals(
                "eigendrift: gaps.yaml:1: target: column 'b' has a gap (null or NaN), expected finite numbers;"
                        + " missing: drop leaves rows with gaps out\n",
                words);
        assertEquals(
                0, run("fit", "gaps.yaml", "--set", "target.missing=drop", "--out", "gaps.safetensors"), this::told);
        assertTrue(told().contains("399 rows of 2 columns"), this::told);
    }

    private static String text(int count) {
        CounterRandom random = new CounterRandom(5);
        StringBuilder text = new StringBuilder("a;b\n");
        for (int n = 0; n < count; n++) {
            text.append(random.normal(0, n)).append(';');
            text.append(n == 17 ? "?" : String.valueOf(random.normal(1, n))).append('\n');
        }
        return text.toString();
    }
}
