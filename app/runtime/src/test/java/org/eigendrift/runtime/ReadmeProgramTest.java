package org.eigendrift.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program compiles and runs with this artifact and what it brings, and with nothing else. */
class ReadmeProgramTest {
    @TempDir
    private Path directory;

    private static String program() throws IOException {
        String readme = Files.readString(Path.of("../../README.md"));
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertTrue(block.find(), "the README has a program");
        return block.group(1);
    }

    @Test
    void itCompilesAndRuns() throws IOException, InterruptedException {
        Path source = Files.writeString(directory.resolve("Moons.java"), program());
        String classPath = System.getProperty("java.class.path");
        StringWriter messages = new StringWriter();
        PrintWriter into = new PrintWriter(messages);
        int compiled = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(into, into, "-proc:none", "-cp", classPath, "-d", directory.toString(), source.toString());
        assertEquals(0, compiled, messages.toString());
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        directory + System.getProperty("path.separator") + classPath,
                        "Moons")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES), "it ends");
        String said = Files.readString(out);
        assertEquals(0, process.exitValue(), said);
        assertTrue(
                said.matches("(?s).*log-density of the first row: -?\\d+\\.\\d+.*1000 samples of 2 columns.*"), said);
    }
}
