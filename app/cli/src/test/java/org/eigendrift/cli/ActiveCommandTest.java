package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What to measure next, beside the conditional variances of a Gaussian. */
class ActiveCommandTest {
    private static final double[][] C = {{2, 0.9, 0.3}, {0.9, 0.6, 0.1}, {0.3, 0.1, 0.5}};

    @TempDir
    private Path directory;

    private Command command;

    @BeforeEach
    void begin() throws IOException {
        command = new Command(directory);
        Files.writeString(
                directory.resolve("fit.yaml"),
                "target: { type: gaussian, covariance: [[2, 0.9, 0.3], [0.9, 0.6, 0.1], [0.3, 0.1, 0.5]], rows: 20000,"
                        + " heldout: 100 }\ncomponents: 1\ndensity: flow\nbasis: { family: hermite, degree: 2 }\n");
        assertEquals(Main.DONE, command.run("fit", "fit.yaml", "--out", "m.safetensors"), command.err());
        Files.writeString(directory.resolve("rows.csv"), "x1,x2,x3\n1,,\n,,\n1,0,0.5\n,0.2,0\n");
    }

    private List<String> active(String... more) throws IOException {
        String[] first = {"active", "m.safetensors", "--data", "rows.csv", "--out", "next.csv"};
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        assertEquals(Main.DONE, command.run(all), command.err());
        return Files.readAllLines(directory.resolve("next.csv"));
    }

    /** Of 400 draws a deviation is off by 1 / sqrt(800) = 3.5 %; four of these. The rows without open cells are left out. */
    @Test
    void theMostUncertainNumberIsNamed() throws IOException {
        List<String> lines = active("--steps", "2", "--noise", "0.5");
        assertEquals("row,measure_1,deviation_1,measure_2,deviation_2", lines.get(0));
        assertEquals(4, lines.size());
        String[] first = lines.get(1).split(",");
        assertEquals("1", first[0]);
        assertEquals("x3", first[1]);
        assertEquals(Math.sqrt(C[2][2] - C[2][0] * C[2][0] / C[0][0]), Double.parseDouble(first[2]), 0.14 * 0.68);
        assertEquals("x2", first[3]);
        String[] all = lines.get(2).split(",");
        assertEquals("x1", all[1]);
        assertEquals(Math.sqrt(2), Double.parseDouble(all[2]), 0.14 * 1.42);
        assertEquals("x3", all[3]);
        double left = C[2][2] - C[2][0] * C[2][0] / (C[0][0] + 0.25);
        assertEquals(Math.sqrt(left), Double.parseDouble(all[4]), 0.14 * 0.7);
        assertTrue(lines.get(3).startsWith("4,x1,") && lines.get(3).endsWith(",,"), lines.get(3));
    }

    @Test
    void theEntropyOfDrawsAgreesAndMistakesAreToldInALine() throws IOException {
        assertTrue(active("--criterion", "ENTROPY", "--noise", "0.5").get(2).startsWith("2,x1,"));
        for (String[] wrong : new String[][] {
            {"--criterion", "PUBLISHED", "--criterion: PUBLISHED needs --noise above 0"},
            {"--steps", "0", "--steps: expected a whole number of at least 1, found 0"},
            {"--noise", "-1", "--noise: expected a number of at least 0, found -1.0"},
        }) {
            assertEquals(
                    Main.WRONG_INPUT,
                    command.run("active", "m.safetensors", "--data", "rows.csv", "--out", "n.csv", wrong[0], wrong[1]));
            assertTrue(command.err().contains(wrong[2]), command.err());
        }
        Files.writeString(directory.resolve("full.csv"), "x1,x2,x3\n1,0,0\n");
        assertEquals(Main.WRONG_INPUT, command.run("active", "m.safetensors", "--data", "full.csv", "--out", "n.csv"));
        assertTrue(command.err().contains("--data: there is no row with an open cell"), command.err());
    }
}
