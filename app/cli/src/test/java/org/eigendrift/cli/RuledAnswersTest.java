package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers about a table in which something holds in all rows: an order of days, a sum to the cent, one of three columns that is 1. */
class RuledAnswersTest {
    private static final String HEADER = "start,leave,rent,food,total,red,green,blue,gain\n";

    @TempDir
    private static Path directory;

    private static Command command;

    private static String[] row(int n) {
        CounterRandom random = new CounterRandom(8);
        LocalDate start = LocalDate.of(2024, 1, 1).plusDays((long) (200 * random.uniform(n, 0)));
        LocalDate leave = start.plusDays((long) (-10 * Math.log(random.uniform(n, 1))));
        long rent = Math.round(80_000 + 10_000 * random.normal(n, 1));
        long food = Math.round(30_000 + 5_000 * random.normal(n, 2));
        int colour = (int) (3 * random.uniform(n, 9));
        long gain = random.uniform(n, 10) < 0.03 ? Math.round(9_000 * random.uniform(n, 11)) : 0;
        return String.format(
                        Locale.ROOT,
                        "%s,%s,%.2f,%.2f,%.2f,%d,%d,%d,%d",
                        start,
                        leave,
                        rent / 100.0,
                        food / 100.0,
                        (rent + food) / 100.0,
                        colour == 0 ? 1 : 0,
                        colour == 1 ? 1 : 0,
                        colour == 2 ? 1 : 0,
                        gain)
                .split(",");
    }

    private static void write(String name, List<String[]> rows) throws IOException {
        Files.writeString(
                directory.resolve(name),
                HEADER + rows.stream().map(row -> String.join(",", row)).collect(Collectors.joining("\n")) + "\n");
    }

    @BeforeAll
    static void fit() throws IOException {
        command = new Command(directory);
        write(
                "rows.csv",
                IntStream.range(0, 300).mapToObj(RuledAnswersTest::row).toList());
        Files.writeString(
                directory.resolve("m.yaml"),
                "target: {type: csv, path: rows.csv, holdout: 0}\nlaw: {type: table, rules: [start <= leave, total = rent + food]}\n");
        assertEquals(Main.DONE, command.run("fit", "m.yaml", "--out", "m.safetensors"), command.err());
    }

    /** Means and modes of single cells would break cents, orders and groups; a mean beyond nine tenths of the draws is no value of them. */
    @Test
    void filledRowsKeepWhatHoldsInAll() throws IOException {
        int[][] open = {{0, 1}, {2, 3, 4}, {2, 4}, {5, 6, 7}, {0, 1, 2, 3, 4, 5, 6, 7, 8}, {8}};
        List<String[]> gaps = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            String[] row = row(n);
            for (int j : open[n % open.length]) {
                row[j] = "";
            }
            gaps.add(row);
        }
        write("gaps.csv", gaps);
        for (String fill : List.of("mean", "median", "mode")) {
            String[] asked = {
                "impute", "m.safetensors", "--data", "gaps.csv", "--fill", fill, "--intervals", "--out", "f.csv"
            };
            assertEquals(Main.DONE, command.run(asked), command.err());
            List<String> lines = Files.readAllLines(directory.resolve("f.csv"));
            List<String> names = List.of(lines.get(0).split(","));
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                assertTrue(LocalDate.parse(cells[0]).compareTo(LocalDate.parse(cells[1])) <= 0, line);
                assertEquals(cents(cells[4]), cents(cells[2]) + cents(cells[3]), line);
                assertEquals(
                        1,
                        IntStream.of(5, 6, 7)
                                .map(j -> Integer.parseInt(cells[j]))
                                .sum(),
                        line);
                String low = cells[names.indexOf("gain_low90")];
                String high = cells[names.indexOf("gain_high90")];
                if (!low.isEmpty()) {
                    double gain = Double.parseDouble(cells[8]);
                    assertTrue(Double.parseDouble(low) <= gain && gain <= Double.parseDouble(high), line);
                }
            }
        }
    }

    private static long cents(String cell) {
        return Math.round(100 * Double.parseDouble(cell));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            start = '2024-05-01' and leave = '2024-02-01' | start = '2024-05-01' and leave = '2024-02-01' break start <= leave, which holds in all rows
            start > '2024-05-01' and leave < '2024-02-01' | start from '2024-05-02' to '20
            rent = 700 and food = 300 and total = 1100 | rent = 700 and food = 300 and total = 1100 break total = rent + food
            """)
    void evidenceThatBreaksARuleIsRefusedInItsOwnTerms(String where, String expected) {
        assertEquals(
                Main.WRONG_INPUT,
                command.run("sample", "m.safetensors", "-n", "3", "--where", where, "--out", "x.csv"));
        assertTrue(command.err().contains("--where: the condition has no mass: " + expected), command.err());
    }

    @Test
    void rowsThatBreakARuleAreNamed() throws IOException {
        String[] row = row(1);
        row[0] = "2024-05-01";
        row[1] = "2024-02-01";
        row[8] = "";
        write("broken.csv", Arrays.asList(row(0), row));
        assertEquals(
                Main.WRONG_INPUT, command.run("impute", "m.safetensors", "--data", "broken.csv", "--out", "x.csv"));
        assertTrue(command.err().contains("row 2: the condition has no mass: start = '2024-05-01'"), command.err());
    }
}
