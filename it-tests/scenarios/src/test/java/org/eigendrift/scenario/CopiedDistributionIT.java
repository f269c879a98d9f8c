package org.eigendrift.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A distribution that was copied elsewhere, the first one still in its place. */
class CopiedDistributionIT {
    @TempDir
    Path directory;

    /** Classes of both places at once were refused as a "sealing violation", in some runs of many. */
    @Test
    void leavesTheClassArchiveOfTheFirstAlone() throws Exception {
        assumeTrue(keepsClasses(), "this Java keeps no classes");
        Path copy = copy();
        assertTrue(archived(Program.DISTRIBUTION, "first.log"));
        assertFalse(archived(copy, "copy.log"));
    }

    private static boolean keepsClasses() throws IOException {
        try (Stream<Path> files = Files.list(Program.DISTRIBUTION)) {
            return files.anyMatch(file -> file.getFileName().toString().matches("classes.*\\.(jsa|aot)"));
        }
    }

    private Path copy() throws IOException {
        Path copy = directory.resolve("copy");
        try (Stream<Path> files = Files.walk(Program.DISTRIBUTION)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        copy.resolve(Program.DISTRIBUTION.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    /** Java refuses to write an archive that it reads, so that a distribution with one would not start. */
    @Test
    void keepsItsClassesAgainWhereSomeWereKept() throws Exception {
        assumeTrue(keepsClasses(), "this Java keeps no classes");
        Path copy = copy();
        for (int time = 0; time < 2; time++) {
            Program.Result result = Program.execute(
                    copy,
                    null,
                    List.of(
                            "env",
                            "EIGENDRIFT_OPTS=-XX:ArchiveClassesAtExit=classes.jsa",
                            "bin/eigendrift",
                            "plugins",
                            "list"));
            assertEquals(0, result.exit(), result.err());
            assertTrue(archived(copy, "copy.log"));
        }
    }

    /** Whether the program's classes come from its archive, as Java tells. */
    private boolean archived(Path distribution, String log) throws IOException, InterruptedException {
        Program.Result result = Program.execute(
                directory,
                null,
                List.of(
                        "env",
                        "EIGENDRIFT_OPTS=-Xlog:class+load:file=" + log,
                        distribution.resolve("bin/eigendrift").toString(),
                        "plugins",
                        "list"));
        assertEquals(0, result.exit(), result.err());
        try (Stream<String> lines = Files.lines(directory.resolve(log))) {
            return lines.anyMatch(
                    line -> line.contains(" org.eigendrift.cli.Main ") && line.contains("source: shared objects file"));
        }
    }
}
