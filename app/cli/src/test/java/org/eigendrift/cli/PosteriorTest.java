package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file of parameters and what a simulator made of them to posteriors of the parameters. */
class PosteriorTest {
    private static final int ROWS = 300;

    @TempDir
    private Path directory;

    private Command command;

    /** theta uniform on (-1, 1), x = theta + N(0, 0.2^2): given x = 0.95 normal about it, cut off at 1. */
    private static String row(int n) {
        CounterRandom random = new CounterRandom(8);
        double theta = 2 * random.uniform(n, 0) - 1;
        return String.format(Locale.ROOT, "%.6f,%.6f", theta, theta + 0.2 * random.normal(n, 2));
    }

    @BeforeEach
    void begin() throws IOException {
        command = new Command(directory);
        String rows = IntStream.range(0, ROWS).mapToObj(PosteriorTest::row).collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("rows.csv"), "theta,x\n" + rows + "\n");
        write("given: [x]\n");
    }

    private void write(String law) throws IOException {
        Files.writeString(
                directory.resolve("p.yaml"),
                "target: { type: csv, path: rows.csv, detect: off, holdout: 0, bounded: [[theta, -1, 1]] }\n" + law);
    }

    private void done(String... arguments) {
        assertEquals(Main.DONE, command.run(arguments), command.err());
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file));
    }

    private void refused(String expected, String... arguments) {
        assertEquals(Main.WRONG_INPUT, command.run(arguments), command.err());
        assertTrue(command.err().contains(expected), command.err());
    }

    @Test
    void posteriorsAreDrawnFromWhatASimulatorMade() throws IOException {
        done("fit", "p.yaml", "--out", "p.safetensors");
        done("sample", "p.safetensors", "--where", "x = 0.95", "-n", "2000", "-o", "s.csv");
        List<String> rows = lines("s.csv");
        assertEquals("theta,x", rows.get(0));
        double sum = 0;
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            assertEquals(0.95, Double.parseDouble(cells[1]));
            double theta = Double.parseDouble(cells[0]);
            assertTrue(theta >= -1 && theta <= 1, row);
            sum += theta / 2000;
        }
        // The exact posterior, N(0.95, 0.2^2) below 1, has mean 0.82 and deviation 0.13; 30 rows of the fit are as near
        // the wall.
        assertEquals(0.82, sum, 5 * 0.13 / Math.sqrt(30));
        done("run", "p.yaml", "--out", "run");
        assertTrue(Files.exists(directory.resolve("run/report.html")));
        byte[] model = Files.readAllBytes(directory.resolve("p.safetensors"));
        write("law: { type: conditional, given: [x] }\n");
        done("fit", "p.yaml", "--out", "same.safetensors");
        assertArrayEquals(model, Files.readAllBytes(directory.resolve("same.safetensors")));
    }

    @Test
    void aPosteriorNearOneObservationSaysSoAndRefusesOthers() throws IOException {
        write("law: { type: conditional, given: [x], near: [x = 0.4], rows: 100 }\n");
        done("fit", "p.yaml", "--out", "p.safetensors");
        done("sample", "p.safetensors", "--where", "x = 0.4", "-n", "100", "-o", "s.csv");
        String near = "the model was fitted to the 100 rows nearest to x = 0.4, and is meant for what is near there";
        assertTrue(command.out().contains(near), command.out());
        Files.writeString(directory.resolve("two.csv"), "x\n0.4\n0.41\n");
        done("sample", "p.safetensors", "--where-rows", "two.csv", "-n", "10", "-o", "t.csv");
        assertTrue(command.out().contains(near), command.out());
        refused(
                "--where: what is given lies ",
                "sample",
                "p.safetensors",
                "--where",
                "x = -0.9",
                "-n",
                "10",
                "-o",
                "s.csv");
        write("law: { type: conditional, given: [x], near: [y = 0.4] }\n");
        refused("no given column 'y'", "fit", "p.yaml", "--out", "q.safetensors");
    }

    @Test
    void aKnownPriorCutsOffAndWeighs() throws IOException {
        String target = "target: { type: csv, path: rows.csv, detect: off, holdout: 0.3 }\ngiven: [x]\n";
        Path config = directory.resolve("p.yaml");
        Files.writeString(config, target + "prior: [\"theta ~ uniform(-1, 1)\"]\n");
        done("fit", "p.yaml", "--out", "p.safetensors");
        done("sample", "p.safetensors", "--where", "x = 0.95", "-n", "500", "-o", "s.csv");
        assertTrue(lines("s.csv").stream()
                .skip(1)
                .mapToDouble(row -> Double.parseDouble(row.split(",")[0]))
                .allMatch(theta -> theta <= 1));
        Files.writeString(
                config, target + "prior:\n  - theta ~ normal(0.5, 0.2)\nproposal:\n  - theta ~ uniform(-1, 1)\n");
        done("run", "p.yaml", "--out", "run");
        assertTrue(Files.readString(directory.resolve("run/report.html"))
                .contains("rows are weighed by prior over proposal, and count as"));
        Files.writeString(config, target + "prior:\n  - theta ~ normall(0, 1)\n");
        refused("no kind of density 'normall'; did you mean 'normal'?", "fit", "p.yaml", "--out", "q.safetensors");
        write("prior:\n  - theta ~ normal(0, 1)\n");
        refused(
                "p.yaml:2: prior: is read beside 'given' alone; add 'given', or write it into the block 'law'",
                "fit",
                "p.yaml",
                "--out",
                "q.safetensors");
    }

    @Test
    void posteriorsOfTwoSitesAreMergedAndUnlearned() throws IOException {
        done("fit", "p.yaml", "--out", "a.safetensors");
        List<String> rows = lines("rows.csv");
        Files.write(directory.resolve("rows.csv"), rows.subList(0, 101));
        done("fit", "p.yaml", "--out", "b.safetensors", "--like", "a.safetensors");
        done("merge", "a.safetensors", "b.safetensors", "--out", "all.safetensors");
        done("unlearn", "all.safetensors", "rows.csv", "--out", "again.safetensors");
        for (String model : List.of("a", "again")) {
            done("sample", model + ".safetensors", "--where", "x = 0.4", "-n", "50", "-o", model + ".csv");
        }
        assertEquals(lines("a.csv"), lines("again.csv"));
        write("law: { type: conditional, given: [x], near: [x = 0.4], rows: 60 }\n");
        done("fit", "p.yaml", "--out", "near.safetensors");
        refused("fitted near one observation", "unlearn", "near.safetensors", "rows.csv", "--out", "m.safetensors");
    }

    @Test
    void predictionsOfAParameterAreScored() throws IOException {
        done("fit", "p.yaml", "--out", "p.safetensors");
        done("predict", "p.safetensors", "--data", "rows.csv", "--target", "theta", "-o", "t.csv");
        assertTrue(command.out().contains("300 with the truth: log-score"), command.out());
    }

    @Test
    void whatIsMissingOrWrongIsSaid() throws IOException {
        done("fit", "p.yaml", "--out", "p.safetensors");
        refused(
                "--where: the model is of theta given x, and the condition does not fix x; add 'x = VALUE'",
                "sample",
                "p.safetensors",
                "--where",
                "theta > 0",
                "-n",
                "10",
                "-o",
                "s.csv");
        write("given: [y]\n");
        refused("no column 'y'", "fit", "p.yaml", "--out", "q.safetensors");
        write("given: [theta, x]\n");
        refused("names all columns", "fit", "p.yaml", "--out", "q.safetensors");
        write("given: [x]\nlaw: { type: table }\n");
        refused("p.yaml:2: given: is read where the law is auto alone", "fit", "p.yaml", "--out", "q.safetensors");
        write("given: [x]\ncomponents: 2\n");
        refused("components", "fit", "p.yaml", "--out", "q.safetensors");
    }
}
