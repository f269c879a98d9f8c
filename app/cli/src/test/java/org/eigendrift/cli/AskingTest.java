package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that ask a model, from a file of rows to files of answers. */
class AskingTest {
    private static final int ROWS = 400;

    /** Models of a table of levels, whole and other numbers, and of two real columns. */
    private static byte[] table;

    private static byte[] flow;

    @TempDir
    private Path directory;

    private Command command;

    /** Level b has weights around 50, level a around 20; lengths are a tenth of it, with noise of 0.2. */
    private static String row(int n) {
        CounterRandom random = new CounterRandom(3);
        boolean b = random.uniform(n, 0) < 0.4;
        double weight = Math.rint((b ? 50 : 20) + 4 * random.normal(n, 2));
        return String.format(
                Locale.ROOT, "%s,%.0f,%.3f", b ? "b" : "a", weight, weight / 10 + 0.2 * random.normal(n, 4));
    }

    @BeforeAll
    static void fit(@TempDir Path directory) throws IOException {
        Command command = new Command(directory);
        String rows = IntStream.range(0, ROWS).mapToObj(AskingTest::row).collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("rows.csv"), "kind,weight,length\n" + rows + "\n");
        Files.writeString(
                directory.resolve("table.yaml"),
                "target: { type: csv, path: rows.csv, holdout: 0 }\nlaw: { type: table }\n");
        Files.writeString(
                directory.resolve("flow.yaml"),
                "target: { type: csv, path: rows.csv, columns: [weight, length], detect: off, holdout: 0 }\n"
                        + "components: 1\ndensity: flow\nbasis: { family: hermite, degree: 4 }\n");
        for (String name : List.of("table", "flow")) {
            assertEquals(Main.DONE, command.run("fit", name + ".yaml", "--out", name + ".safetensors"), command.err());
        }
        table = Files.readAllBytes(directory.resolve("table.safetensors"));
        flow = Files.readAllBytes(directory.resolve("flow.safetensors"));
    }

    @BeforeEach
    void begin() throws IOException {
        command = new Command(directory);
        Files.write(directory.resolve("table.safetensors"), table);
        Files.write(directory.resolve("flow.safetensors"), flow);
        Files.writeString(directory.resolve("open.csv"), "kind,weight,length\nb,52,5.1\n,49,\na,,2.05\n,,\n");
    }

    private void done(String... arguments) {
        assertEquals(Main.DONE, command.run(arguments), command.err());
    }

    private static final String FLOW = "components: 1\ndensity: flow";

    /** A model of 400 rows, and its file of rows and configuration. */
    private void fit(String name, String header, IntFunction<String> row, String more, String law) throws IOException {
        String rows = IntStream.range(0, ROWS).mapToObj(row).collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve(name + ".csv"), header + "\n" + rows + "\n");
        Files.writeString(
                directory.resolve(name + ".yaml"),
                "target: { type: csv, path: " + name + ".csv, holdout: 0" + more + " }\n" + law + "\n");
        done("fit", name + ".yaml", "--out", name + ".safetensors");
    }

    private List<String[]> rows(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file)).stream()
                .map(line -> line.split(",", -1))
                .toList();
    }

    @Test
    void samplesMeetTheConditionAndItsProbabilityIsTold() throws IOException {
        done("sample", "table.safetensors", "--where", "kind = 'b' and weight > 52", "-n", "200", "-o", "s.csv");
        List<String[]> rows = rows("s.csv");
        assertEquals(201, rows.size());
        for (String[] row : rows.subList(1, rows.size())) {
            assertEquals("b", row[0]);
            assertTrue(Integer.parseInt(row[1]) >= 53, row[1]);
        }
        assertTrue(command.out().contains("log-probability of the condition"), command.out());
        assertTrue(command.out().lines().count() >= 2, command.out());
        byte[] first = Files.readAllBytes(directory.resolve("s.csv"));
        done(
                "sample",
                "table.safetensors",
                "--where",
                "kind = 'b' and weight > 52",
                "-n",
                "200",
                "-o",
                "t.csv",
                "--threads",
                "3");
        assertArrayEquals(first, Files.readAllBytes(directory.resolve("t.csv")));
    }

    /** Lengths of heavy rows are mostly not seen: they are about 5, those that were seen 2 at the average. */
    @Test
    void rowsWithGapsAreFittedAsIfTheyHadBeenSeen() throws IOException {
        CounterRandom random = new CounterRandom(9);
        String rows = IntStream.range(0, 200)
                .mapToObj(n -> row(n).startsWith("b") && random.uniform(n, 0) < 0.6
                        ? row(n).substring(0, row(n).lastIndexOf(',') + 1)
                        : row(n))
                .collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("gaps.csv"), "kind,weight,length\n" + rows + "\n");
        Files.writeString(
                directory.resolve("gaps.yaml"), "target: { type: csv, path: gaps.csv, holdout: 0, missing: model }\n");
        done("fit", "gaps.yaml", "--out", "gaps.safetensors");
        done("sample", "gaps.safetensors", "-n", "2000", "-o", "drawn.csv");
        List<String[]> drawn = rows("drawn.csv");
        double mean = drawn.stream()
                .skip(1)
                .mapToDouble(row -> Double.parseDouble(row[2]))
                .average()
                .orElseThrow();
        double whole = IntStream.range(0, 200)
                .mapToDouble(n -> Double.parseDouble(row(n).split(",")[2]))
                .average()
                .orElseThrow();
        // Of some 80 lengths of 5 some 50 are drawn, given the weight to 0.2: their mean to 0.05, the shares of kinds
        // to 0.01 each. A
        // law of 200 rows takes 2 % of a level's lengths for those of the other, 3 away, and what is drawn from it
        // passes that on:
        // 0.06 / (1 - 0.6) of the heavy rows, 0.06 of all. Without the rows that have gaps it is smaller by 0.55.
        assertEquals(whole, mean, 0.2);
        assertEquals(Main.WRONG_INPUT, command.run("run", "gaps.yaml"));
        assertTrue(command.err().contains("missing: model"), command.err());
    }

    /** Where rows were seen to end a law of a table does not: what lies beyond is answered, stays as it is, and is told. */
    @Test
    void whatLiesBeyondTheRowsIsAnsweredAndTold() throws IOException {
        fit(
                "days",
                "day,size",
                n -> java.time.LocalDate.of(2020, 1, 1).plusDays(n) + "," + (100 + n),
                "",
                "law: { type: table }");
        Files.writeString(directory.resolve("far.csv"), "day,size\n2021-06-30,\n2020-05-05,\n2021-02-08,\n");
        done("impute", "days.safetensors", "--data", "far.csv", "-o", "f.csv");
        List<String[]> filled = rows("f.csv");
        assertEquals("2021-06-30", filled.get(1)[0]);
        assertEquals("2021-02-08", filled.get(3)[0]);
        // Of 400 days the last is 2021-02-03: a tenth of them is 40.
        assertTrue(
                command.out()
                        .contains(
                                "column 'day' was seen from '2020-01-01' to '2021-02-03', and 1 cell lies far beyond: the law"
                                        + " is extrapolated"),
                command.out());
        done("sample", "days.safetensors", "--where", "day > '2021-06-01'", "-n", "20", "-o", "s.csv");
        for (String[] row : rows("s.csv").subList(1, 21)) {
            assertTrue(row[0].compareTo("2021-06-01") > 0, row[0]);
        }
        assertTrue(
                command.out()
                        .contains(
                                "column 'day' was seen from '2020-01-01' to '2021-02-03', and the condition lies beyond: the"
                                        + " law is extrapolated"),
                command.out());
        done("sample", "days.safetensors", "--where", "size >= 450 and day > '2021-02-01'", "-n", "20", "-o", "s.csv");
        assertFalse(command.out().contains("extrapolated"), command.out());
    }

    @Test
    void aFlowOfRealColumnsIsAskedTheSameWay() throws IOException {
        done("sample", "flow.safetensors", "--where", "weight - 10 * length = 0.5", "-n", "50", "-o", "s.csv");
        List<String[]> rows = rows("s.csv");
        for (String[] row : rows.subList(1, rows.size())) {
            assertEquals(0.5, Double.parseDouble(row[0]) - 10 * Double.parseDouble(row[1]), 1e-9);
        }
        assertTrue(command.out().contains("log-probability of the condition"), command.out());
    }

    @Test
    void openCellsAreDrawnForEachRow() throws IOException {
        done("sample", "table.safetensors", "--where-rows", "open.csv", "-n", "30", "-o", "s.csv");
        List<String[]> rows = rows("s.csv");
        assertEquals(1 + 4 * 30, rows.size());
        assertArrayEquals(new String[] {"draw", "kind", "weight", "length"}, rows.get(0));
        double length = 0;
        for (int n = 1; n < rows.size(); n++) {
            String[] row = rows.get(n);
            assertEquals(Integer.toString((n - 1) / 4 + 1), row[0]);
            assertTrue(Arrays.stream(row).noneMatch(String::isEmpty), String.join(",", row));
            if ((n - 1) % 4 == 1) {
                assertEquals("49", row[2]);
                length += Double.parseDouble(row[3]) / 30;
            }
        }
        // Thirty lengths of deviation 0.2 about 4.9, of a law that knows 160 such rows to within cells some 0.2 wide.
        assertEquals(4.9, length, 0.3);
    }

    @Test
    void gapsAreFilledAndWhatIsThereStays() throws IOException {
        done("impute", "table.safetensors", "--data", "open.csv", "--intervals", "-o", "f.csv");
        List<String[]> rows = rows("f.csv");
        assertEquals(
                "kind,weight,length,weight_low90,weight_low50,weight_high50,weight_high90,length_low90,length_low50,"
                        + "length_high50,length_high90",
                String.join(",", rows.get(0)));
        assertEquals("b,52,5.100,,,,,,,,", String.join(",", rows.get(1)));
        assertEquals("b", rows.get(2)[0]);
        assertEquals("49", rows.get(2)[1]);
        assertEquals(4.9, Double.parseDouble(rows.get(2)[2]), 0.3);
        assertTrue(Double.parseDouble(rows.get(2)[7]) < 4.9 && Double.parseDouble(rows.get(2)[10]) > 4.9);
        // A length of 2.05 has a weight of 20.5, to within cells of some two.
        assertEquals(20.5, Double.parseDouble(rows.get(3)[1]), 3);
        assertTrue(command.out().contains("6 open cells in 3 of 4 rows filled"), command.out());
    }

    /** The model's lengths have three decimals, its weights none. */
    @ParameterizedTest
    @ValueSource(strings = {"law: { type: table }", "components: 1\ndensity: flow"})
    void knownCellsWithMoreDecimalsThanTheModelHasStayWhatTheyAre(String law) throws IOException {
        Files.writeString(directory.resolve("some.csv"), "weight,length\n50,5.01055\n,2.5\n21.25,\n");
        String rounded =
                "target: { type: csv, path: rounded.csv, columns: [weight, length], holdout: 0 }\n" + law + "\n";
        Files.writeString(directory.resolve("rounded.yaml"), rounded);
        String text = IntStream.range(0, 200).mapToObj(AskingTest::row).collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("rounded.csv"), "kind,weight,length\n" + text + "\n");
        String model = "rounded.safetensors";
        done("fit", "rounded.yaml", "--out", model);
        done("impute", model, "--data", "some.csv", "--intervals", "-o", "f.csv");
        done("impute", model, "--data", "some.csv", "--draws", "2", "-o", "d.csv");
        for (String file : List.of("f.csv", "d.csv")) {
            List<String[]> rows = rows(file);
            int at = List.of(rows.get(0)).indexOf("weight");
            assertArrayEquals(new String[] {"50", "5.01055"}, Arrays.copyOfRange(rows.get(1), at, at + 2));
            assertEquals("2.500", rows.get(2)[at + 1]);
            assertTrue(rows.get(2)[at].matches("\\d+"), rows.get(2)[at]);
            assertEquals("21.25", rows.get(3)[at]);
            assertTrue(rows.get(3)[at + 1].matches("-?\\d\\.\\d{3}"), rows.get(3)[at + 1]);
        }
        String last = String.join(",", rows("f.csv").get(1));
        assertTrue(last.endsWith("50,5.01055,,,,,,,,"), "intervals of known cells are empty: " + last);
        done("predict", model, "--data", "some.csv", "--target", "length", "-o", "p.csv");
        assertEquals("5.01055", rows("p.csv").get(1)[0]);
        assertTrue(String.join(",", rows("p.csv").get(3)).endsWith(",,"), "no truth, no score");
    }

    @Test
    void intervalsOfKnownCellsAreEmptyWhereNumbersHaveFullPrecision() throws IOException {
        CounterRandom random = new CounterRandom(7);
        fit("full", "a,b", n -> random.normal(n, 0) + "," + random.normal(n, 2), ", detect: off", FLOW);
        Files.writeString(directory.resolve("some.csv"), "a,b\n0.1234567,\n0.5,0.25\n");
        done("impute", "full.safetensors", "--data", "some.csv", "--intervals", "-o", "f.csv");
        assertEquals("0.1234567", rows("f.csv").get(1)[0]);
        assertEquals("0.5,0.25,,,,", String.join(",", rows("f.csv").get(2)));
    }

    @Test
    void columnsThatTheFileLacksAreOpenAndRowsBeyondTheModelAreTold() throws IOException {
        Files.writeString(directory.resolve("few.csv"), "weight\n21\n500\n");
        done("impute", "table.safetensors", "--data", "few.csv", "-o", "f.csv");
        List<String[]> rows = rows("f.csv");
        assertEquals("a", rows.get(1)[0]);
        assertEquals("500", rows.get(2)[1], "what was there stays");
        String told = "column 'weight' was seen from 9 to 60, and 1 cell lies far beyond: the law is extrapolated";
        assertTrue(command.out().contains(told), command.out());
        done("impute", "table.safetensors", "--data", "few.csv", "--draws", "2", "-o", "d.csv");
        assertEquals("500", rows("d.csv").get(2)[2], "in draws, too");
        assertEquals("500", rows("d.csv").get(4)[2]);
        assertTrue(command.out().contains(told), command.out());
    }

    /** They were written as the last level that the model knows, or filled with another one. */
    @Test
    void levelsThatTheModelDoesNotKnowStayWhatTheyAre() throws IOException {
        Files.writeString(directory.resolve("new.csv"), "kind,weight,length\nzebra,50,\nzebra,21,2.1\ny,,2\nb,50,\n");
        done("impute", "table.safetensors", "--data", "new.csv", "-o", "f.csv");
        List<String[]> rows = rows("f.csv");
        assertEquals(
                List.of("zebra", "zebra", "y", "b"),
                List.of(rows.get(1)[0], rows.get(2)[0], rows.get(3)[0], rows.get(4)[0]));
        assertEquals(5, Double.parseDouble(rows.get(1)[2]), 0.5, "by the weight alone");
        assertTrue(
                command.err()
                        .contains(
                                "the model has no level 'zebra'; known: a, b; cells with it stay, and tell nothing of others"),
                command.err());
        assertTrue(
                command.out()
                        .contains(
                                "column 'kind': 3 cells of a level that the model does not know, asked about as if open"),
                command.out());
        done("impute", "table.safetensors", "--data", "new.csv", "--draws", "2", "-o", "d.csv");
        assertEquals("zebra", rows("d.csv").get(1)[1]);
        assertEquals("y", rows("d.csv").get(7)[1]);
    }

    @Test
    void columnsThatTheModelLacksAreSaidToBeLeftOut() throws IOException {
        Files.writeString(directory.resolve("more.csv"), "id,weight,kind,length\n7,50,b,\n");
        done("impute", "table.safetensors", "--data", "more.csv", "-o", "f.csv");
        assertEquals("kind,weight,length", String.join(",", rows("f.csv").get(0)));
        assertTrue(
                command.err().contains("--data: columns that the model does not have are left out: id"), command.err());
    }

    /** One weight in milligrams among kilograms; the largest of Cauchy numbers is not so far from the next. */
    @Test
    void aValueFarFromAllOthersIsTold() throws IOException {
        CounterRandom random = new CounterRandom(12);
        fit(
                "typo",
                "kg,cauchy",
                n -> (n == 77 ? 7e6 : 70 + 9 * random.normal(n, 0)) + ","
                        + Math.tan(Math.PI * (random.uniform(n, 2) - 0.5)),
                ", detect: off",
                FLOW);
        assertTrue(command.err().contains("column 'kg': one row has 7000000.0, "), command.err());
        assertTrue(command.err().contains("law: {type: table} goes by ranks"), command.err());
        assertFalse(command.err().contains("'cauchy'"), command.err());
    }

    /** A ridge that is chosen for rows about 0 holds the mean of rows about 2 back. */
    @Test
    void aModelLikeAnotherThatDoesNotFollowItsRowsIsSaidNotTo() throws IOException {
        CounterRandom random = new CounterRandom(9);
        fit("zero", "u,v", n -> random.normal(n, 0) + "," + random.normal(n, 2), ", detect: off", "");
        for (double mean : new double[] {0, 2}) {
            String rows = IntStream.range(0, 300)
                    .mapToObj(n -> mean + random.normal(n, 4) + "," + random.normal(n, 6))
                    .collect(Collectors.joining("\n"));
            Files.writeString(directory.resolve("moved.csv"), "u,v\n" + rows + "\n");
            Files.writeString(
                    directory.resolve("moved.yaml"),
                    "target: {type: csv, path: moved.csv, detect: off, holdout: 0.2}\n");
            done("fit", "moved.yaml", "--like", "zero.safetensors", "--out", "moved.safetensors");
            assertEquals(mean > 0, command.err().contains("'u' has a mean of "), command.err());
            assertTrue(command.out().contains(" rows, others held out: "), command.out());
        }
    }

    @Test
    void aFlowFillsGapsByIntegration() throws IOException {
        Files.writeString(directory.resolve("some.csv"), "weight,length\n50,\n,2\n");
        done("impute", "flow.safetensors", "--data", "some.csv", "-o", "f.csv");
        assertEquals(5, Double.parseDouble(rows("f.csv").get(1)[1]), 0.5);
        assertEquals(20, Double.parseDouble(rows("f.csv").get(2)[0]), 5);
    }

    @Test
    void levelsArePredictedWithTheirProbabilities() throws IOException {
        done("predict", "table.safetensors", "--data", "open.csv", "--target", "kind", "-o", "p.csv");
        List<String[]> rows = rows("p.csv");
        assertEquals("kind,predicted,p(a),p(b),log_score", String.join(",", rows.get(0)));
        assertEquals("b", rows.get(1)[1]);
        for (String[] row : rows.subList(1, rows.size())) {
            assertEquals(1, Double.parseDouble(row[2]) + Double.parseDouble(row[3]), 1e-9);
        }
        assertEquals(Math.log(Double.parseDouble(rows.get(1)[3])), Double.parseDouble(rows.get(1)[4]), 1e-9);
        assertTrue(command.out().contains("2 with the truth: log-score"), command.out());
        assertTrue(command.out().contains("accuracy 1"), command.out());
    }

    @Test
    void numbersArePredictedWithIntervalsAndScored() throws IOException {
        String header = "kind,weight,length\n";
        String held =
                IntStream.range(ROWS, ROWS + 100).mapToObj(AskingTest::row).collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("held.csv"), header + held + "\n");
        done("predict", "table.safetensors", "--data", "held.csv", "--target", "length", "-o", "p.csv");
        List<String[]> rows = rows("p.csv");
        assertEquals("length,mean,low90,low50,median,high50,high90,log_score,crps", String.join(",", rows.get(0)));
        double square = 0;
        int inside = 0;
        for (String[] row : rows.subList(1, rows.size())) {
            double truth = Double.parseDouble(row[0]);
            square += Math.pow(truth - Double.parseDouble(row[1]), 2) / 100;
            inside += truth >= Double.parseDouble(row[2]) && truth <= Double.parseDouble(row[6]) ? 1 : 0;
        }
        // The noise is 0.2; a law of 400 rows adds what its cells are wide, and some rows fall back to wider laws.
        assertTrue(Math.sqrt(square) < 0.4, "RMSE " + Math.sqrt(square));
        // 90 of 100, less five standard errors.
        assertTrue(inside >= 75, inside + " of 100");
        assertTrue(command.out().contains("CRPS") && command.out().contains("RMSE"), command.out());
    }

    @Test
    void rowsWithGapsAreScoredByWhatIsThere() throws IOException {
        Files.writeString(directory.resolve("some.csv"), "weight,length\n50,5\n50,\n,\n");
        done("score", "flow.safetensors", "--data", "some.csv", "-o", "n.csv");
        List<String[]> rows = rows("n.csv");
        double[] nats = rows.subList(1, 4).stream()
                .mapToDouble(row -> Double.parseDouble(row[0]))
                .toArray();
        assertTrue(nats[1] > -6 && nats[1] < 0, "density of a weight alone " + nats[1]);
        // The law is normalised: 0 for a row of which nothing is known, to within its integration.
        assertEquals(0, nats[2], 0.05);
        done("sample", "flow.safetensors", "--where", "weight = 50", "-n", "1", "-o", "s.csv");
        String said = command.out();
        double told = Double.parseDouble(said.replaceAll("(?s).*condition ([-0-9.]+) nats.*", "$1"));
        // Four figures are told.
        assertEquals(nats[1], told, 1e-2);
    }

    @Test
    void otherDecimalsOfAModelFittedAlikeAreTold() throws IOException {
        CounterRandom random = new CounterRandom(1);
        for (String decimals : List.of("1", "3")) {
            String form = "%." + decimals + "f,%.2f";
            fit(
                    "l" + decimals,
                    "a,b",
                    n -> String.format(Locale.ROOT, form, random.normal(n, 0), random.normal(n, 2)),
                    "",
                    FLOW);
        }
        done("fit", "l3.yaml", "--like", "l1.safetensors", "--out", "l3.safetensors");
        String told =
                "samples are written as the first model has its columns, not as these rows have them: 'a' 0.0 and not 0.000";
        assertTrue((command.out() + command.err()).contains(told), command.err());
        done("sample", "l3.safetensors", "-n", "5", "-o", "s.csv");
        assertTrue(rows("s.csv").get(1)[0].matches("-?\\d\\.\\d"), rows("s.csv").get(1)[0]);
    }

    /** Three steps of a flow about two levels are too coarse for many samples. */
    @Test
    void whatIsSaidOfSamplesIsSaidOnce() throws IOException {
        CounterRandom random = new CounterRandom(1);
        IntFunction<String> row = n -> {
            int flag = random.uniform(n, 0) < 0.4 ? 1 : 0;
            return random.normal(n, 2) + 2 * flag + "," + flag;
        };
        fit("flags", "x,flag", row, ", detect: off", FLOW);
        String coarse = "{ type: pf-ode, steps: 3 }";
        done("sample", "flags.safetensors", "--sampler", coarse, "-n", "300", "-o", "s.csv");
        String said = command.out() + command.err();
        assertEquals(2, said.split("samples left the law", -1).length, said);
    }

    /** Prices of which there are few, and answers from 1 to 5: levels to a law of tables, numbers to a flow. */
    @Test
    void fewNumbersKeepTheirDecimalsInAFlow() throws IOException {
        CounterRandom random = new CounterRandom(4);
        IntFunction<String> prices = n -> {
            double price = 5 + 0.1 * Math.floor(6 * random.uniform(n, 0));
            double answer = 1 + Math.floor(5 * random.uniform(n, 1));
            return String.format(Locale.ROOT, "%.2f,%.0f,%.4f", price, answer, price + random.normal(n, 2));
        };
        fit("few", "price,answer,x", prices, "", FLOW);
        done("sample", "few.safetensors", "-n", "200", "-o", "s.csv");
        for (String[] row : rows("s.csv").subList(1, 201)) {
            assertTrue(row[0].matches("\\d\\.\\d\\d") && row[1].matches("-?\\d"), String.join(",", row));
        }
    }

    /** Directions about north, whole degrees from 0 to 359, of which a sixtieth are 0. */
    private void directions(String law) throws IOException {
        CounterRandom random = new CounterRandom(8);
        IntFunction<String> row = n -> {
            long degrees = Math.floorMod(Math.round(25 * random.normal(n, 0)), 360L);
            return String.format(Locale.ROOT, "%d,%.2f", degrees, random.normal(n, 2));
        };
        fit("winds", "direction,speed", row, ", angles: [direction], angle_unit: degrees", law);
    }

    @ParameterizedTest
    @ValueSource(strings = {"components: 1\ndensity: flow", "law: { type: table }"})
    void wholeDegreesEndWhereTheyBegin(String law) throws IOException {
        directions(law);
        String model = "winds.safetensors";
        double[] shares = new double[3];
        List<String> ranges = List.of("direction > 350", "direction < 10", "direction between 10 and 350");
        for (int k = 0; k < shares.length; k++) {
            done("sample", model, "-n", "500", "-o", "w.csv", "--where", ranges.get(k));
            for (String[] row : rows("w.csv").subList(1, 501)) {
                int degrees = Integer.parseInt(row[0]);
                boolean[] in = {degrees > 350 && degrees < 360, degrees < 10, degrees >= 10 && degrees <= 350};
                assertTrue(in[k] && degrees >= 0, ranges.get(k) + ": " + degrees);
            }
            String told = command.out().replaceAll("(?s).*condition ([-0-9.e]+) nats.*", "$1");
            shares[k] = Math.exp(Double.parseDouble(told));
        }
        // Each is known to some hundredth; zeros are a sixtieth.
        assertEquals(1, Arrays.stream(shares).sum(), 0.03);
        done("sample", model, "-n", "300", "-o", "w.csv", "--where", "350 < direction < 370");
        String across = command.out().replaceAll("(?s).*condition ([-0-9.e]+) nats.*", "$1");
        assertEquals(shares[0] + shares[1], Math.exp(Double.parseDouble(across)), 0.03);
        List<String[]> north = rows("w.csv").subList(1, 301);
        long west = north.stream().filter(row -> Integer.parseInt(row[0]) > 350).count();
        assertTrue(north.stream().allMatch(row -> Integer.parseInt(row[0]) > 350 || Integer.parseInt(row[0]) < 10));
        // To five deviations of independent draws.
        assertEquals(300 * shares[0] / (shares[0] + shares[1]), west, 5 * Math.sqrt(75));
        done("sample", model, "-n", "2000", "-o", "s.csv");
        long zeros = rows("s.csv").stream().filter(row -> row[0].equals("0")).count();
        // 2000 / (25 sqrt(2 pi)) = 32, less and more five standard errors and what a law of 400 rows is off by.
        assertTrue(zeros > 5 && zeros < 100, zeros + " of 2000 are 0");
        assertTrue(rows("s.csv").stream().noneMatch(row -> row[0].equals("360")));
        Files.writeString(directory.resolve("known.csv"), "direction,speed\n359.7,\n0,\n350,\n");
        done("impute", model, "--data", "known.csv", "-o", "f.csv");
        assertEquals(
                List.of("direction", "359.7", "0", "350"),
                rows("f.csv").stream().map(row -> row[0]).toList());
        done("sample", model, "-n", "1", "-o", "w.csv", "--where", "direction = 362");
        assertEquals("2", rows("w.csv").get(1)[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            direction >= 350 and direction <= 370 | column 'direction' is an angle from 0 to 360, found 370; a range across
            direction > 350 or direction < 10 | for one of several ranges: a question for each
            """)
    void rangesAcrossTheEndsOfATurnAreRefusedWithWhatHelps(String where, String expected) throws IOException {
        directions("law: { type: table }");
        assertEquals(
                Main.WRONG_INPUT,
                command.run("sample", "winds.safetensors", "-n", "1", "-o", "w.csv", "--where", where));
        assertTrue(command.err().contains(expected), command.err());
        assertTrue(where.contains(" or ") || command.err().contains("angle_from"), command.err());
    }

    /** Answers from 0 to 10, of which many are at the ends, beside a number that follows them. */
    private void answers(String law) throws IOException {
        CounterRandom random = new CounterRandom(5);
        IntFunction<String> row = n -> {
            double k = Math.max(0, Math.min(10, Math.rint(5 + 4 * random.normal(n, 0))));
            return String.format(Locale.ROOT, "%.0f,%.3f", k, k + random.normal(n, 2));
        };
        fit("answers", "k,x", row, ", types: [[k, integer, 0, 10]]", law);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "components: 1\ndensity: flow\nbasis: { degree: 4 }",
                "components: 2\nbasis: { degree: 2 }",
                "law: { type: table }",
                "given: [x]"
            })
    void wholeNumbersStayWholeAndWithinDeclaredBoundsUnderEveryLaw(String law) throws IOException {
        answers(law);
        Files.writeString(directory.resolve("ends.csv"), "k,x\n,11\n,-1\n4,4\n");
        String model = "answers.safetensors";
        List<String> files = new ArrayList<>();
        done("sample", model, "-n", "1000", "-o", "s.csv");
        done("sample", model, "-n", "300", "--where", "x = 9 and k > 5", "-o", "w.csv");
        done("impute", model, "--data", "ends.csv", "--draws", "100", "-o", "d.csv");
        done("impute", model, "--data", "ends.csv", "--intervals", "-o", "i.csv");
        done("predict", model, "--data", "ends.csv", "--target", "k", "-o", "p.csv");
        files.addAll(List.of("s.csv", "w.csv", "d.csv", "i.csv", "p.csv"));
        for (String file : files) {
            List<String[]> rows = rows(file);
            for (int i = 0; i < rows.get(0).length; i++) {
                if (rows.get(0)[i].matches("k.*|low.*|median|high.*")) {
                    for (String[] row : rows.subList(1, rows.size())) {
                        String said = file + " " + rows.get(0)[i] + " " + row[i];
                        assertTrue(row[i].matches("|\\d|10"), said);
                        assertTrue(!file.equals("w.csv") || Integer.parseInt(row[i]) > 5, said);
                    }
                }
            }
        }
        done("sample", model, "-n", "1000", "-o", "s.npy");
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(directory.resolve("s.npy"))).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = bytes.capacity() - 16 * 1000; at < bytes.capacity(); at += 16) {
            double k = bytes.getDouble(at);
            assertTrue(k == Math.rint(k) && k >= 0 && k <= 10, "s.npy: " + k);
        }
        for (String where : List.of("k = 9.5 and x = 9", "k = 11 and x = 9", "k > 10 and x = 9")) {
            assertEquals(Main.WRONG_INPUT, command.run("sample", model, "-n", "1", "-o", "n.csv", "--where", where));
            assertTrue(command.err().contains("expected a whole number from 0 to 10"), command.err());
        }
    }

    /** Both sides of a bound have all rows between them. */
    @Test
    void whatIsAtLeastABoundIsWhatIsNotLess() throws IOException {
        answers("components: 1\ndensity: flow\nbasis: { degree: 4 }");
        double sum = 0;
        for (String where : List.of("k >= 8", "k < 8")) {
            done("sample", "answers.safetensors", "-n", "1", "-o", "n.csv", "--where", where);
            String told = command.out().replaceAll("(?s).*condition ([-0-9.]+) nats.*", "$1");
            sum += Math.exp(Double.parseDouble(told));
        }
        // Each is known to some hundredth, by thousands of draws; 8 itself is a tenth of the rows.
        assertEquals(1, sum, 0.02);
    }

    @ParameterizedTest
    @ValueSource(strings = {"components: 1", "given: [x]"})
    void aDeclaredZeroIsLeftToTheLawOfTables(String law) throws IOException {
        Files.writeString(directory.resolve("zero.csv"), "k,x\n" + "0,1.5\n1,2.5\n3,1.25\n".repeat(20));
        String target = "target: { type: csv, path: zero.csv, holdout: 0, types: [[k, number, non-negative]] }\n";
        Files.writeString(directory.resolve("zero.yaml"), target + law + "\n");
        assertEquals(Main.WRONG_INPUT, command.run("fit", "zero.yaml", "--out", "zero.safetensors"));
        assertTrue(command.err().contains("column 'k' is declared non-negative"), command.err());
        assertTrue(command.err().contains("law: {type: table}"), command.err());
        Files.writeString(directory.resolve("zero.yaml"), target);
        done("fit", "zero.yaml", "--out", "zero.safetensors");
        done("sample", "zero.safetensors", "-n", "200", "-o", "s.csv");
        for (String[] row : rows("s.csv").subList(1, 201)) {
            assertTrue(Double.parseDouble(row[0]) >= 0, row[0]);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sample table.safetensors -n 1 -o s.csv --where kin=1 | --where: character 1: the model has no column 'kin'; did you mean 'kind'?
            sample table.safetensors -n 1 -o s.csv --where kind=c | --where: character 6: column 'kind' has no level 'c'
            sample table.safetensors -n 1 -o s.csv --where weight=-1 | --where: column 'weight': found -1, expected a whole number of at least 0
            sample table.safetensors -n 1 -o s.csv --where weight>30andweight<20 | --where: character 10: found 'andweight', expected 'and' or the end
            sample table.safetensors -n 1 -o s.csv --where weight>30 --temperature 2 | --where: expected without --sampler
            impute table.safetensors --data open.csv --fill mena -o s.csv | --fill: unknown 'mena'; did you mean 'mean'?
            impute table.safetensors --data open.csv --draws 0 -o s.csv | --draws: expected a whole number of at least 1
            predict table.safetensors --data open.csv --target lengh -o s.csv | --target: the model has no column 'lengh'; did you mean 'length'?
            """)
    void wrongQuestionsAreOneLine(String arguments, String expected) {
        assertEquals(Main.WRONG_INPUT, command.run(arguments.split(" ")), command.err());
        assertTrue(command.err().contains(expected), command.err());
        assertEquals(1, command.err().lines().count(), command.err());
    }
}
