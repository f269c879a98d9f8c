package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.target.Target;
import org.eigendrift.cli.console.Cancellation;
import org.eigendrift.cli.console.Terminal;
import org.eigendrift.cli.run.Setting;
import org.eigendrift.cli.wiring.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeTest {
    private static final int ROWS = 300;

    @TempDir
    private Path directory;

    private Command command;

    @BeforeEach
    void begin() throws IOException {
        command = new Command(directory);
        String[] classes = {"a", "b: c", "\"d, # e\""};
        String rows = IntStream.range(0, ROWS)
                .mapToObj(n -> String.format(
                        "name%dk,%s,%s,%02d.%02d.2024,%s,%d,%s,,%d",
                        n,
                        n % 50 == 7 ? "" : "" + (17 + n * n % 83),
                        classes[n % 3],
                        1 + n % 28,
                        1 + n % 12,
                        n % 2 == 0 ? "yes" : "no",
                        1 + n % 5,
                        Math.sin(n),
                        7))
                .collect(Collectors.joining("\n"));
        Files.writeString(
                directory.resolve("people.csv"), "id,age,class,when,flag,answer,x,empty,same\n" + rows + "\n");
    }

    private String described(String... arguments) {
        assertEquals(Main.DONE, command.run(arguments), command.err());
        return command.out();
    }

    private void assertSaid(String expected) {
        assertTrue(command.out().contains(expected), () -> "expected '" + expected + "' in: " + command.out());
    }

    @Test
    void eachColumnIsShownWithCountsExamplesAndReason() {
        described("describe", "people.csv");
        assertSaid("300 rows, 9 columns\n");
        assertSaid("\nid: left out\n  texts, different in all rows\n  300 rows, no gaps, 300 different\n");
        assertSaid("\nage: integer\n  whole numbers from 17 to 98\n  300 rows, 6 gaps, ");
        assertSaid(
                "\nclass: category\n  3 different texts\n  300 rows, no gaps, 3 different\n  for example a | b: c | d, # e\n");
        assertSaid("\nwhen: date\n  written dd.MM.yyyy, from ");
        assertSaid("\nflag: boolean\n  no and yes\n");
        assertSaid("\nanswer: ordered\n  5 different numbers from 1 to 5\n");
        assertSaid("\nx: number\n");
        assertSaid("\nempty: left out\n  no value in any row\n  300 rows, 300 gaps, 0 different\n");
        assertSaid("\ntarget:\n  type: csv\n  path: people.csv\n");
        assertSaid("    # id is left out: texts, different in all rows\n");
        assertSaid("    # - [x, number]");
        assertSaid("    - [when, date, dd.MM.yyyy]");
    }

    @Test
    void theDraftReadsAsTheSameColumnsFromItsOwnFolder() {
        described("describe", "people.csv", "--out", "drafts/people.yaml");
        assertSaid("a draft to edit: ");
        assertFalse(command.out().contains("target:"), command.out());
        Session session = Session.open(new Setting(
                new Terminal(System.out, System.err, false, Terminal.USUAL_COLUMNS),
                Progress.NONE,
                new Cancellation(),
                directory,
                1,
                "portable",
                List.of(),
                Map.of()));
        Target target = session.configurations()
                .read(Path.of("drafts/people.yaml"), List.of())
                .target()
                .create(RunContext.quiet(0));
        List<Column> columns = target.train().columns();
        assertEquals(
                List.of(
                        Column.Kind.INTEGER,
                        Column.Kind.CATEGORY,
                        Column.Kind.DATE,
                        Column.Kind.BOOLEAN,
                        Column.Kind.ORDERED,
                        Column.Kind.REAL,
                        Column.Kind.ORDERED),
                columns.stream().map(Column::kind).toList());
        assertTrue(columns.get(0).gaps(), "the draft keeps gaps");
        assertEquals(List.of("a", "b: c", "d, # e"), columns.get(1).levels());
        assertEquals("dd.MM.yyyy", columns.get(2).format().pattern());
        assertEquals(List.of("1", "2", "3", "4", "5"), columns.get(4).levels());
        assertEquals(List.of("7"), columns.get(6).levels());
        assertEquals(
                List.of(true, true, true, true, true, false, true),
                target.findings().stream().map(f -> f.declared()).toList());
    }

    @Test
    void aLawOfTablesFitsTheDraftAndSamplesHaveTheFilesTexts() throws IOException {
        described("describe", "people.csv", "--out", "people.yaml");
        Path draft = directory.resolve("people.yaml");
        Files.writeString(draft, Files.readString(draft) + "law: { type: table }\n");
        described("fit", "people.yaml", "--out", "people.safetensors");
        assertFalse(command.err().contains("left out"), "columns that are chosen are not left out: " + command.err());
        described("sample", "people.safetensors", "--count", "50", "--out", "more.csv");
        List<String> lines = Files.readAllLines(directory.resolve("more.csv"));
        assertEquals("age,class,when,flag,answer,x,same", lines.get(0));
        assertEquals(51, lines.size());
        for (String line : lines.subList(1, lines.size())) {
            assertTrue(
                    line.matches("\\d*,(a|b: c|\"d, # e\"),\\d\\d\\.\\d\\d\\.2024,(yes|no),[1-5],-?[\\d.E-]+,7"), line);
        }
    }

    /** Of children 0 to 5, 7 and 8 there may be 6: rare, and no more than one that some rows have. */
    @Test
    void aCountThatNoRowHasIsPossible() throws IOException {
        int[] counts = {0, 1, 2, 2, 3, 3, 4, 5, 7, 8};
        String rows = IntStream.range(0, ROWS)
                .mapToObj(n -> counts[n % 10] + "," + (char) ('a' + n % 3))
                .collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("homes.csv"), "children,kind\n" + rows + "\n");
        Files.writeString(directory.resolve("homes.yaml"), "target: { type: csv, path: homes.csv, holdout: 0 }\n");
        described("fit", "homes.yaml", "--out", "homes.safetensors");
        Files.writeString(directory.resolve("more.csv"), "children,kind\n6,a\n8,a\n9,a\n");
        described("score", "homes.safetensors", "--data", "more.csv", "--out", "scores.csv");
        List<String> scores = Files.readAllLines(directory.resolve("scores.csv"));
        // A ninth of a row of 301 or so, spread over three kinds, against thirty.
        assertTrue(Double.parseDouble(scores.get(1)) < Double.parseDouble(scores.get(2)) - 3, scores.toString());
        assertTrue(Double.parseDouble(scores.get(1)) > -12, scores.toString());
        assertEquals("-Infinity", scores.get(3));
    }

    /** Of a file without a column of the model: the density of the others, which is the sum over what the column may be, a gap too. */
    @Test
    void aFileWithoutAColumnIsScoredByTheOthers() throws IOException {
        String rows = IntStream.range(0, ROWS)
                .mapToObj(n -> n * n % 7 + "," + (n % 4 == 3 ? "" : (char) ('a' + n * n % 7 % 3)))
                .collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("kinds.csv"), "count,kind\n" + rows + "\n");
        Files.writeString(
                directory.resolve("kinds.yaml"), "target: { type: csv, path: kinds.csv, missing: keep, holdout: 0 }\n");
        described("fit", "kinds.yaml", "--out", "kinds.safetensors");
        Files.writeString(directory.resolve("whole.csv"), "count,kind\n2,a\n2,b\n2,c\n2,\n");
        described("score", "kinds.safetensors", "--data", "whole.csv", "--out", "scores.csv");
        double sum = Files.readAllLines(directory.resolve("scores.csv")).stream()
                .skip(1)
                .mapToDouble(line -> Math.exp(Double.parseDouble(line)))
                .sum();
        Files.writeString(directory.resolve("part.csv"), "count,other\n2,x\n");
        described("score", "kinds.safetensors", "--data", "part.csv", "--out", "part-scores.csv");
        assertEquals(
                Math.log(sum),
                Double.parseDouble(
                        Files.readAllLines(directory.resolve("part-scores.csv")).get(1)),
                1e-6);
        assertTrue(
                command.err()
                        .contains(
                                "--data: the file lacks columns of the model: kind: log-likelihoods are those of the other"
                                        + " columns alone"),
                command.err());
        assertEquals(
                Main.WRONG_INPUT,
                command.run("score", "kinds.safetensors", "--data", "part.csv", "--out", "r.csv", "--rarity"));
        assertTrue(
                command.err().contains("--rarity: the file lacks columns of the model: kind; expected all"),
                command.err());
    }

    /** What fit wrote is a model to unlearn whatever its file is called; a file of too few rows is named with what helps. */
    @Test
    void modelsOfAnyEndingAreUnlearnedAndTooFewRowsAreToldWithTheRemedy() throws IOException {
        for (int rows : new int[] {60, 30, 5}) {
            Files.writeString(
                    directory.resolve("x" + rows + ".csv"),
                    "x,y\n"
                            + IntStream.range(0, rows)
                                    .mapToObj(n -> Math.sin(3.7 * n) + "," + Math.cos(2.3 * n))
                                    .collect(Collectors.joining("\n")));
            Files.writeString(
                    directory.resolve("x" + rows + ".yaml"),
                    "target: { type: csv, path: x" + rows + ".csv, holdout: 0 }\n"
                            + (rows < 8 ? "" : "components: 1\n"));
        }
        described("fit", "x60.yaml", "--out", "all.st");
        described("fit", "x30.yaml", "--like", "all.st", "--out", "part.st");
        described("unlearn", "all.st", "part.st", "--out", "rest.st");
        assertSaid("fitted to 30 rows");
        assertEquals(Main.WRONG_INPUT, command.run("unlearn", "all.st", "none.st", "--out", "rest.st"));
        assertTrue(command.err().contains("none.st: no reader for the ending 'st'"), command.err());
        assertEquals(Main.WRONG_INPUT, command.run("fit", "x5.yaml", "--out", "few.st"));
        assertTrue(
                command.err()
                        .contains(
                                "x5.yaml:1: target: too few rows: 5 to fit, expected at least 8; give it more, or hold none"
                                        + " out (holdout: 0)"),
                command.err());
    }

    /** Percents and money are described, drawn, filled, asked for and scored as they are written. */
    @Test
    void signsBesideNumbersStayThere() throws IOException {
        Files.writeString(
                directory.resolve("money.csv"),
                "rate,price,kind\n"
                        + IntStream.range(0, ROWS)
                                .mapToObj(n -> String.format(
                                        Locale.ROOT,
                                        "%.1f%%,\"$%,.2f\",%s",
                                        60 + 20 * Math.sin(n),
                                        1500 + 900 * Math.cos(3.7 * n),
                                        n % 2 == 0 ? "a" : "b"))
                                .collect(Collectors.joining("\n")));
        described("describe", "money.csv", "--out", "money.yaml");
        assertSaid("rate: number\n  numbers from 40 to 80, 1 decimal, with '%' behind\n");
        assertTrue(Files.readString(directory.resolve("money.yaml")).contains("- [price, number, '$#,##0.00']"));
        described("fit", "money.yaml", "--out", "money.safetensors");
        described("sample", "money.safetensors", "--count", "20", "--out", "more.csv", "--where", "rate > 70");
        List<String> more = Files.readAllLines(directory.resolve("more.csv"));
        for (String line : more.subList(1, more.size())) {
            assertTrue(line.matches("[78]\\d\\.\\d%,(\\$\\d+\\.\\d\\d|\"\\$\\d,\\d{3}\\.\\d\\d\"),[ab]"), line);
        }
        Files.writeString(directory.resolve("gaps.csv"), "rate,price,kind\n,$812.125,a\n71.25%,,b\n");
        described("impute", "money.safetensors", "--data", "gaps.csv", "--out", "full.csv");
        List<String> full = Files.readAllLines(directory.resolve("full.csv"));
        assertTrue(full.get(1).matches("\\d\\d\\.\\d%,\\$812\\.125,a"), full.get(1));
        assertTrue(full.get(2).matches("71\\.25%,\"?\\$[\\d,]+\\.\\d\\d\"?,b"), full.get(2));
        assertEquals(
                Main.WRONG_INPUT,
                command.run("sample", "money.safetensors", "--count", "1", "--out", "x.csv", "--where", "rate > 'x'"));
        assertTrue(
                command.err().contains("column 'rate': found 'x', expected a number such as 1234.5%"), command.err());
    }

    /** Where nothing is said of the law, and no flow of real columns can be had, tables get the law of tables. */
    @Test
    void aTableWithCategoriesNeedsNothingButItsFile() throws IOException {
        Files.writeString(directory.resolve("auto.yaml"), "target: { type: csv, path: people.csv, missing: keep }\n");
        described("run", "auto.yaml", "--out", "auto");
        String without =
                "warning: target: columns that are left out: id (texts, different in all rows), empty (no value in any row)";
        assertEquals(2, command.err().split(Pattern.quote(without), -1).length, command.err());
        String resolved = Files.readString(directory.resolve("auto/run.yaml"));
        assertTrue(resolved.contains("law: {type: table}") || resolved.contains("type: table"), resolved);
        described("sample", "auto/model.safetensors", "--count", "50", "--out", "more.csv");
        assertEquals(
                "age,class,when,flag,answer,x,same",
                Files.readAllLines(directory.resolve("more.csv")).get(0));
        Files.writeString(
                directory.resolve("flow.yaml"),
                "target: { type: csv, path: people.csv, missing: drop }\nbasis: { degree: 3 }\n");
        assertEquals(Main.WRONG_INPUT, command.run("fit", "flow.yaml", "--out", "flow.safetensors"));
        assertTrue(command.err().contains("law: {type: table}"), command.err());
    }

    /** Whatever order levels have in another file, and whatever it looks like, cells are the model's. */
    @Test
    void rowsOfATableAreScoredByTheTextsOfTheirLevels() throws IOException {
        Files.writeString(
                directory.resolve("fit.yaml"),
                "target: { type: csv, path: people.csv, missing: keep, holdout: 0 }\nlaw: { type: table }\n");
        described("fit", "fit.yaml", "--out", "people.safetensors");
        described("score", "people.safetensors", "--data", "people.csv", "--out", "all.csv");
        List<String> all = Files.readAllLines(directory.resolve("all.csv"));
        List<String> rows = Files.readAllLines(directory.resolve("people.csv"));
        assertEquals(rows.size(), all.size(), "a line for each row");

        List<String> backwards = new ArrayList<>(List.of(rows.get(0)));
        for (int n : new int[] {299, 7, 1}) {
            backwards.add(rows.get(n));
        }
        backwards.add(rows.get(1).replaceFirst(",(a|b: c|\"d, # e\"),", ",zebra,"));
        Files.write(directory.resolve("few.csv"), backwards);
        command.run("score", "people.safetensors", "--data", "few.csv", "--out", "few-scores.csv");
        assertTrue(command.err().contains("the model has no level 'zebra'"), command.err());
        assertTrue(
                command.err()
                        .contains(
                                "1 of 4 rows has a log-likelihood of negative infinity: outside the model's support in "
                                        + "'class' (1); row 4 has a level of 'class' that the model does not know"),
                command.err());
        double mean = all.subList(1, all.size()).stream()
                .mapToDouble(line -> List.of(299, 7, 1).contains(all.indexOf(line)) ? Double.parseDouble(line) / 3 : 0)
                .sum();
        assertSaid(String.format(
                Locale.ROOT, "4 rows, 1 of density 0, mean log-likelihood of the others %.6g nats a row", mean));
        List<String> few = Files.readAllLines(directory.resolve("few-scores.csv"));
        assertEquals(List.of(all.get(299), all.get(7), all.get(1)), few.subList(1, 4));
        assertEquals("-Infinity", few.get(4));

        command.run("score", "people.safetensors", "--rarity", "--data", "few.csv", "--out", "rare.csv");
        List<String> rare = Files.readAllLines(directory.resolve("rare.csv"));
        assertEquals("rarity", rare.get(0));
        assertTrue(Double.parseDouble(rare.get(1)) != -Double.parseDouble(few.get(1)), "ages are told to a resolution");
        assertEquals("Infinity", rare.get(4));
        assertEquals(
                Main.WRONG_INPUT,
                command.run(
                        "score",
                        "people.safetensors",
                        "--rarity",
                        "--engine",
                        "spark",
                        "--data",
                        "few.csv",
                        "--out",
                        "s.csv"));
        assertTrue(command.err().contains("--rarity: computed on this machine only"), command.err());
    }

    /** Samplers carry samples of flows; who names one for a table is told that it was not used. */
    @Test
    void aSamplerThatTablesDoNotUseIsSaid() throws IOException {
        Files.writeString(
                directory.resolve("named.yaml"),
                "target: { type: csv, path: people.csv, missing: keep }\nlaw: { type: table }\nsampler: { type: reverse-sde }\n"
                        + "sample: { count: 20 }\noutput: { dir: named }\n");
        described("run", "named.yaml");
        String said = "the sampler that is named was not used: it carries samples of flows, and a law of kind 'table'";
        assertTrue(command.err().contains(said), command.err());
        assertTrue(Files.readString(directory.resolve("named/metrics.json")).contains(said));
    }

    @Test
    void aBlockIsDescribedWithItsOptions() {
        described("describe", "{type: csv, path: people.csv, columns: [age, answer], types: [[answer, integer]]}");
        assertSaid("300 rows, 2 columns\n");
        assertSaid("\nanswer: integer\n  whole numbers from 1 to 5 (declared)\n");
        assertSaid("  columns: [age, answer]\n");
        assertSaid("    - [answer, integer]");
    }

    @Test
    void whatCannotBeDescribedIsSaidInOneLine() {
        assertWrong("no reader for the ending 'doc'", "people.doc");
        assertWrong("there is no such file", "nobody.csv");
        assertWrong("nothing is found of the columns", "{type: two-moons}");
        assertWrong("nothing is found of the columns", "{type: csv, path: people.csv, columns: [x], detect: off}");
        assertWrong("unknown target 'cvs'", "{type: cvs, path: people.csv}");
        assertWrong("unknown option", "{type: csv, path: people.csv, colums: [x]}");
    }

    private void assertWrong(String expected, String file) {
        assertEquals(Main.WRONG_INPUT, command.run("describe", file), command.err());
        assertTrue(command.err().contains(expected), () -> "expected '" + expected + "' in: " + command.err());
        assertEquals(1, command.err().lines().count(), command.err());
    }
}
