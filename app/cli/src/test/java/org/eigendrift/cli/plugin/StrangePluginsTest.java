package org.eigendrift.cli.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.cli.console.RunLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins of strangers: their own libraries in any version, options and jars that must be refused, and locks. */
class StrangePluginsTest {
    @TempDir
    private Path directory;

    private static Catalog load(Path... directories) {
        return PluginLayers.catalog(List.of(directories));
    }

    private void assertRefused(String... parts) {
        String message =
                assertThrows(InputException.class, () -> load(directory)).getMessage();
        assertEquals(1, message.lines().count(), message);
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "expected '" + part + "' in: " + message);
        }
    }

    /** A library of one class whose method tells its version, with a module descriptor or without. */
    private static PluginSource library(String module, String type, String version) {
        String folder = type.substring(0, type.lastIndexOf('.'));
        return new PluginSource()
                .with("module-info.java", "module " + module + " { exports " + folder + "; }")
                .with(
                        type.replace('.', '/') + ".java",
                        "package " + folder + "; public class " + type.substring(folder.length() + 1)
                                + " { public static String version() { return \"" + version + "\"; } }");
    }

    /** A metric whose summary is what a library says its version is. */
    private static PluginSource using(String module, String library, String type) {
        PluginSource source = PluginSource.metric(module, "Mine", module.replace('.', '-'), "");
        return source.with("module-info.java", """
                        module %s {
                            requires org.eigendrift.api;
                            requires %s;
                            provides org.eigendrift.api.metric.MetricProvider with %s.Mine;
                        }
                        """.formatted(module, library, module))
                .replacing("\"a third party's metric\"", type + ".version()");
    }

    private static void withoutDescriptor(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (JarFile in = new JarFile(from.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (var entry : Collections.list(in.entries())) {
                if (!entry.getName().equals("module-info.class")) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
        }
    }

    @Test
    void twoVersionsOfOneLibraryLiveSideBySide() throws IOException {
        for (String version : List.of("1", "2")) {
            Path folder = directory.resolve("folder" + version);
            Path lib = library("small.lib", "small.lib.Small", version).jar(folder.resolve("lib.jar"));
            using("user.of" + version, "small.lib", "small.lib.Small").jar(folder.resolve("mine.jar"), lib);
        }
        Catalog catalog = load(directory);
        assertEquals("1", catalog.find(MetricProvider.class, "user-of1").summary());
        assertEquals("2", catalog.find(MetricProvider.class, "user-of2").summary());
    }

    /** The host has EJML (automatic modules) and Guava (a module of another name than the file's): neither is met. */
    @ParameterizedTest
    @CsvSource({
        "ejml.core, org.ejml.UtilEjml, ejml-core-0.1.jar",
        "guava, com.google.common.base.Joiner, guava-20.0.jar"
    })
    void aLibraryThatTheHostHasTooIsThePluginsOwn(String module, String type, String jar) throws IOException {
        Path described = library(module, type, "its own").jar(directory.resolve("elsewhere/described.jar"));
        withoutDescriptor(described, directory.resolve("plugins/folder/" + jar));
        using("user.of", module, type).jar(directory.resolve("plugins/folder/mine.jar"), described);
        assertEquals(
                "its own",
                load(directory.resolve("plugins"))
                        .find(MetricProvider.class, "user-of")
                        .summary());
    }

    @Test
    void aLibraryOfTheHostIsNotSeen() throws IOException {
        PluginSource.metric("user.of", "Mine", "mine", "")
                .with("module-info.java", """
                        module user.of {
                            requires org.eigendrift.api;
                            requires jakarta.inject;
                            provides org.eigendrift.api.metric.MetricProvider with user.of.Mine;
                        }
                        """)
                .jar(directory.resolve("mine.jar"), PluginSource.location(jakarta.inject.Inject.class));
        assertRefused(
                "mine.jar", "module user.of requires jakarta.inject, which is the program's own", "in its folder");
    }

    @ParameterizedTest
    @CsvSource({
        "metric.MetricProvider, type, metric",
        "linear.SolverProvider, ridge, solver",
        "linear.SolverProvider, fallback, solver",
        "sampler.SamplerProvider, type, sampler"
    })
    void anOptionWithAKeyOfTheBlockIsRefused(String kind, String key, String label) throws IOException {
        PluginSource.of("org.eigendrift.api." + kind, created(label))
                .replacing(
                        "public record Options() {}",
                        "public record Options(@Option(doc = \"d\", value = \"1\") int " + key + ") {}")
                .jar(directory.resolve("wrong.jar"));
        assertRefused(
                "wrong.jar",
                label + " 'wrong' (org.example.wrong.Wrong",
                "has an option '" + key + "'",
                "reserved there are");
    }

    private static String created(String label) {
        return switch (label) {
            case "solver" ->
                "public org.eigendrift.api.linear.Solver create(Options o, RunContext run) { return null; }";
            case "sampler" -> "public Sampler create(Options o, RunContext run) { return null; }";
            default -> "public Metric create(Options o, RunContext run) { return null; }";
        };
    }

    @Test
    void optionsThatAreNullAreRefused() throws IOException {
        PluginSource.of("org.eigendrift.api.metric.MetricProvider", created("metric"))
                .replacing("return SCHEMA;", "return null;")
                .jar(directory.resolve("wrong.jar"));
        assertRefused("wrong.jar", "metric 'wrong'", "returns null for its options");
    }

    @Test
    void anOptionOfAnUnknownTypeIsNamed() throws IOException {
        PluginSource.of("org.eigendrift.api.metric.MetricProvider", created("metric"))
                .replacing(
                        "public record Options() {}",
                        "public record Options(@Option(doc = \"d\", value = \"1\") float share) {}")
                .jar(directory.resolve("wrong.jar"));
        assertRefused("wrong.jar", "share", "float", "not supported");
    }

    /** Compiled against an api of the same series that had one method more. */
    @Test
    void aMethodThatTheApiDoesNotHaveIsToldAsAnotherVersion() throws IOException {
        PluginSource.of("org.eigendrift.api.metric.MetricProvider", created("metric"))
                .replacing("return \"with a fault\";", "throw new NoSuchMethodError(\"Provider.gone()\");")
                .jar(directory.resolve("wrong.jar"));
        assertRefused(
                "wrong.jar", "org.example.wrong.Wrong", "was built for another version of the api", "Provider.gone()");
    }

    @Test
    void aJarThatProvidesNothingIsSaid() throws IOException {
        library("small.lib", "small.lib.Small", "1").jar(directory.resolve("nothing.jar"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        RunLog.current().begin(new PrintStream(err, true, StandardCharsets.UTF_8), false);
        load(directory);
        String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("nothing.jar provides nothing"), said);
        Path folder = directory.resolve("folder");
        library("small.lib", "small.lib.Small", "1").jar(folder.resolve("nothing.jar"));
        for (Path alone : List.of(directory.resolve("nothing.jar"), folder)) {
            String refused = assertThrows(InputException.class, () -> PluginLayers.ofOne(alone))
                    .getMessage();
            assertTrue(refused.startsWith("plugin " + alone + " provides nothing: no module in it says"), refused);
        }
    }

    @Test
    void twoJarsOfOneNameAreBothNamed() throws IOException {
        PluginSource.metric("same.same", "Mine", "mine", "").jar(directory.resolve("a.jar"));
        PluginSource.metric("same.same", "Mine", "mine", "").jar(directory.resolve("b.jar"));
        assertRefused("two plugins have the name 'mine'", "(a.jar)", "(b.jar)");
    }

    @Test
    void anUnknownNameSaysWhereWasSearched() {
        String alone = assertThrows(InputException.class, () -> load().find(MetricProvider.class, "mine"))
                .getMessage();
        assertTrue(alone.contains("--plugins DIR adds plugins of others"), alone);
        String there = assertThrows(InputException.class, () -> load(directory).find(MetricProvider.class, "mine"))
                .getMessage();
        assertTrue(there.contains(directory.toString()), there);
    }

    private void zip(String... entries) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(directory.resolve("bad.jar")))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.closeEntry();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "../../evil.class, points out of the jar",
        "/etc/evil, points out of the jar",
        "C:evil, points out of the jar"
    })
    void anEntryThatLeavesTheJarIsRefused(String entry, String why) throws IOException {
        zip("a/B.class", entry);
        assertRefused("bad.jar", entry, why);
    }

    @Test
    void aZipBombIsRefused() throws IOException {
        byte[] zeros = new byte[1 << 20];
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(directory.resolve("bad.jar")))) {
            out.putNextEntry(new ZipEntry("bomb"));
            fill(out, zeros, 64);
            out.closeEntry();
        }
        assertRefused("bad.jar", "its entry 'bomb' unpacks from");
    }

    @Test
    void aDescriptorThatIsTooLargeIsRefused() throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(directory.resolve("bad.jar")))) {
            out.putNextEntry(new ZipEntry("module-info.class"));
            fill(out, new byte[1 << 20], 2);
            out.closeEntry();
        }
        assertRefused("bad.jar", "its module-info.class has more than a MiB");
    }

    private static void fill(OutputStream out, byte[] part, int times) throws IOException {
        for (int k = 0; k < times; k++) {
            out.write(part);
        }
    }

    @Test
    void aTruncatedJarIsNamed() throws IOException {
        Path jar = PluginSource.metric("one.two", "Mine", "mine", "").jar(directory.resolve("bad.jar"));
        byte[] whole = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
        assertRefused("bad.jar", "it is no whole jar");
    }

    @Test
    void whatIsLockedIsLoadedAndNothingElse() throws IOException {
        Path jar = PluginSource.metric("one.two", "Mine", "mine", "").jar(directory.resolve("mine.jar"));
        assertEquals(List.of("mine.jar"), PluginLock.write(directory));
        assertEquals("mine", load(directory).find(MetricProvider.class, "mine").name());

        Path other = PluginSource.metric("three.four", "Other", "other", "").jar(directory.resolve("folder/other.jar"));
        assertRefused(
                "folder/other.jar".replace("/", other.getFileSystem().getSeparator()), "is not in ", PluginLock.FILE);
        Files.delete(other);

        PluginSource.metric("one.two", "Mine", "mine", "System.gc();").jar(jar);
        assertRefused("mine.jar", "is not the file that", "plugins lock");
        Files.delete(jar);
        assertRefused("mine.jar", "is missing");
    }

    @Test
    void listingTellsJarModuleAndVersion() throws IOException {
        PluginSource.metric("one.two", "Mine", "mine", "")
                .option("--module-version", "1.4")
                .jar(directory.resolve("mine.jar"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PluginListing(load(directory), new PrintStream(out, true, StandardCharsets.UTF_8)).of(MetricProvider.KIND);
        String listed = out.toString(StandardCharsets.UTF_8);
        assertTrue(listed.contains("a third party's metric [mine.jar, module one.two 1.4]"), listed);
        assertTrue(listed.contains("mmd"), listed);
        assertEquals(1, listed.split("\\[", -1).length - 1, "the program's own have no source: " + listed);
    }
}
