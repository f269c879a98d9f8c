package org.eigendrift.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive with a Java of its own, where there is no other. */
class RuntimeImageIT {
    private static final Pattern IMAGE = Pattern.compile("eigendrift-.*-(linux|macos)-[^-]+\\.tar\\.gz");

    /** What the start script calls: of a folder with these alone, as that of all programs may hold a Java. */
    private static final List<String> TOOLS = List.of("dirname", "mv", "readlink", "rm", "tput");

    @TempDir
    Path directory;

    private Path home;
    private Path tools;

    @BeforeEach
    void unpack() throws IOException, InterruptedException {
        Optional<Path> image = image();
        assumeTrue(
                image.isPresent(),
                "the build made no archive with a Java (-Pimage), or its JDK could not: it warns then");
        Program.Result unpacked = Program.execute(
                directory, null, List.of("tar", "-xzf", image.orElseThrow().toString()));
        assertEquals(0, unpacked.exit(), unpacked.err());
        try (Stream<Path> inside = Files.list(directory)) {
            home = inside.findFirst().orElseThrow();
        }
        tools = Files.createDirectory(directory.resolve("tools"));
        for (String tool : TOOLS) {
            Optional<Path> found = onThePath(tool);
            if (found.isPresent()) {
                Files.copy(found.orElseThrow(), tools.resolve(tool));
            }
        }
    }

    private static Optional<Path> image() throws IOException {
        try (Stream<Path> files = Files.list(Program.DISTRIBUTION.getParent())) {
            return files.filter(
                            file -> IMAGE.matcher(file.getFileName().toString()).matches())
                    .findFirst();
        }
    }

    private static Optional<Path> onThePath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Program.Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=" + tools));
        command.add(home.resolve("bin/eigendrift").toString());
        command.addAll(List.of(arguments));
        Program.Result result = Program.execute(directory, null, command);
        assertEquals(0, result.exit(), result.err());
        return result;
    }

    private byte[] fitted(String kernel) throws IOException, InterruptedException {
        run("fit", "rows.yaml", "--kernel", kernel, "--out", kernel + ".safetensors");
        return Files.readAllBytes(directory.resolve(kernel + ".safetensors"));
    }

    /** A fit, a plugin that has JDBC and a native library, and the kernel whose module is loaded after the start. */
    @Test
    void needsNoJava() throws Exception {
        assertFalse(Files.exists(tools.resolve("java")));
        Program.Result version = run("--version");
        assertTrue(version.out().contains("Java " + Runtime.version().feature()), version.out());
        assertEquals("", version.err());
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("copy (select sin(i) as x, cos(3 * i) as y from range(400) t(i)) to '"
                    + directory.resolve("rows.parquet") + "' (format parquet)");
        }
        Files.writeString(
                directory.resolve("rows.yaml"),
                "target: {type: parquet, path: rows.parquet}\nbasis: {family: cosine, degree: 6}\n");
        run("plugins", "add", "duckdb");
        assertTrue(Files.isDirectory(home.resolve("plugins/duckdb")));
        assertArrayEquals(fitted("portable"), fitted("vector"));
        run("--version");
        try (Stream<Path> files = Files.list(home)) {
            assertTrue(
                    files.anyMatch(file -> file.getFileName().toString().matches("classes.*\\.(jsa|aot)")),
                    "the first fits keep their classes here as elsewhere");
        }
    }
}
