package org.eigendrift.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Same configuration and seed: the same bytes. */
class DeterminismIT {
    private static final List<String> FILES = List.of("samples.npy", "model.safetensors");

    @TempDir
    Path directory;

    private void run(String out, Path javaHome, String... more) throws IOException, InterruptedException {
        String[] arguments = Stream.concat(Stream.of("run", "config.yaml", "--out", out), Stream.of(more))
                .toArray(String[]::new);
        Program.Result result = Program.run(directory, javaHome, arguments);
        assertEquals(0, result.exit(), result.err());
    }

    private void assertSameFiles(String a, String b) throws IOException {
        for (String file : FILES) {
            assertArrayEquals(
                    Files.readAllBytes(directory.resolve(a).resolve(file)),
                    Files.readAllBytes(directory.resolve(b).resolve(file)),
                    file);
        }
    }

    /** One model that was named, a given number of charts, and whatever is chosen. */
    @ParameterizedTest
    @ValueSource(strings = {"components: 1", "components: 3", "components: auto"})
    void oneThreadOrThreeOrTheResolvedConfiguration(String components) throws Exception {
        Files.writeString(
                directory.resolve("config.yaml"),
                "target: {type: two-moons, rows: 6000, heldout: 500}\nsample: {count: 3000, seed: 9}\n" + components
                        + "\n");

        run("one", null, "--threads", "1");
        run("three", null, "--threads", "3");
        assertSameFiles("one", "three");

        Files.copy(directory.resolve("one/run.yaml"), directory.resolve("again.yaml"));
        Program.Result again = Program.run(directory, "run", "again.yaml", "--out", "again");
        assertEquals(0, again.exit(), again.err());
        assertSameFiles("one", "again");
    }

    @Test
    void runsOnNewerJava() throws Exception {
        Path newer = newerJava();
        assumeTrue(newer != null, "skipped: no Java 21 or newer beside this one");
        Files.writeString(directory.resolve("config.yaml"), "target: penguins\nsample: {count: 500, seed: 9}\n");

        run("newer", newer);

        assertEquals(
                128 + 500L * 4 * Double.BYTES,
                Files.size(directory.resolve("newer/samples.npy")),
                "an NPY header of 128 bytes and 500 rows of 4 numbers");
    }

    /** A neighbour of the running Java whose release file names version 21 or newer. */
    private static Path newerJava() throws IOException {
        Path here = Path.of(System.getProperty("java.home"));
        if (here.getParent() == null) {
            return null;
        }
        try (Stream<Path> siblings = Files.list(here.getParent())) {
            for (Path sibling : siblings.sorted().toList()) {
                Path release = sibling.resolve("release");
                if (Files.isRegularFile(release) && Files.isExecutable(sibling.resolve("bin/java"))) {
                    String text = Files.readString(release);
                    Matcher version = Pattern.compile("JAVA_VERSION=\"(\\d+)").matcher(text);
                    if (version.find() && Integer.parseInt(version.group(1)) >= 21) {
                        return sibling;
                    }
                }
            }
        }
        return null;
    }
}
