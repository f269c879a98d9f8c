package org.eigendrift.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Law;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.config.ConfigurationReader;
import org.eigendrift.cli.run.AutomaticLaw;
import org.eigendrift.cli.run.Fitting;
import org.eigendrift.engine.Eigendrift;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables with levels, dates, whole numbers and gaps: the model file of one machine. */
class TableJobTest {
    private static final Catalog CATALOG = Catalog.discover(List.of());

    private static SparkSession spark;

    @TempDir
    static Path directory;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @BeforeAll
    static void write() throws IOException {
        spark = Sessions.local();
        Files.writeString(directory.resolve("people.csv"), people(900));
    }

    /** Whether a row has a gap depends on its level, and its level on its day. */
    private static String people(int count) {
        CounterRandom random = new CounterRandom(3);
        StringBuilder text = new StringBuilder("joined,town,children,income,member\n");
        for (int n = 0; n < count; n++) {
            int day = (int) (900 * random.uniform(0, n));
            String town =
                    random.uniform(1, n) < day / 900.0 ? "Ulm, north" : random.uniform(2, n) < 0.5 ? "Bonn" : "Jena";
            int children = (int) (4 * random.uniform(3, n) * random.uniform(4, n));
            String income = random.uniform(5, n) < (town.equals("Bonn") ? 0.4 : 0.1)
                    ? "?"
                    : String.format(java.util.Locale.ROOT, "%.2f", 100 * Math.exp(random.normal(6, n)));
            text.append(LocalDate.of(2020, 1, 1).plusDays(day))
                    .append(",\"")
                    .append(town)
                    .append("\",");
            text.append(children).append(", ").append(income).append(',');
            text.append(random.uniform(7, n) < 0.3 ? "yes" : "no").append('\n');
        }
        return text.toString();
    }

