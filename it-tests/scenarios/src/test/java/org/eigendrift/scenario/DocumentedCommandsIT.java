package org.eigendrift.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every block of shell commands of README and docs as on a fresh machine: the blocks of a page one after the other
 * in a clone of its own, with a local Maven repository that is empty at first. Blocks that are marked as {@code console} in the place of
 * {@code sh} need a cluster and are shown alone. Needs the network, git and half an hour;
 * run it with {@code mvn -B -ntp verify -DexcludedGroups= -Dit.test=DocumentedCommandsIT -Dfailsafe.failIfNoSpecifiedTests=false}.
 * The property {@code documented.repository} names a repository to start from instead of an empty one.
 */
@Tag("slow")
class DocumentedCommandsIT {
    private static final Path ROOT =
            Path.of(System.getProperty("readme")).normalize().getParent();
    private static final int MINUTES = 60;

    @TempDir
    static Path repository;

    @TempDir
    Path directory;

    static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            List<Path> found = Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
                    .filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> !script(page).isEmpty())
                    .sorted()
                    .toList();
            assertTrue(found.contains(ROOT.resolve("docs/benchmarks.md")), "found only " + found);
            return found;
        }
    }

    /** The lines of all shell blocks of a page, as they stand. */
    private static String script(Path page) {
        StringBuilder script = new StringBuilder();
        boolean shell = false;
        try {
            for (String line : Files.readAllLines(page)) {
                if (line.startsWith("```")) {
                    shell = line.equals("```sh");
                } else if (shell) {
                    script.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script.toString();
    }

    private int shell(String script, Path log, Path at) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-x", "-c", script)
                .directory(at.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .merge(
                        "PATH",
                        Program.DISTRIBUTION.resolve("bin").toString(),
                        (old, own) -> own + File.pathSeparator + old);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        String from = System.getProperty("documented.repository");
        builder.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + (from == null ? repository : Path.of(from)));
        builder.environment().remove("CLASSPATH");
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("not done within " + MINUTES + " minutes:\n" + script);
        }
        return process.exitValue();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theCommandsOfAPageWork(Path page) throws Exception {
        Path clone = directory.resolve("clone");
        Path log = directory.resolve("log");
        assertEquals(0, shell("git clone -q '" + ROOT + "' '" + clone + "'", log, directory), () -> text(log));
        String script = script(page);
        if (!script.contains("mvn ")) {
            // Such a page speaks of the program as built.
            Files.createDirectories(clone.resolve("app/cli/target"));
            assertEquals(
                    0,
                    shell("cp -r '" + Program.DISTRIBUTION + "' app/cli/target/eigendrift", log, clone),
                    () -> text(log));
        }

        assertEquals(0, shell(script, log, clone), () -> page + "\n" + text(log));
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
