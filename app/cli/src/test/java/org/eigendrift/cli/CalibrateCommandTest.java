package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three sensors of gains 2, 2/3 and 1, the mean of whose inverses is 1, see the row (3, -1) by two operators. */
class CalibrateCommandTest {
    private static final String FIRST = "{type: matrix, rows: [[1, 0], [0, 1], [1, 1]]}";
    private static final String SECOND = "{type: matrix, rows: [[1, 2], [1, -1], [0, 1]]}";

    @TempDir
    private Path directory;

    private Command command;

    @BeforeEach
    void begin() throws IOException {
        command = new Command(directory);
        Files.writeString(
                directory.resolve("fit.yaml"),
                "target: { type: gaussian, covariance: [[2, 0.9], [0.9, 0.6]], rows: 500, heldout: 100 }\n"
                        + "components: 1\nbasis: { family: hermite, degree: 2 }\n");
        assertEquals(Main.DONE, command.run("fit", "fit.yaml", "--out", "m.safetensors"), command.err());
        Files.writeString(
                directory.resolve("y.csv"), "left,middle,right\n6,-0.6666666666666666,2\n2,2.6666666666666665,-1\n");
    }

    @Test
    void gainsAndRowAreFound() throws IOException {
        assertEquals(
                Main.DONE,
                command.run(
                        "calibrate",
                        "m.safetensors",
                        "--operator",
                        FIRST,
                        "--operator",
                        SECOND,
                        "--observed",
                        "y.csv",
                        "--out",
                        "gains.csv",
                        "--row",
                        "row.csv"),
                command.err());
        List<String> gains = Files.readAllLines(directory.resolve("gains.csv"));
        assertEquals("gain", gains.get(0));
        assertEquals(2, Double.parseDouble(gains.get(1)), 1e-9);
        assertEquals(2 / 3.0, Double.parseDouble(gains.get(2)), 1e-9);
        assertEquals(1, Double.parseDouble(gains.get(3)), 1e-9);
        List<String> row = Files.readAllLines(directory.resolve("row.csv"));
        assertEquals("x1,x2", row.get(0));
        String[] cells = row.get(1).split(",");
        assertEquals(3, Double.parseDouble(cells[0]), 1e-9);
        assertEquals(-1, Double.parseDouble(cells[1]), 1e-9);
        assertTrue(command.out().contains("gains of 3 sensors by 2 observations, equations miss by"), command.out());
    }

    @Test
    void observationsThatContradictEachOtherAreSaidTo() throws IOException {
        Files.writeString(directory.resolve("odd.csv"), "left,middle,right\n1,2,3\n9,-4,2\n");
        String[] calibrate = {
            "calibrate", "m.safetensors", "--operator", FIRST, "--operator", SECOND, "--observed", "odd.csv"
        };
        String[] all = Arrays.copyOf(calibrate, calibrate.length + 2);
        all[calibrate.length] = "--out";
        all[calibrate.length + 1] = "new/gains.csv";
        assertEquals(Main.DONE, command.run(all), command.err());
        assertTrue(command.out().contains("calibration: the equations miss by"), command.out());
        all[calibrate.length - 1] = "y.csv";
        assertEquals(Main.DONE, command.run(all), command.err());
        assertFalse(command.out().contains("calibration: the equations miss by"), command.out());
    }

    @Test
    void whatDoesNotFollowIsRefused() throws IOException {
        Files.writeString(directory.resolve("one.csv"), "left,middle,right\n6,-0.6666666666666666,2\n");
        assertEquals(
                Main.WRONG_INPUT,
                command.run(
                        "calibrate", "m.safetensors", "--operator", FIRST, "--observed", "one.csv", "--out", "g.csv"));
        assertTrue(command.err().contains("3 equations for 4 unknowns; observe by more operators"), command.err());
        assertEquals(
                Main.WRONG_INPUT,
                command.run(
                        "calibrate",
                        "m.safetensors",
                        "--operator",
                        FIRST,
                        "--observed",
                        "y.csv",
                        "--out",
                        "never/g.csv"));
        assertTrue(command.err().contains("expected an observation for each operator, found 2 for 1"), command.err());
        Files.writeString(
                directory.resolve("twice.csv"),
                "left,middle,right\n6,-0.6666666666666666,2\n6,-0.6666666666666666,2\n");
        assertEquals(
                Main.WRONG_INPUT,
                command.run(
                        "calibrate",
                        "m.safetensors",
                        "--operator",
                        FIRST,
                        "--operator",
                        FIRST,
                        "--observed",
                        "twice.csv",
                        "--out",
                        "g.csv"));
        assertTrue(command.err().contains("the equations are dependent"), command.err());
        assertFalse(Files.exists(directory.resolve("g.csv")));
        assertFalse(Files.exists(directory.resolve("never")), "what is refused makes no directory");
    }
}