    private static Path configuration(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private int run(String... arguments) {
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        return new Main(out, out, directory).run(arguments);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private static byte[] onOneMachine(Path file) throws IOException {
        Configuration configuration = new ConfigurationReader(CATALOG, directory).read(file, List.of());
        RunContext run = RunContext.quiet(configuration.sample().seed());
        AutomaticLaw.Lawful lawful =
                AutomaticLaw.of(configuration, configuration.target().create(run), CATALOG);
        Path model = directory.resolve("one.safetensors");
        Eigendrift.write(new Fitting(lawful.configuration(), lawful.target(), CATALOG, run).fit(), model);
        return Files.readAllBytes(model);
    }

    @Test
    void aTableHasTheModelFileOfOneMachineFromCsvAndParquet() throws IOException {
        String rules = "missing: keep, missing_codes: ['?'], holdout: 0.25}\nsample: {seed: 4}\n";
        byte[] expected = onOneMachine(configuration("people.yaml", "target: {type: csv, path: people.csv, " + rules));
        assertEquals(0, run("fit", "people.yaml", "--out", "people.safetensors"), this::told);
        assertArrayEquals(expected, Files.readAllBytes(directory.resolve("people.safetensors")));
        assertTrue(told().contains("900 rows of 5 columns come to the driver"), this::told);
        assertTrue(told().contains("model of the kind 'table'"), this::told);

        parquet(
                "people.parquet",
                "to_date(joined) joined",
                "town",
                "int(children) children",
                "if(income = '?', null, income) income",
                "member");
        String same = rules.replace(", missing_codes: ['?']", "");
        configuration("parquet.yaml", "target: {type: parquet, path: people.parquet, " + same);
        assertEquals(0, run("fit", "parquet.yaml", "--out", "parquet.safetensors"), this::told);
        // How a gap is written is part of the model: there are no words for it in Parquet.
        byte[] empty =
                onOneMachine(configuration("empty.yaml", "target: {type: csv, path: " + withoutWords() + ", " + same));
        assertArrayEquals(empty, Files.readAllBytes(directory.resolve("parquet.safetensors")));
    }

    private static String withoutWords() throws IOException {
        String text = Files.readString(directory.resolve("people.csv")).replace("?", "");
        return Files.writeString(directory.resolve("empty.csv"), text)
                .getFileName()
                .toString();
    }

    @Test
    void rowsOfATableAreScoredFilledAndDrawnAsOnOneMachine() throws IOException {
        String rules = "missing: keep, missing_codes: ['?'], holdout: 0}\n";
        Path file = configuration("all.yaml", "target: {type: csv, path: people.csv, " + rules);
        Files.write(directory.resolve("all.safetensors"), onOneMachine(file));
        Law law = Eigendrift.read(directory.resolve("all.safetensors"), CATALOG);
        Configuration configuration = new ConfigurationReader(CATALOG, directory).read(file, List.of());
        Points rows =
                InMemory.read(configuration.target().create(RunContext.quiet(0)).train(), 900);
        double[] nats = law.logDensity(rows, RunContext.quiet(0)).nats();
        String data = "{type: csv, path: people.csv, missing_codes: ['?']}";

        assertEquals(0, run("score", "all.safetensors", "--data", data, "--out", "scores.parquet"), this::told);
        typed("typed.parquet");
        assertEquals(0, run("score", "all.safetensors", "--data", "typed.parquet", "--out", "t.parquet"), this::told);
        for (String scores : List.of("scores.parquet", "t.parquet")) {
            List<Row> scored = read(scores);
            for (int n = 0; n < nats.length; n++) {
                assertEquals(nats[n], scored.get(n).<Double>getAs("logDensity"), scores);
            }
        }

        assertEquals(
                0, run("impute", "all.safetensors", "--data", "typed.parquet", "--out", "filled.parquet"), this::told);
        List<Row> filled = read("filled.parquet");
        List<Row> there = read("typed.parquet");
        assertEquals(
                spark.read()
                        .parquet(directory.resolve("typed.parquet").toString())
                        .schema()
                        .toDDL(),
                spark.read()
                        .parquet(directory.resolve("filled.parquet").toString())
                        .schema()
                        .toDDL());
        for (int n = 0; n < nats.length; n++) {
            for (int i = 0; i < 5; i++) {
                assertTrue(!filled.get(n).isNullAt(i));
                assertTrue(there.get(n).isNullAt(i)
                        || there.get(n).get(i).equals(filled.get(n).get(i)));
            }
        }

        EigendriftModel model = EigendriftModel.of(Files.readAllBytes(directory.resolve("all.safetensors")));
        List<Row> drawn = model.setSeed(5).sample(spark, 300).collectAsList();
        Points expected = law.draw(DrawRequest.of(300), RunContext.quiet(5)).rows();
        for (int n = 0; n < 300; n++) {
            assertEquals(
                    LocalDate.ofEpochDay((long) expected.get(0, n)),
                    drawn.get(n).getDate(0).toLocalDate());
            assertEquals(
                    law.columns().get(1).levels().get((int) expected.get(1, n)),
                    drawn.get(n).getString(1));
            assertEquals(Double.isNaN(expected.get(3, n)), drawn.get(n).isNullAt(3));
            assertEquals(expected.get(4, n) == 1, drawn.get(n).getBoolean(4));
        }
        Files.writeString(directory.resolve("odd.csv"), "joined,town,children,income,member\n2020-01-31,Rome,1,2,no\n");
        assertEquals(0, run("score", "all.safetensors", "--data", "odd.csv", "--out", "odd.parquet"), this::told);
        assertEquals(Double.NEGATIVE_INFINITY, read("odd.parquet").get(0).<Double>getAs("logDensity"));
        told.reset();
        Files.writeString(directory.resolve("wrong.csv"), "joined,town,children,income,member\nmonday,Ulm,1,2,no\n");
        assertEquals(2, run("score", "all.safetensors", "--data", "wrong.csv", "--out", "wrong.parquet"), this::told);
        assertTrue(told().startsWith("eigendrift: column 'joined': found 'monday', expected date"), this::told);
    }

    private static List<Row> read(String name) {
        return spark.read().parquet(directory.resolve(name).toString()).collectAsList();
    }

    /** The people, each column of the type that a warehouse would give it. */
    private static void typed(String name) {
        parquet(
                name,
                "to_date(joined) joined",
                "town",
                "int(children) children",
                "double(if(income = '?', null, income)) income",
                "member = 'yes' member");
    }

    private static void parquet(String name, String... columns) {
        spark.read()
                .option("header", true)
                .option("ignoreLeadingWhiteSpace", true)
                .csv(directory.resolve("people.csv").toString())
                .selectExpr(columns)
                .coalesce(1)
                .write()
                .parquet(directory.resolve(name).toString());
    }

    @Test
    void filledGapsAnglesAndHeldOutFilesAreThoseOfOneMachine() throws IOException {
        Path file = configuration(
                "flow.yaml",
                "target: {type: csv, path: people.csv, test: people.csv, columns: [income, children], missing: impute,"
                        + " missing_codes: ['?'], types: [[income, number, real]], angles: [children]}\n"
                        + "components: 1\ndensity: flow\nbasis: {degree: 2}\n");
        byte[] expected = onOneMachine(file);
        assertEquals(0, run("fit", "flow.yaml", "--out", "flow.safetensors"), this::told);
        assertArrayEquals(expected, Files.readAllBytes(directory.resolve("flow.safetensors")));
    }

    @Test
    void whatTheDriverDoesNotHoldIsRefusedInOneLine() {
        assertDoesNotThrow(() -> TableJob.requireRoom(800_000, 20, 4_000_000_000L));
        InputException e =
                assertThrows(InputException.class, () -> TableJob.requireRoom(100_000_000, 20, 4_000_000_000L));
        assertEquals(
                "100,000,000 rows of 20 columns come to the driver, where columns are none of numbers or a law is named, and"
                        + " take about 500.0 GB there, expected at most the 4.0 GB of its memory, about 800,000 rows; write"
                        + " a sample of the rows, or set spark.driver.memory",
                e.getMessage());
    }

    @Test
    void costsOfATableAreToldBeforeItIsFitted() throws IOException {
        configuration("costs.yaml", "target: {type: csv, path: people.csv, missing: keep, missing_codes: ['?']}\n");
        assertEquals(0, run("fit", "costs.yaml", "--explain", "--out", "costs.safetensors"), this::told);
        assertTrue(
                told().startsWith("900 rows of 5 columns, read twice and sorted once, come to the driver"), this::told);
    }
}
