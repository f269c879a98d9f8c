package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.cli.output.NpyArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final String SMALL = """
            target:  { type: two-moons, rows: 2000, heldout: 500 }
            basis:   { family: cosine, degree: 6 }
            sampler: { type: pf-ode, steps: 8 }
            sample:  { count: 1500, seed: 7 }
            """;

    private static byte[] model;

    @TempDir
    private Path directory;

    private Command command;

    @BeforeEach
    void begin() throws IOException {
        command = new Command(directory);
        write("small.yaml", SMALL);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(directory.resolve(file));
    }

    private void assertWrong(String expected, String... arguments) {
        assertEquals(Main.WRONG_INPUT, command.run(arguments), command.err());
        assertTrue(command.err().contains(expected), () -> "expected '" + expected + "' in: " + command.err());
        assertEquals(1, command.err().lines().count(), command.err());
        assertFalse(command.err().contains("\tat "), command.err());
    }

    @Test
    void aRunLeavesItsFiles() throws IOException {
        assertEquals(Main.DONE, command.run("run", "small.yaml"), command.err());
        Path results = directory.resolve("out/small");
        try (Stream<Path> files = Files.list(results)) {
            assertEquals(
                    List.of("metrics.json", "model.safetensors", "report.html", "run.yaml", "samples.npy"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals("", command.err());
        assertTrue(command.out().contains(results.toString()), command.out());
        JsonNode metrics =
                new ObjectMapper().readTree(results.resolve("metrics.json").toFile());
        assertEquals(2000, metrics.at("/fit/rows").asInt());
        assertEquals(2, metrics.at("/fit/dim").asInt());
        assertEquals(1500, metrics.at("/samples/count").asInt());
        for (String path : List.of(
                "/fit/basis_size",
                "/fit/matrix_nonzeros",
                "/fit/seconds",
                "/log_likelihood/train",
                "/log_likelihood/heldout",
                "/evidence_bound/heldout",
                "/samples/seconds",
                "/samples/sliced_wasserstein",
                "/samples/sliced_wasserstein_floor",
                "/samples/mmd",
                "/samples/mmd_floor",
                "/samples/second_moment_relative_error",
                "/samples/second_moment_relative_error_floor")) {
            assertTrue(metrics.at(path).isNumber(), () -> path + " in " + metrics);
        }
        String report = Files.readString(results.resolve("report.html"));
        assertTrue(report.contains("two-moons") && report.contains("</html>"), "the report is whole");
        // 3 / sqrt(2000) = 0.067082, to the four digits of the report
        assertTrue(report.contains("\"spectrum\":{\"threshold\":0.06708,"), "three standard errors of 2000 rows");
        // 1500 points of 2 float64 behind a header that NumPy pads to a multiple of 64 bytes
        assertEquals(128 + 1500 * 2 * 8, bytes("out/small/samples.npy").length);
    }

    @Test
    void runningTheResolvedConfigurationGivesTheSameBits() throws IOException {
        assertEquals(0, command.run("run", "small.yaml", "--out", "a"), command.err());
        assertEquals(0, command.run("run", "a/run.yaml", "--out", "b", "--threads", "1"), command.err());
        assertArrayEquals(bytes("a/samples.npy"), bytes("b/samples.npy"));
        assertEquals(
                Files.readString(directory.resolve("a/run.yaml")).replace(directory + "/a", directory + "/b"),
                Files.readString(directory.resolve("b/run.yaml")));
    }

    @Test
    void threadsDoNotChangeABit() throws IOException {
        assertEquals(0, command.run("run", "small.yaml", "--out", "one", "--threads", "1"), command.err());
        assertEquals(0, command.run("run", "small.yaml", "--out", "two", "--threads", "2"), command.err());
        assertArrayEquals(bytes("one/samples.npy"), bytes("two/samples.npy"));
        assertArrayEquals(bytes("one/model.safetensors"), bytes("two/model.safetensors"));
        assertEquals(0, command.run("run", "small.yaml", "--out", "other", "--set", "sample.seed=8"), command.err());
        assertNotEquals(-1, Arrays.mismatch(bytes("one/samples.npy"), bytes("other/samples.npy")));
    }

    @Test
    void aTrajectoryEndsInTheSamplesAndCanBeReplayed() throws IOException {
        assertEquals(0, command.run("run", "small.yaml", "--out", "plain", "--set", "sample.count=100"));
        assertEquals(
                0,
                command.run(
                        "run",
                        "small.yaml",
                        "--out",
                        "t",
                        "--set",
                        "sample.count=100",
                        "--set",
                        "sample.trajectory=true"),
                command.err());
        assertArrayEquals(bytes("plain/samples.npy"), bytes("t/samples.npy"));
        byte[] trajectory = bytes("t/trajectory.npy");
        byte[] samples = bytes("t/samples.npy");
        int size = 100 * 2 * 8;
        assertEquals(128 + (8 + 1) * size, trajectory.length, "8 steps and the initial state");
        assertEquals(
                -1,
                Arrays.mismatch(
                        trajectory,
                        trajectory.length - size,
                        trajectory.length,
                        samples,
                        samples.length - size,
                        samples.length));
    }

    @Test
    void aFittedModelSamplesAsTheRunDoes() throws IOException {
        assertEquals(0, command.run("run", "small.yaml", "--out", "r"), command.err());
        assertEquals(0, command.run("fit", "small.yaml", "--out", "m/model.safetensors"), command.err());
        assertArrayEquals(bytes("r/model.safetensors"), bytes("m/model.safetensors"));
        String[] sample = {
            "sample", "m/model.safetensors", "-n", "700", "--seed", "7", "--sampler", "{type: pf-ode, steps: 8}"
        };
        assertEquals(0, command.run(with(sample, "--out", "m/s.npy")), command.err());
        byte[] all = bytes("r/samples.npy");
        byte[] first = bytes("m/s.npy");
        assertEquals(
                -1,
                Arrays.mismatch(all, 128, 128 + 700 * 16, first, 128, first.length),
                "the first 700 of 1500, whatever the count");
        assertEquals(0, command.run(with(sample, "--out", "m/s.csv")), command.err());
        assertEquals(701, Files.readAllLines(directory.resolve("m/s.csv")).size(), "a header and 700 rows");
    }

    /** Readers hold a fifth of the rows out by default, which is for fits. */
    @Test
    void everyRowOfABlockIsReadOutsideFits() throws IOException {
        StringBuilder places = new StringBuilder("lon,lat\n");
        for (int n = 0; n < 500; n++) {
            places.append(8.5 + 0.05 * Math.sin(n))
                    .append(',')
                    .append(47.4 + 0.05 * Math.cos(1.7 * n))
                    .append('\n');
        }
        write("places.csv", places.toString());
        write(
                "fit.yaml",
                "target: { type: csv, path: places.csv, holdout: 0 }\nbasis: { family: cosine, degree: 4 }\n");
        assertEquals(Main.DONE, command.run("fit", "fit.yaml", "--out", "m.safetensors"), command.err());
        String block = "{type: csv, path: places.csv, missing: drop}";
        assertEquals(
                Main.DONE, command.run("score", "m.safetensors", "--data", block, "--out", "all.csv"), command.err());
        List<String> lines = Files.readAllLines(directory.resolve("all.csv"));
        assertEquals(501, lines.size(), "a name, and a number for each row");
        command.run("score", "m.safetensors", "--data", "places.csv", "--out", "file.csv");
        assertEquals(lines, Files.readAllLines(directory.resolve("file.csv")));

        write("few.csv", String.join("\n", places.toString().lines().limit(101).toList()));
        assertEquals(
                Main.DONE,
                command.run("unlearn", "m.safetensors", "{type: csv, path: few.csv}", "--out", "rest.safetensors"),
                command.err());
        assertTrue(command.out().contains("fitted to 400 rows"), command.out());
        assertEquals(
                Main.DONE,
                command.run("compare", "m.safetensors", "rest.safetensors", "--train", block, "--data", block),
                command.err());
        assertWrong(
                "--data: target.holdout: every row is read here",
                "score",
                "m.safetensors",
                "--data",
                "{type: csv, path: places.csv, holdout: 0.2}",
                "--out",
                "b.csv");
    }

    /** Rows to be filled may lack every value of a column, rows to be fitted may not. */
    @Test
    void aColumnWithoutValuesIsFilledAndNotFitted() throws IOException {
        StringBuilder rows = new StringBuilder("a,b,c\n");
        for (int n = 0; n < 80; n++) {
            rows.append(Math.sin(n))
                    .append(',')
                    .append(n % 3 == 0 ? "red" : "blue")
                    .append(',')
                    .append(n % 7)
                    .append('\n');
        }
        write("table.csv", rows.toString());
        write("open.csv", "a,b,c\n0.5,,\n-0.5,,\n");
        for (String law : List.of("law: table\n", "law: auto\ncomponents: 1\n")) {
            String columns = law.contains("components") ? ", columns: [a, c]" : "";
            write("fit.yaml", "target: { type: csv, path: table.csv, holdout: 0" + columns + " }\n" + law);
            assertEquals(Main.DONE, command.run("fit", "fit.yaml", "--out", "m.safetensors"), command.err());
            assertEquals(
                    Main.DONE,
                    command.run("impute", "m.safetensors", "--data", "open.csv", "--out", "filled.csv"),
                    command.err());
            List<String> filled = Files.readAllLines(directory.resolve("filled.csv"));
            assertEquals(3, filled.size());
            assertTrue(
                    filled.stream().skip(1).noneMatch(line -> line.contains(",,") || line.endsWith(",")),
                    filled::toString);
        }
        write(
                "empty.yaml",
                "target: { type: csv, path: open.csv, holdout: 0, missing: keep, types: [[b, category], [c, number, real]] }\n");
        assertWrong("column 'b' has no value in any row", "fit", "empty.yaml", "--out", "n.safetensors");
    }

    /** Of 41 rows, the third and the last of which lack a value. */
    @Test
    void rowsThatAreDroppedAreSaid() throws IOException {
        StringBuilder rows = new StringBuilder("a,b\n");
        for (int n = 0; n < 60; n++) {
            rows.append(Math.sin(n))
                    .append(',')
                    .append(n == 2 ? "" : Math.cos(2 * n))
                    .append('\n');
        }
        write("full.csv", rows.toString().replace(",\n", ",0.5\n"));
        write("gaps.csv", String.join("\n", rows.toString().lines().limit(41).toList()) + "\n,3\n");
        write("fit.yaml", "target: { type: csv, path: full.csv, holdout: 0 }\nbasis: { family: cosine, degree: 2 }\n");
        assertEquals(Main.DONE, command.run("fit", "fit.yaml", "--out", "m.safetensors"), command.err());
        String block = "{type: csv, path: gaps.csv, missing: drop}";
        assertWrong(
                "--data: target.missing: every row gets an answer here, but drop would leave out those that lack a"
                        + " value; expected keep",
                "impute",
                "m.safetensors",
                "--data",
                block,
                "--out",
                "answers.csv");
        assertEquals(
                Main.DONE, command.run("score", "m.safetensors", "--data", block, "--out", "s.csv"), command.err());
        List<String> lines = Files.readAllLines(directory.resolve("s.csv"));
        assertEquals(42, lines.size());
        assertEquals("NaN", lines.get(3));
        assertEquals("NaN", lines.get(41));
        assertEquals(
                39, lines.stream().skip(1).filter(line -> !line.equals("NaN")).count());
        assertTrue(command.out().startsWith("39 rows"), command.out());
        assertTrue(
                command.err().contains("2 of 41 rows lack a value and get NaN (missing: drop): rows 3, 41"),
                command.err());
        // In a file of its own the row has a column without a value, and gets what it gets in company.
        assertEquals(
                Main.DONE,
                command.run("score", "m.safetensors", "--data", "gaps.csv", "--out", "all.csv"),
                command.err());
        write("alone.csv", "a,b\n,3\n");
        assertEquals(
                Main.DONE,
                command.run("score", "m.safetensors", "--data", "alone.csv", "--out", "one.csv"),
                command.err());
        assertEquals(
                Files.readAllLines(directory.resolve("all.csv")).get(41),
                Files.readAllLines(directory.resolve("one.csv")).get(1));
        assertEquals(
                Main.DONE,
                command.run(
                        "unlearn",
                        "m.safetensors",
                        "{type: csv, path: gaps.csv, missing: drop}",
                        "--out",
                        "u.safetensors"),
                command.err());
        assertTrue(
                command.err().contains("2 of 41 rows lack a value and are left out (missing: drop): rows 3, 41"),
                command.err());
        assertTrue(command.out().contains("fitted to 21 rows"), command.out());
    }

    @Test
    void scoresAreThoseOfTheRunsMetrics() throws IOException {
        write("grid.yaml", SMALL.replace("heldout: 500", "heldout: 0") + "evaluate: [log-likelihood]\n");
        assertEquals(0, command.run("run", "grid.yaml", "--out", "r"), command.err());
        assertEquals(
                0,
                command.run(
                        "score",
                        "r/model.safetensors",
                        "--data",
                        "{type: two-moons, rows: 2000, heldout: 0, seed: 7}",
                        "--out",
                        "r/l.csv"),
                command.err());
        List<String> lines = Files.readAllLines(directory.resolve("r/l.csv"));
        assertEquals("log_likelihood", lines.get(0));
        double mean = lines.stream()
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .average()
                .orElseThrow();
        JsonNode metrics =
                new ObjectMapper().readTree(directory.resolve("r/metrics.json").toFile());
        // two orders of summation of 2000 numbers of order 1
        assertEquals(metrics.at("/log_likelihood/train").asDouble(), mean, 1e-12);
        assertTrue(command.out().startsWith("2,000 rows, mean log-likelihood "), command.out());
    }

    @Test
    void rowsOutsideTheSupportAreExplained() throws IOException {
        StringBuilder rows = new StringBuilder("width,mass\n");
        for (int n = 0; n < 300; n++) {
            rows.append(Math.sin(n)).append(',').append(5 + Math.cos(2 * n)).append('\n');
        }
        write("rows.csv", rows.toString());
        write("apart.csv", "mass,width\n5,0.1\n900,0.2\n");
        write("c.yaml", """
                target: {type: csv, path: rows.csv, test: apart.csv}
                basis: {family: cosine, degree: 3}
                sample: {count: 50}
                evaluate: [log-likelihood]
                """);
        assertEquals(0, command.run("run", "c.yaml", "--out", "r"), command.err());
        JsonNode metrics =
                new ObjectMapper().readTree(directory.resolve("r/metrics.json").toFile());
        assertTrue(metrics.at("/log_likelihood/heldout").isNull());
        assertEquals(1, metrics.at("/log_likelihood/heldout_impossible_rows").asInt());
        assertTrue(metrics.at("/log_likelihood/heldout_possible").isNumber(), metrics::toPrettyString);
        String remark = metrics.get("remarks").get(0).asText();
        assertTrue(command.out().contains("rows of density 0" + " ".repeat(13) + remark), command.out());
        assertTrue(command.out().matches("(?s).*of the other rows +-?[0-9].*"), command.out());
        assertFalse(command.out().contains(" Infinity"), command.out());
        assertTrue(
                remark.startsWith("1 of 2 held-out rows has a log-likelihood of negative infinity")
                        && remark.contains("mass = 900.000"),
                remark);
        assertTrue(Files.readString(directory.resolve("r/report.html")).contains("mass = 900.000"));
    }

    /** Of every example but those of files, with fewer rows than it has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "two-moons",
                "eight-gaussians",
                "checkerboard",
                "von-mises",
                "expression",
                "ginzburg-landau",
            })
    void anExampleLeavesItsFigures(String name) throws IOException {
        String file = Path.of("src/main/dist/examples", name + ".yaml")
                .toAbsolutePath()
                .toString();
        String[] fewer = {"--set", "target.rows=500", "--set", "target.heldout=100", "--set", "sample.count=100"};
        assertEquals(0, command.run(with(new String[] {"run", file, "--out", name}, fewer)), command.err());
        String metrics = Files.readString(directory.resolve(name + "/metrics.json"));
        assertTrue(metrics.contains("\"sliced_wasserstein\""), metrics);
        boolean weights = Files.readString(Path.of(file)).contains("importance-ess");
        assertEquals(weights, metrics.contains("\"ess_fraction\""), metrics);
    }

    @Test
    void digitsAreShownAsImagesAndNoneIsImpossible() throws IOException {
        String file =
                Path.of("src/main/dist/examples/digits.yaml").toAbsolutePath().toString();
        assertEquals(
                0,
                command.run(
                        "run",
                        file,
                        "--out",
                        "d",
                        "--set",
                        "sample.count=200",
                        "--set",
                        "components=3",
                        "--set",
                        "basis.degree=2"),
                command.err());
        JsonNode metrics =
                new ObjectMapper().readTree(directory.resolve("d/metrics.json").toFile());
        assertTrue(metrics.at("/log_likelihood/heldout").isNumber(), metrics.toString());
        assertEquals(64, metrics.at("/fit/dim").asInt());
        assertTrue(metrics.at("/samples/copies").asDouble() < 0.05, "samples are no copies of training rows");
        String report = Files.readString(directory.resolve("d/report.html"));
        assertTrue(report.contains("id=\"images\""), "the report has a section of images");
    }

    /** The example of expectations, with fewer rows; its law has a product of two sums under quadrature. */
    @Test
    void expectationsAreThoseOfQuadrature() throws IOException {
        String file = Path.of("src/main/dist/examples/expectation.yaml")
                .toAbsolutePath()
                .toString();
        String[] fewer = {"--set", "target.rows=4000", "--set", "sample.count=3000", "--set", "basis.degree=8"};
        assertEquals(0, command.run(with(new String[] {"run", file, "--out", "e"}, fewer)), command.err());
        JsonNode found = new ObjectMapper()
                .readTree(directory.resolve("e/metrics.json").toFile())
                .get("expectation");
        double[] sums = new double[5];
        // The trapezoid rule of a function that is smooth and vanishes at the ends converges faster than any power.
        for (double x = -3; x <= 3; x += 0.01) {
            for (double y = -3; y <= 3; y += 0.01) {
                double p = Math.exp(-2 * Math.pow(x * x - 1, 2) - 2 * Math.pow(y * y - 1, 2) + 0.6 * x * y + 0.3 * x);
                double[] terms = {p, p * x, p * y, p * x * y, p * x * x};
                for (int k = 0; k < terms.length; k++) {
                    sums[k] += terms[k];
                }
            }
        }
        List<String> names = List.of("mean_x", "mean_y", "coupling", "second_x");
        for (int k = 0; k < names.size(); k++) {
            String name = names.get(k);
            double truth = sums[k + 1] / sums[0];
            for (String kind : List.of(name, name + "_plain")) {
                double error = found.get(kind + "_error").asDouble();
                // Eight estimates at 3.5 standard errors: one failure in 270 seeds, of which this is one.
                assertEquals(truth, found.get(kind).asDouble(), 3.5 * error, kind);
            }
            assertTrue(found.get(name + "_variance_reduction").asDouble() > 1, name + ": " + found);
        }
    }

    /** Unit Gaussians at the ends of a segment: p = (N(x; -1, 1) + N(x; 1, 1)) / 2, whose potential is -log p. */
    private static double mixture(double x) {
        return (Math.exp(-(x + 1) * (x + 1) / 2) + Math.exp(-(x - 1) * (x - 1) / 2)) / (2 * Math.sqrt(2 * Math.PI));
    }

    private static final String POTENTIAL = """
            target:  { type: gaussian-mixture, means: [[-1], [1]], scales: 1, rows: 2000, heldout: 500 }
            basis:   { family: cosine, degree: 8 }
            sampler: { type: pf-ode, steps: 40 }
            sample:  { count: 400, seed: 7 }
            evaluate: [importance-ess]
            """;

    private JsonNode importance(String... settings) throws IOException {
        assertEquals(
                0, command.run(with(new String[] {"run", "potential.yaml", "--out", "r"}, settings)), command.err());
        return new ObjectMapper()
                .readTree(directory.resolve("r/metrics.json").toFile())
                .get("importance");
    }

    @Test
    void samplesOfTheFlowHaveTheImportanceWeightsOfTheirScores() throws IOException {
        write("potential.yaml", POTENTIAL);
        JsonNode importance = importance();
        assertEquals(
                0,
                command.run("score", "r/model.safetensors", "--data", "r/samples.npy", "--out", "r/l.npy"),
                command.err());
        double[] x =
                NpyArray.read(directory.resolve("r/samples.npy"), "samples", 2).values();
        double[] nats = NpyArray.read(directory.resolve("r/l.npy"), "nats", 2).values();
        double sum = 0;
        double squares = 0;
        for (int n = 0; n < x.length; n++) {
            double weight = mixture(x[n]) / Math.exp(nats[n]);
            sum += weight;
            squares += weight * weight;
        }
        // two orders of summation of 400 numbers of order 1
        assertEquals(
                sum * sum / (x.length * squares), importance.get("ess_fraction").asDouble(), 1e-10);
        assertEquals(Math.log(sum / x.length), importance.get("log_normaliser").asDouble(), 1e-10);
    }

    @Test
    void samplesOfAnyOtherLawHaveNoImportanceWeights() throws IOException {
        write("potential.yaml", POTENTIAL);
        new NpyArray(new int[] {2, 1}, new double[] {0.3, 0.6}).write(directory.resolve("x0.npy"));
        for (String setting :
                List.of("sampler={type: reverse-sde, steps: 40}", "sample.initial=" + directory + "/x0.npy")) {
            JsonNode importance = importance("--set", setting);
            assertTrue(importance.has("heldout_ess_fraction"), () -> setting + ": " + importance);
            assertFalse(importance.has("ess_fraction"), () -> setting + ": " + importance);
        }
        write("exact.yaml", POTENTIAL.replaceAll("basis.*\n", "model: exact\nprocess: vp\n"));
        assertEquals(0, command.run("run", "exact.yaml", "--out", "e"), command.err());
        assertFalse(Files.readString(directory.resolve("e/metrics.json")).contains("\"ess_fraction\""));
    }

    @Test
    void mergedModelsAreTheModelOfAllRowsAndRowsCanBeTakenBack() throws IOException {
        assertEquals(0, command.run("run", "small.yaml", "--out", "r", "--set", "sample.count=300"), command.err());
        write("two.yaml", "target: {type: npy, path: r/samples.npy, holdout: 0}\n");
        assertEquals(0, command.run("fit", "small.yaml", "--out", "a.safetensors"), command.err());
        assertEquals(
                0, command.run("fit", "two.yaml", "--out", "b.safetensors", "--like", "a.safetensors"), command.err());
        assertEquals(
                0, command.run("merge", "a.safetensors", "b.safetensors", "--out", "c.safetensors"), command.err());
        assertTrue(command.out().contains("fitted to 2,300 rows"), command.out());
        assertEquals(
                0, command.run("unlearn", "c.safetensors", "b.safetensors", "--out", "d.safetensors"), command.err());
        assertEquals(
                0, command.run("unlearn", "c.safetensors", "r/samples.npy", "--out", "e.safetensors"), command.err());
        String[] sample = {"sample", "", "-n", "50", "--seed", "1", "--out", ""};
        for (String name : List.of("a", "c", "d", "e")) {
            sample[1] = name + ".safetensors";
            sample[7] = name + ".npy";
            assertEquals(0, command.run(sample), command.err());
        }
        assertArrayEquals(bytes("a.npy"), bytes("d.npy"), "moment sums are exact: nothing is left of the rows");
        assertArrayEquals(bytes("a.npy"), bytes("e.npy"));
        assertNotEquals(-1, Arrays.mismatch(bytes("a.npy"), bytes("c.npy")));
        assertEquals(0, command.run("fit", "two.yaml", "--out", "other.safetensors", "--set", "basis.degree=3"));
        assertWrong("cannot be merged", "merge", "a.safetensors", "other.safetensors", "--out", "f.safetensors");
        assertWrong("at least 2 must remain", "unlearn", "b.safetensors", "a.safetensors", "--out", "f.safetensors");
        assertFalse(Files.exists(directory.resolve("f.safetensors")));
    }

    @Test
    void modelsAreComparedOnReusableRows() throws IOException {
        write("grid.yaml", SMALL);
        for (int degree : new int[] {2, 5, 8}) {
            assertEquals(
                    0,
                    command.run(
                            "fit",
                            "grid.yaml",
                            "--out",
                            "m" + degree + ".safetensors",
                            "--set",
                            "basis.degree=" + degree),
                    command.err());
        }
        String[] compare = {
            "compare",
            "m2.safetensors",
            "m8.safetensors",
            "m5.safetensors",
            "--train",
            "{type: two-moons, rows: 1000, heldout: 0, seed: 7}",
            "--data",
            "{type: two-moons, rows: 500, heldout: 0, seed: 8}",
            "--budget",
            "1",
            "--threshold",
            "1e-6"
        };
        assertEquals(0, command.run(compare), command.err());
        String once = command.out();
        List<String> lines = once.lines().toList();
        assertEquals(5, lines.size(), once);
        // With noise far below any difference the first question costs the only answer, and the second gets none.
        assertTrue(lines.get(2).contains("m8.safetensors") && lines.get(2).endsWith("held-out rows"), once);
        assertTrue(lines.get(3).endsWith("nobody, the budget is spent"), once);
        assertTrue(lines.get(4).startsWith("0 of 1 answers"), once);
        assertEquals(0, command.run(compare), command.err());
        assertEquals(once, command.out());
        compare[11] = "100";
        assertEquals(0, command.run(compare), command.err());
        assertTrue(
                command.out().lines().filter(l -> l.endsWith("training rows")).count() == 2, command.out());
        compare[9] = "0";
        assertWrong("--budget: expected a number above 0", compare);
    }

    private static final String CHARTS = """
            target:     { type: two-moons, rows: 2000, heldout: 500 }
            components: 3
            basis:      { degree: 4 }
            process:    { times: 8, earliest: 0.05 }
            solver:     { ridge: 1e-3 }
            sampler:    { type: pf-ode, steps: 8 }
            sample:     { count: 1500, seed: 7 }
            evaluate:   [ log-likelihood, evidence-bound ]
            """;

    @Test
    void anAtlasIsAModelAsAnyOther() throws IOException {
        write("charts.yaml", CHARTS);
        assertEquals(0, command.run("run", "charts.yaml", "--out", "r", "--threads", "2"), command.err());
        JsonNode metrics =
                new ObjectMapper().readTree(directory.resolve("r/metrics.json").toFile());
        assertEquals(3, metrics.at("/fit/components").asInt());
        assertEquals(2000, metrics.at("/fit/rows").asInt());
        double heldout = metrics.at("/log_likelihood/heldout").asDouble();
        double bound = metrics.at("/evidence_bound/heldout").asDouble();
        // Both are of rows with a density of e^-1 or so; what each is worth is tested where it is computed.
        assertTrue(bound < -0.5 && bound > heldout - 1, bound + " and " + heldout);
        String report = Files.readString(directory.resolve("r/report.html"));
        assertTrue(report.contains("mixture of 3 local models"), "the table of charts");
        assertTrue(report.contains("the heaviest of 3 with weight "), "captions");

        assertEquals(0, command.run("run", "r/run.yaml", "--out", "again", "--threads", "1"), command.err());
        for (String file : List.of("samples.npy", "model.safetensors")) {
            assertArrayEquals(bytes("r/" + file), bytes("again/" + file), file);
        }
        String[] sample = {
            "sample", "r/model.safetensors", "-n", "700", "--seed", "7", "--sampler", "{type: pf-ode, steps: 8}"
        };
        assertEquals(0, command.run(with(sample, "--out", "s.npy")), command.err());
        byte[] first = bytes("s.npy");
        assertEquals(-1, Arrays.mismatch(bytes("r/samples.npy"), 128, 128 + 700 * 16, first, 128, first.length));
        assertWrong(
                "--set sample.trajectory=true: sample.trajectory: needs a model of one chart, whose flow all points follow; this one has 3"
                        + " (components: 1 fits one)",
                "run",
                "charts.yaml",
                "--out",
                "t",
                "--set",
                "sample.trajectory=true");
        assertFalse(Files.exists(directory.resolve("t/model.safetensors")), "nothing was fitted");
    }

    @Test
    void atlasesAreMergedAndRowsAreTakenBack() throws IOException {
        write("charts.yaml", CHARTS);
        assertEquals(0, command.run("fit", "charts.yaml", "--out", "a.safetensors"), command.err());
        assertEquals(0, command.run("sample", "a.safetensors", "-n", "300", "--out", "s.npy"), command.err());
        write("two.yaml", "target: {type: npy, path: s.npy, holdout: 0}\n");
        String[] like = {"fit", "two.yaml", "--out", "b.safetensors", "--like", "a.safetensors"};
        assertEquals(0, command.run(like), command.err());
        assertTrue(command.out().contains(" in 3 charts fitted to 300 rows: "), command.out());
        assertEquals(
                0, command.run("merge", "a.safetensors", "b.safetensors", "--out", "c.safetensors"), command.err());
        assertTrue(command.out().contains(" in 3 charts fitted to 2,300 rows: "), command.out());
        for (String rows : List.of("s.npy", "b.safetensors")) {
            assertEquals(0, command.run("unlearn", "c.safetensors", rows, "--out", "d.safetensors"), command.err());
            assertTrue(command.out().contains(" in 3 charts fitted to 2,000 rows: "), command.out());
            assertEquals(!rows.endsWith(".safetensors"), command.out().contains("is not checked"), command.out());
        }
        assertEquals(
                0, command.run("fit", "charts.yaml", "--set", "components=2", "--out", "e.safetensors"), command.err());
        assertWrong("components: 3 and 2", "merge", "a.safetensors", "e.safetensors", "--out", "f.safetensors");
    }

    private static String[] with(String[] arguments, String... more) {
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sample nowhere.safetensors -n 3 --out a.npy|nowhere.safetensors",
                "sample small.yaml -n 3 --out a.npy|small.yaml",
                "sample m.safetensors -n 0 --out a.npy|--count: expected a whole number of at least 1, found 0",
                "sample m.safetensors -n x --out a.npy|x",
                "sample m.safetensors -n 3|Missing required option: '--out=FILE'",
                "sample m.safetensors -n 3 --out a.npz|no writer for this ending; did you mean 'npy'?",
                "sample m.safetensors -n 3 --out a.npy --sampler pfode|--sampler: sampler.type: unknown sampler 'pfode'; did you mean 'pf-ode'?",
                "sample m.safetensors -n 3 --out a.npy --sampler {type:pf-ode}|--sampler: sampler.type: expected",
                "sample m.safetensors -n 3 --out m.safetensors/a.npy|--out: cannot write to",
                "score m.safetensors --data nowhere.csv --out a.csv|nowhere.csv",
                "score m.safetensors --data rows.xyz --out a.csv|no reader for the ending 'xyz'",
                "score m.safetensors --data three.csv --out a.csv|three.csv",
                "fit small.yaml --out .|is a directory; expected the name of a file",
                "fit nowhere.yaml --out a|nowhere.yaml: there is no such file",
            })
    void wrongInputOfModelCommandsIsOneLineAndExitCode2(String arguments, String expected) throws IOException {
        Files.write(directory.resolve("m.safetensors"), smallModel());
        write("three.csv", "a,b,c\n1,2,3\n4,5,6\n");
        assertWrong(expected, arguments.split(" "));
        assertFalse(Files.exists(directory.resolve("a.npy")) || Files.exists(directory.resolve("a.csv")));
    }

    @Test
    void anExactModelReplaysGivenPointsAndNoise() throws IOException {
        write("exact.yaml", """
                target:  { type: eight-gaussians, rows: 50, heldout: 0 }
                model:   exact
                process: vp
                sampler: { type: reverse-sde, steps: 4 }
                sample:  { initial: x0.npy, noise: noise.npy, trajectory: true }
                evaluate: []
                """);
        new NpyArray(new int[] {3, 2}, new double[] {1, 2, 3, 4, 5, 6}).write(directory.resolve("x0.npy"));
        new NpyArray(new int[] {8, 3, 2}, new double[48]).write(directory.resolve("noise.npy"));
        assertEquals(0, command.run("run", "exact.yaml"), command.err());
        NpyArray trajectory = NpyArray.read(directory.resolve("out/exact/trajectory.npy"), "trajectory", 3);
        assertArrayEquals(new int[] {5, 3, 2}, trajectory.shape(), "4 steps and the initial state");
        assertArrayEquals(
                new double[] {1, 2, 3, 4, 5, 6}, Arrays.copyOf(trajectory.values(), 6), "begins at the given points");
        new NpyArray(new int[] {8, 2, 2}, new double[32]).write(directory.resolve("noise.npy"));
        assertWrong("sample.noise: expected draws for 3 points of 2 coordinates", "run", "exact.yaml");
        new NpyArray(new int[] {1, 3, 2}, new double[6]).write(directory.resolve("noise.npy"));
        assertWrong("sample.noise: the sampler uses more than the 1 recorded draws", "run", "exact.yaml");
    }

    @Test
    void aTargetWithoutExactScoreIsRefused() {
        assertWrong(
                "model: the target two-moons does not know its exact score",
                "run",
                "small.yaml",
                "--set",
                "model=exact",
                "--set",
                "process=vp");
    }

    /** A model of a few functions, fitted once. */
    private byte[] smallModel() throws IOException {
        if (model == null) {
            String[] small = {"--set", "target.rows=200", "--set", "basis.degree=2"};
            String[] fit = {"fit", "small.yaml", "--out", "once.safetensors"};
            assertEquals(0, command.run(with(fit, small)), command.err());
            model = bytes("once.safetensors");
        }
        return model;
    }

    @Test
    void formatChoosesTheWriter() throws IOException {
        assertEquals(
                0,
                command.run(
                        "run",
                        "small.yaml",
                        "--set",
                        "output.format=csv",
                        "--set",
                        "evaluate=[]",
                        "--set",
                        "sample.count=3"),
                command.err());
        assertEquals(
                4,
                Files.readAllLines(directory.resolve("out/small/samples.csv")).size(),
                "a header and three rows");
    }

    /**
     * Of an outcome 0 or 1 that depends on a number, normal about 2.7 where it is 1, with nothing configured: samples are 0 or
     * 1, as often as in the table, and the number is what it is beside each.
     */
    @Test
    void samplesOfAnOutcomeLieAtItsValues() throws IOException {
        CounterRandom random = new CounterRandom(20);
        StringBuilder rows = new StringBuilder("x,flag\n");
        for (int n = 0; n < 1000; n++) {
            int flag = random.uniform(n, 0) < 0.5 ? 1 : 0;
            rows.append(random.normal(n, 1) + 2.7 * flag)
                    .append(',')
                    .append(flag)
                    .append('\n');
        }
        write("rows.csv", rows.toString());
        write(
                "flag.yaml",
                "target: {type: csv, path: rows.csv}\nevaluate: []\noutput: {format: csv}\nsample: {count: 2000}\n");
        assertEquals(0, command.run("run", "flag.yaml"), command.err());
        List<String> samples = Files.readAllLines(directory.resolve("out/flag/samples.csv"));
        int[] counts = new int[2];
        double[] sums = new double[2];
        for (String line : samples.subList(1, samples.size())) {
            String flag = line.split(",")[1];
            assertTrue(flag.equals("0") || flag.equals("1"), line);
            counts[Integer.parseInt(flag)]++;
            sums[Integer.parseInt(flag)] += Double.parseDouble(line.split(",")[0]);
        }
        // Five standard errors of 1,000 rows' share and means, and 0.1 for what a law of 1,000 rows shrinks.
        assertEquals(0.5, counts[1] / 2000.0, 5 * 0.5 / Math.sqrt(1000));
        assertEquals(0, sums[0] / counts[0], 5 / Math.sqrt(500) + 0.1);
        assertEquals(2.7, sums[1] / counts[1], 5 / Math.sqrt(500) + 0.1);
        assertTrue(Files.readString(directory.resolve("out/flag/run.yaml")).contains("sampler: auto"));
        assertEquals(0, command.run("run", "out/flag/run.yaml", "--out", "again"), command.err());
        assertArrayEquals(bytes("out/flag/samples.csv"), bytes("again/samples.csv"));
    }

    /** Of flows, too, beside whole numbers: samples have the decimals of the file, whole numbers are whole; scores read them again. */
    @Test
    void samplesAreWrittenAsTheFileIs() throws IOException {
        CounterRandom random = new CounterRandom(21);
        StringBuilder rows = new StringBuilder("temperature,direction\n");
        for (int n = 0; n < 200; n++) {
            rows.append(String.format(
                    Locale.ROOT, "%.1f,%.0f%n", 10 + 4 * random.normal(n, 1), 180 + 60 * random.normal(n, 2)));
        }
        write("rows.csv", rows.toString());
        write(
                "rounded.yaml",
                "target: {type: csv, path: rows.csv}\ncomponents: 1\ndensity: flow\nevaluate: []\noutput: {format: csv}\nsample: {count: 50}\n");
        assertEquals(0, command.run("run", "rounded.yaml", "--out", "r"), command.err());
        List<String> samples = Files.readAllLines(directory.resolve("r/samples.csv"));
        assertEquals(51, samples.size());
        for (String line : samples.subList(1, 51)) {
            assertTrue(line.matches("-?\\d+\\.\\d,-?\\d+"), line);
        }
        assertEquals(
                0,
                command.run("score", "r/model.safetensors", "--data", "r/samples.csv", "--out", "s.csv"),
                command.err());
        assertEquals(51, Files.readAllLines(directory.resolve("s.csv")).size());
    }

    /** A smooth law has mass beyond its rows: ages below 0 of two dozen people. Bounds that are declared count in the place of the rows'. */
    @Test
    void samplesOfFlowsStayWithinTheRowsUnlessLetOut() throws IOException {
        CounterRandom random = new CounterRandom(25);
        String text = IntStream.range(0, 24)
                .mapToObj(n -> Math.round(Math.exp(3 + 0.6 * random.normal(n, 1))) + ","
                        + Math.round(1700 + 100 * random.normal(n, 2)) / 10.0 + "," + (50 + random.normal(n, 3)))
                .collect(Collectors.joining("\n"));
        write("rows.csv", "age,height,full\n" + text + "\n");
        String rest = "components: 1\ndensity: flow\nevaluate: []\noutput: {format: csv}\nsample: {count: 400}\n";
        write("within.yaml", "target: {type: csv, path: rows.csv, bounded: [[height, 100, 250]]}\n" + rest);
        write("out.yaml", "target: {type: csv, path: rows.csv, detect: off}\n" + rest);
        assertEquals(0, command.run("run", "within.yaml", "--out", "w"), command.err());
        assertEquals(0, command.run("run", "out.yaml", "--out", "o"), command.err());
        for (int i = 0; i < 3; i++) {
            double[] rows = numbers("rows.csv", i);
            double[] within = numbers("w/samples.csv", i);
            double[] out = numbers("o/samples.csv", i);
            boolean declared = i == 1;
            assertEquals(!declared, within[0] >= rows[0] && within[1] <= rows[1], "column " + i);
            assertTrue(out[0] < rows[0] || out[1] > rows[1], "column " + i);
        }
        // What lies beyond has a density all the same: nothing is known of where the law of the rows ends.
        write("far.csv", "age,height,full\n120,171.5,50.5\n");
        assertEquals(
                0, command.run("score", "w/model.safetensors", "--data", "far.csv", "--out", "s.csv"), command.err());
        assertTrue(Double.isFinite(numbers("s.csv", 0)[0]));
    }

    /** The least number of a column and the largest. */
    private double[] numbers(String file, int column) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve(file));
        DoubleSummaryStatistics statistics = lines.subList(1, lines.size()).stream()
                .mapToDouble(line -> Double.parseDouble(line.split(",")[column]))
                .summaryStatistics();
        return new double[] {statistics.getMin(), statistics.getMax()};
    }

    /** Of tables of numbers alone, too, whatever writes rows; numbers that are declared positive are so when they are rounded. */
    @Test
    void decimalsOfNumbersAloneAreKept() throws IOException {
        CounterRandom random = new CounterRandom(23);
        String text = IntStream.range(0, 200)
                .mapToObj(n -> Math.max(1, Math.round(10 * Math.exp(0.8 * random.normal(n, 1) - 1))) / 10.0 + ","
                        + Math.round(500 + 100 * random.normal(n, 2)) / 100.0 + "," + random.normal(n, 3))
                .collect(Collectors.joining("\n"));
        write("rows.csv", "petal,sepal,full\n" + text + "\n");
        write(
                "numbers.yaml",
                "target: {type: csv, path: rows.csv, positive: [petal]}\ncomponents: 1\ndensity: flow\nevaluate: []\noutput: {format: csv}\nsample: {count: 100}\n");
        write("gap.csv", "petal,sepal,full\n0.4,,0.123456789012345\n");
        assertEquals(0, command.run("run", "numbers.yaml", "--out", "r"), command.err());
        String model = "r/model.safetensors";
        String[][] answers = {
            {"sample", model, "--count", "20", "--out", "r/more.csv"},
            {"sample", model, "--count", "20", "--where", "sepal > 4.8", "--out", "r/where.csv"},
            {"impute", model, "--data", "gap.csv", "--out", "r/imputed.csv"}
        };
        for (String[] answer : answers) {
            assertEquals(0, command.run(answer), command.err());
        }
        for (String file : List.of("samples", "more", "where", "imputed")) {
            List<String> lines = Files.readAllLines(directory.resolve("r/" + file + ".csv"));
            for (String line : lines.subList(1, lines.size())) {
                assertTrue(line.matches("\\d+\\.\\d,-?\\d+\\.\\d\\d?,-?\\d\\.\\d{10,}(E-\\d)?"), file + ": " + line);
                assertTrue(Double.parseDouble(line.substring(0, line.indexOf(','))) > 0, file + ": " + line);
            }
        }
        assertEquals(0, command.run("score", model, "--data", "r/samples.csv", "--out", "r/s.csv"), command.err());
    }

    @Test
    void theReportShowsRowsThatAreImages() throws IOException {
        String[] run = {"run", "image.yaml", "--out", "r"};
        write("image.yaml", SMALL + "evaluate: []\noutput: {image: [1, 2]}\n");
        assertEquals(0, command.run(run), command.err());
        String report = Files.readString(directory.resolve("r/report.html"));
        assertTrue(report.contains("\"images\":{\"height\":1,\"width\":2,"), "one row of two pixels");
        assertTrue(Files.readString(directory.resolve("r/run.yaml")).contains("image: [1, 2]"));
        assertEquals(0, command.run(with(run, "--set", "output.image=[]")), command.err());
        assertFalse(Files.readString(directory.resolve("r/report.html")).contains("\"images\":{"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[8,8]|output.image: an image of 8 x 8 pixels has 64 columns, the target two-moons has 2",
                "[4096,4096]|output.image: an image of 4096 x 4096 pixels has 16777216 columns",
                "[2]|output: image: expected height and width, [8, 8], found [2]",
                "[0,2]|output.image: expected a whole number in [1, 4096], found",
                "8x8|output.image: expected",
            })
    void anImageHasAPixelForEachColumn(String image, String expected) {
        assertWrong(expected, "run", "small.yaml", "--set", "output.image=" + image);
        assertFalse(Files.exists(directory.resolve("out/small/model.safetensors")), "nothing was fitted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run|Missing required parameter: 'CONFIG'; see 'eigendrift run --help'",
                "rnu small.yaml|did you mean 'run'?",
                "run small.yaml --thread 2|--threads",
                "run small.yaml --threads two|two",
                "run small.yaml --threads 0|--threads: expected a whole number of at least 1, found 0",
                "run nowhere.yaml|nowhere.yaml: there is no such file",
                "run small.yaml --set sampler.steps=0|--set sampler.steps=0: sampler.steps: expected",
                "run small.yaml --set components=0|--set components=0: components: expected a whole number in [1, 1000] or auto, found 0",
                "run small.yaml --set component=3|component: unknown block; did you mean 'components'?",
                "run small.yaml --set sampler=pfode|did you mean 'pf-ode'?",
                "run small.yaml --set basis.degree=0|basis.degree: expected a whole number",
                "run small.yaml --set target.rows=-5|target.rows: expected",
                "run small.yaml --set target={type:csv,path:none.csv}|none.csv",
                "run small.yaml --plugins nowhere|--plugins nowhere: there is no such directory",
                "run small.yaml --out small.yaml|--out: cannot write to",
                "run small.yaml --set output.dir=small.yaml/sub|output.dir: cannot write to",
                "plugins show sovler cg|did you mean 'solver'?",
                "plugins show solver cgg|did you mean 'cg'?",
                "plugins list solvers|did you mean 'solver'?",
                "plugins show solver|Missing required parameter: 'NAME'",
            })
    void wrongInputIsOneLineAndExitCode2(String arguments, String expected) {
        assertWrong(expected, arguments.split(" "));
    }

    @Test
    void noCommandAtAllNamesTheCommands() {
        assertWrong("expected a command: run");
    }

    @Test
    void aColumnOfOneValueComesBack() throws IOException {
        StringBuilder rows = new StringBuilder("a,b\n");
        for (int n = 0; n < 50; n++) {
            rows.append("7.5,").append(Math.sin(n) + 0.001 * n).append('\n');
        }
        write("data.csv", rows.toString());
        write(
                "csv.yaml",
                "target: {type: csv, path: data.csv, holdout: 0}\nbasis: {degree: 3}\noutput: {format: csv}\n"
                        + "sample: {count: 20}\nevaluate: []\n");
        assertEquals(Main.DONE, command.run("run", "csv.yaml", "--out", "results"), command.err());
        List<String> samples = Files.readAllLines(directory.resolve("results/samples.csv"));
        assertEquals("a,b", samples.get(0));
        assertEquals(21, samples.size());
        samples.subList(1, 21).forEach(line -> assertTrue(line.startsWith("7.5,"), line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b\\n1,2\\n3|data.csv",
                "a,b\\n1,x\\n3,4\\n|data.csv",
                "a,b\\n1,NaN\\n3,4\\n|data.csv",
                "a,b\\n|data.csv",
                "''|data.csv",
            })
    void wrongDataIsOneLineAndExitCode2AndLeavesNoHalfFile(String text, String expected) throws IOException {
        write("data.csv", text.replace("\\n", "\n").replace("''", ""));
        write("csv.yaml", "target: {type: csv, path: data.csv, holdout: 0}\nbasis: {family: cosine}\n");
        assertWrong(expected, "run", "csv.yaml", "--out", "results");
        assertFalse(Files.exists(directory.resolve("results")), "nothing is left, the directory included");
    }

    @Test
    void everyMistakeOfAConfigurationGetsItsLine() throws IOException {
        write("bad.yaml", "target: {type: two-moons, rwos: 3}\nsampler: {steps: -1}\nsolvr: cg\n");
        assertEquals(Main.WRONG_INPUT, command.run("run", "bad.yaml"));
        assertEquals(
                List.of("bad.yaml:1", "bad.yaml:2", "bad.yaml:3"),
                command.err()
                        .lines()
                        .map(line -> line.substring(0, "bad.yaml:1".length()))
                        .toList());
        assertFalse(Files.exists(directory.resolve("out")), "nothing is written before the input is right");
    }

    @Test
    void anInterruptedRunKeepsWhatItHasAndExits130() {
        command.cancellation().cancel();
        assertEquals(Main.INTERRUPTED, command.run("run", "small.yaml"));
        assertTrue(command.err().startsWith("interrupted"), command.err());
        assertFalse(Files.exists(directory.resolve("out/small/samples.npy")));
    }

    @Test
    void verboseSaysWhatWasChosenAndKeepsTheLog() throws IOException {
        assertEquals(0, command.run("run", "small.yaml", "--verbose", "--set", "evaluate=[]"));
        assertTrue(command.err().contains("frames: box"), command.err());
        assertTrue(
                Files.readString(directory.resolve("out/small/eigendrift.log")).contains("frames: box"));
        assertEquals(0, command.run("run", "small.yaml", "--set", "evaluate=[]"));
        assertFalse(Files.exists(directory.resolve("out/small/eigendrift.log")), "the log of an older run is gone");
    }

    @Test
    void helpAndVersionAndListing() {
        assertEquals(0, command.run("--help"));
        assertTrue(command.out().contains("run") && command.out().contains("plugins"), command.out());
        assertEquals(0, command.run("run", "--help"));
        assertTrue(command.out().contains("--set") && command.out().contains("target:"), command.out());
        assertEquals(0, command.run("--version"));
        assertTrue(command.out().startsWith("eigendrift "), command.out());
        assertEquals(0, command.run("plugins", "list"));
        assertTrue(command.out().contains("two-moons") && command.out().contains("cholesky"), command.out());
        assertEquals(0, command.run("plugins", "list", "solver"));
        assertFalse(command.out().contains("two-moons"), command.out());
        assertEquals(0, command.run("plugins", "show", "solver", "cg"));
        assertTrue(command.out().contains("tolerance: a number above 0 (default"), command.out());
        assertEquals("", command.err());
    }
}
