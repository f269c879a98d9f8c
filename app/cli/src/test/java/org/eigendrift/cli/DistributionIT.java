package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eigendrift.cli.plugin.PluginSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the packaged distribution as a user does. */
class DistributionIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path HOME = TARGET.resolve("eigendrift");
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path directory;

    private record Ended(int code, String out, String err) {}

    @BeforeAll
    static void needsAShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the start script is for sh");
    }

    private ProcessBuilder builder(Path script, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(script.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(directory.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("EIGENDRIFT_OPTS");
        builder.redirectOutput(directory.resolve("stdout").toFile());
        builder.redirectError(directory.resolve("stderr").toFile());
        return builder;
    }

    private Ended end(Process process) throws IOException, InterruptedException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "did not end");
        return new Ended(
                process.exitValue(),
                Files.readString(directory.resolve("stdout")),
                Files.readString(directory.resolve("stderr")).strip());
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        return end(builder(HOME.resolve("bin/eigendrift"), arguments).start());
    }

    private void assertOneLine(String expected, Ended ended) {
        assertTrue(ended.err().contains(expected), ended.toString());
        assertEquals(1, ended.err().lines().count(), ended.toString());
    }

    @Test
    void itStartsFromAnywhereThroughLinks() throws IOException, InterruptedException {
        assertEquals(0, run("--version").code());
        Path first = Files.createSymbolicLink(directory.resolve("first"), HOME.resolve("bin/eigendrift"));
        Files.createDirectory(directory.resolve("with space"));
        Path second =
                Files.createSymbolicLink(directory.resolve("with space/second"), Path.of("../" + first.getFileName()));
        Ended ended = end(builder(second, "plugins", "list").start());
        assertEquals(0, ended.code(), ended.toString());
        assertTrue(ended.out().contains("penguins"), ended.out());
        assertEquals("", ended.err(), "nothing is said in a pipe");
        // The test's own clean-up warns about links that lead out of its directory.
        Files.delete(first);
    }

    @Test
    void theFirstExampleRuns() throws IOException, InterruptedException {
        Ended ended = run("run", HOME.resolve("examples/penguins.yaml").toString());
        assertEquals(0, ended.code(), ended.toString());
        assertEquals("", ended.err(), "no progress bars in a pipe");
        for (String file : List.of("samples.npy", "metrics.json", "report.html", "run.yaml")) {
            assertTrue(Files.size(directory.resolve("out/penguins").resolve(file)) > 0, file);
        }
    }

    @Test
    void wrongInputIsOneLineAndExitCode2() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("c.yaml"), "target: two-mons\n");
        Ended ended = run("run", "c.yaml");
        assertEquals(2, ended.code(), ended.toString());
        assertOneLine("c.yaml:1: target.type: unknown target 'two-mons'; did you mean 'two-moons'?", ended);
    }

    /** A sampler that is too slow makes samples, only not of the law: no run can tell, the kit does. */
    @Test
    void pluginsCheckRunsTheTestKit() throws IOException, InterruptedException {
        Path right = PluginSource.sample("RalstonSampler", "final", "final").jar(directory.resolve("right/drift.jar"));
        Ended ended = run("plugins", "check", right.toString());
        assertEquals(0, ended.code(), ended.toString());
        for (String line : List.of(
                "basis arcsine: right; passed \\d+ rules of the test kit",
                "frame asinh: right; passed \\d+ rules of the test kit",
                "target spiral: right; passed \\d+ rules of the test kit",
                "sampler ralston: loaded; passed \\d+ rules of the test kit",
                "metric median-error: loaded; passed \\d+ rules of the test kit")) {
            assertTrue(ended.out().lines().anyMatch(said -> said.matches(line)), ended.toString());
        }

        Path slow = PluginSource.sample(
                        "RalstonSampler", "double h = Math.log(t0 / t1);", "double h = 0.8 * Math.log(t0 / t1);")
                .jar(directory.resolve("slow/drift.jar"));
        ended = run("plugins", "check", slow.toString());
        assertEquals(1, ended.code(), ended.toString());
        assertTrue(
                ended.out()
                        .lines()
                        .anyMatch(said -> said.matches("sampler ralston: broke \\d+ of \\d+ rules of the test kit")),
                ended.toString());
        assertTrue(
                ended.out()
                        .lines()
                        .anyMatch(said -> said.length() < 170
                                && said.startsWith(
                                        "  samples follow the exact law: samples of N(2, 1/4) have to follow it: ")),
                ended.toString());
    }

    @Test
    void aMetricThatFailsIsOneLineAndTheRestIsKept() throws IOException, InterruptedException {
        PluginSource.metric("bad.one", "Mine", "mine", "")
                .with("bad/one/Mine.java", """
                        package bad.one;
                        import java.lang.invoke.MethodHandles;
                        import org.eigendrift.api.RunContext;
                        import org.eigendrift.api.metric.*;
                        import org.eigendrift.api.plugin.*;
                        public final class Mine implements MetricProvider<Mine.Options> {
                            public record Options() {}
                            public String name() { return "mine"; }
                            public String summary() { return "a metric with a fault"; }
                            public OptionSchema<Options> options() {
                                return OptionSchema.of(MethodHandles.lookup(), Options.class);
                            }
                            public Metric create(Options options, RunContext run) {
                                return evaluation -> { throw new ArrayIndexOutOfBoundsException("index 7"); };
                            }
                        }
                        """)
                .jar(directory.resolve("plugins/bad.jar"));
        Files.writeString(
                directory.resolve("c.yaml"),
                "target: {type: two-moons, rows: 500, heldout: 0}\nbasis: {family: cosine, degree: 4}\n"
                        + "sample: {count: 10}\nevaluate: [mine]\n");
        Ended ended = run("run", "c.yaml", "--plugins", "plugins");
        assertEquals(0, ended.code(), ended.toString());
        assertOneLine("index 7; its figures are left out", ended);
        Path log = directory.toRealPath().resolve("out/c/eigendrift.log");
        assertTrue(Files.readString(log).contains("at bad.one"), "the log holds the stack trace");
        assertTrue(Files.exists(directory.resolve("out/c/samples.npy")), "what was done is kept");
    }

    @Test
    void ctrlCEndsWith130AndLeavesNoHalfFile() throws IOException, InterruptedException {
        Files.writeString(
                directory.resolve("c.yaml"),
                "target: {type: two-moons, rows: 2000000}\nbasis: {family: cosine, degree: 28}\n"
                        + "sample: {count: 10000000}\n");
        Process process =
                builder(HOME.resolve("bin/eigendrift"), "run", "c.yaml").start();
        Path results = directory.resolve("out/c");
        for (int i = 0; i < 1200 && !Files.exists(results); i++) {
            Thread.sleep(50);
        }
        assertTrue(Files.exists(results), "the run began");
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        Ended ended = end(process);
        assertEquals(130, ended.code(), ended.toString());
        assertOneLine("interrupted", ended);
        try (Stream<Path> files = Files.list(results)) {
            assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".part")));
        }
    }

    @Test
    void javaHomeAndOptionsAreRespected() throws IOException, InterruptedException {
        ProcessBuilder wrong = builder(HOME.resolve("bin/eigendrift"), "--version");
        wrong.environment().put("JAVA_HOME", "/nowhere");
        Ended ended = end(wrong.start());
        assertEquals(2, ended.code());
        assertOneLine("JAVA_HOME is /nowhere", ended);
        ProcessBuilder options = builder(HOME.resolve("bin/eigendrift"), "--version");
        options.environment().put("EIGENDRIFT_OPTS", "-Xmx64m -Xlog:gc*:stderr");
        assertTrue(end(options.start()).err().contains("gc"), "options reach the Java machine");
    }

    @Test
    void theModulePathHoldsNothingElse() throws IOException {
        try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
            List<String> names =
                    jars.map(jar -> jar.getFileName().toString()).sorted().toList();
            for (String needless :
                    List.of("junit", "jsr305", "listenablefuture", "error_prone", "j2objc", "jspecify")) {
                assertTrue(names.stream().noneMatch(name -> name.contains(needless)), needless + " in " + names);
            }
            for (String module :
                    List.of("api", "engine", "cli", "bases", "solvers", "solvers-vector", "samplers", "targets")) {
                assertEquals(
                        1,
                        names.stream()
                                .filter(n -> n.matches("eigendrift-" + module + "-\\d.*"))
                                .count(),
                        module);
            }
        }
        assertTrue(Files.exists(HOME.resolve("LICENSE")) && Files.exists(HOME.resolve("plugins/README.txt")));
    }

    @Test
    void everyLibraryStandsInTheNoticeWithItsLicence() throws IOException {
        String notice = Files.readString(HOME.resolve("NOTICE"));
        for (String folder : List.of("lib", "testkit", "extras/duckdb", "extras/xgboost")) {
            try (Stream<Path> jars = Files.list(HOME.resolve(folder))) {
                for (Path jar : jars.toList()) {
                    String artifact = jar.getFileName().toString().replaceFirst("-\\d[^-]*(-[^-]+)?\\.jar$", "");
                    assertTrue(
                            artifact.startsWith("eigendrift-")
                                    || Pattern.compile(":" + Pattern.quote(artifact) + "\\b(?!-)")
                                            .matcher(notice)
                                            .find(),
                            folder + " holds " + jar.getFileName() + ", which NOTICE does not name");
                }
            }
        }
    }

    @Test
    void archivesKeepTheExecutableBit() throws IOException, InterruptedException {
        Path zip;
        try (Stream<Path> files = Files.list(TARGET)) {
            zip = files.filter(f -> f.toString().endsWith(".zip")).findFirst().orElseThrow();
        }
        String top = zip.getFileName().toString().replace(".zip", "");
        Path tar = TARGET.resolve(top + ".tar.gz");
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"))) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(inside.getPath(top, "bin/eigendrift"));
            assertTrue(permissions.contains(PosixFilePermission.OWNER_EXECUTE), permissions.toString());
            assertFalse(Files.getPosixFilePermissions(inside.getPath(top, "LICENSE"))
                    .contains(PosixFilePermission.OWNER_EXECUTE));
        }
        assertEquals(
                0,
                new ProcessBuilder("tar", "-xzf", tar.toString(), "-C", directory.toString())
                        .start()
                        .waitFor());
        Path home = directory.resolve(top);
        Ended ended = end(builder(home.resolve("bin/eigendrift"), "--version").start());
        assertEquals(0, ended.code(), ended.toString());
        keepsClasses(home);
    }

    /** Kept by the first fits, not by a command that needs few; in use from the next start on, of which nothing is said. */
    private void keepsClasses(Path home) throws IOException, InterruptedException {
        assertEquals(List.of(), kept(home), "kept by --version");
        Files.writeString(
                directory.resolve("small.yaml"),
                "target: { type: gaussian, mean: [0], covariance: [[1]], rows: 60, heldout: 10 }\ncomponents: 1\ndensity: flow\n"
                        + "basis: { family: hermite, degree: 2 }\n");
        for (int time = 0; time < 2; time++) {
            Ended fit = end(builder(home.resolve("bin/eigendrift"), "fit", "small.yaml", "--out", "small.safetensors")
                    .start());
            assertEquals(0, fit.code(), fit.toString());
            assertEquals("", fit.err());
            assertEquals(1, fit.out().lines().count(), fit.out());
        }
        String ahead = "classes-" + System.getProperty("java.version");
        assertEquals(
                Runtime.version().feature() < 25
                        ? List.of("classes.jsa", "classes.place")
                        : List.of(ahead + ".aot", ahead + ".place"),
                kept(home),
                "by the first fits");
        ProcessBuilder told = builder(home.resolve("bin/eigendrift"), "--version");
        told.environment().put("EIGENDRIFT_OPTS", "-Xlog:class+load");
        assertTrue(
                end(told.start()).out().lines().anyMatch(DistributionIT::ownClassFromThere),
                "the classes are not taken from there");
    }

    private static boolean ownClassFromThere(String loaded) {
        return loaded.contains(" org.eigendrift.cli.Main ") && loaded.contains("shared objects file");
    }

    private static List<String> kept(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("classes"))
                    .sorted()
                    .toList();
        }
    }
}
