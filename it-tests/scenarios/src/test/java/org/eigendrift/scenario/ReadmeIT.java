package org.eigendrift.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the README's commands as written. The build itself is not run inside itself: where a line begins with {@code
 * mvn} and continues with {@code &&}, the part after it runs on the distribution that this build has just made.
 */
class ReadmeIT {
    private static final Path README = Path.of(System.getProperty("readme")).normalize();

    @TempDir
    Path directory;

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        boolean shell = false;
        for (String line : Files.readAllLines(README)) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh");
            } else if (shell && !line.isBlank() && !line.startsWith("#")) {
                commands.add(line.strip());
            }
        }
        return commands;
    }

    @Test
    void everyCommandWorks() throws Exception {
        Files.createDirectories(directory.resolve("app/cli/target"));
        Files.createSymbolicLink(directory.resolve("app/cli/target/eigendrift"), Program.DISTRIBUTION);
        List<String> own = commands().stream()
                .map(c -> c.startsWith("mvn ") && c.contains("&&")
                        ? c.substring(c.indexOf("&&") + 2).strip()
                        : c)
                .filter(c -> !c.startsWith("mvn "))
                .toList();
        assertFalse(own.isEmpty(), "the README shows no command of the program");

        for (String command : own) {
            Program.Result result = Program.execute(directory, null, List.of("sh", "-c", command));
            assertEquals(0, result.exit(), command + "\n" + result.err());
        }
        assertTrue(Files.isRegularFile(directory.resolve("out/penguins/report.html")));
    }

    @Test
    void theTestCommandIsWhatContinuousIntegrationRuns() throws Exception {
        String script = Files.readString(README.resolveSibling(".ci/run"));
        String test = commands().stream()
                .filter(c -> c.startsWith("mvn ") && c.endsWith("verify"))
                .findFirst()
                .orElseThrow();

        assertTrue(script.contains("exec " + test + System.lineSeparator()), test + " is not what .ci/run calls");
    }
}
