package org.eigendrift.cli.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLayersTest {
    @TempDir
    private Path directory;

    private static Catalog load(Path... directories) {
        return PluginLayers.catalog(List.of(directories));
    }

    private String error() {
        String message =
                assertThrows(InputException.class, () -> load(directory)).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    private void assertMentions(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "expected '" + part + "' in: " + message);
        }
    }

    @Test
    void aJarIsAPlugin() throws IOException {
        PluginSource.metric("one.two", "Mine", "mine", "").jar(directory.resolve("mine.jar"));
        Catalog catalog = load(directory);
        assertEquals(
                "a third party's metric",
                catalog.find(MetricProvider.class, "mine").summary());
        assertEquals(
                "one.two.Mine in module one.two (mine.jar)", Origin.of(catalog.find(MetricProvider.class, "mine")));
    }

    @Test
    void aFolderOfJarsIsAPluginWithItsLibraries() throws IOException {
        Path lib = new PluginSource()
                .with("module-info.java", "module some.lib { exports some.lib; }")
                .with("some/lib/Lib.java", "package some.lib; public class Lib { public static void use() {} }")
                .jar(directory.resolve("folder/lib.jar"));
        PluginSource.metric("one.two", "Mine", "mine", "some.lib.Lib.use();")
                .with("module-info.java", """
                        module one.two {
                            requires org.eigendrift.api;
                            requires some.lib;
                            provides org.eigendrift.api.metric.MetricProvider with one.two.Mine;
                        }
                        """)
                .jar(directory.resolve("folder/mine.jar"), lib);
        assertEquals("mine", load(directory).find(MetricProvider.class, "mine").name());
        Files.delete(lib);
        assertMentions(error(), "plugin " + directory.resolve("folder"), "some.lib", "one.two");
    }

    @Test
    void pluginsWithClassesOfOneNameLiveSideBySide() throws IOException {
        PluginSource.metric("same.same", "Mine", "a", "").jar(directory.resolve("a.jar"));
        PluginSource.metric("same.same", "Mine", "b", "").jar(directory.resolve("b.jar"));
        Catalog catalog = load(directory);
        assertNotSame(
                catalog.find(MetricProvider.class, "a").getClass(),
                catalog.find(MetricProvider.class, "b").getClass());
    }

    @Test
    void twoPluginsOfOneNameAreAnErrorThatTellsBoth() throws IOException {
        PluginSource.metric("first.one", "Mine", "mine", "").jar(directory.resolve("a.jar"));
        PluginSource.metric("second.one", "Mine", "mine", "").jar(directory.resolve("b.jar"));
        assertMentions(error(), "two plugins have the name 'mine'", "first.one", "second.one");
    }

    @Test
    void aPluginThatThrowsWhileLoadingIsNamedWithItsJar() throws IOException {
        PluginSource.metric("bad.one", "Mine", "mine", "if (true) throw new IllegalStateException(\"out of luck\");")
                .jar(directory.resolve("bad.jar"));
        assertMentions(error(), directory.resolve("bad.jar").toString(), "bad.one.Mine", "out of luck");
    }

    @Test
    void aPluginWhoseClassCannotBeInitialisedIsNamedWithItsJar() throws IOException {
        PluginSource source = PluginSource.metric("bad.one", "Mine", "mine", "new Broken();");
        source.with(
                        "bad/one/Broken.java",
                        "package bad.one; class Broken { static final int X = 1 / Integer.parseInt(\"0\"); }")
                .jar(directory.resolve("bad.jar"));
        assertMentions(error(), directory.resolve("bad.jar").toString(), "bad.one.Mine", "by zero");
    }

    @Test
    void aBrokenZipIsNamed() throws IOException {
        Files.writeString(directory.resolve("broken.jar"), "not a zip");
        assertMentions(error(), directory.resolve("broken.jar").toString(), "zip");
    }

    @Test
    void aMissingModuleIsNamedWithWhoNeedsIt() throws IOException {
        new PluginSource()
                .with("module-info.java", "module dep.two { requires java.base; requires lib.one; }")
                .jar(
                        directory.resolve("dep.jar"),
                        new PluginSource()
                                .with("module-info.java", "module lib.one {}")
                                .jar(directory.resolve("elsewhere/sub/lib.jar")));
        assertMentions(error(), directory.resolve("dep.jar").toString(), "lib.one", "dep.two");
    }

    @Test
    void aJarWhoseNameMakesNoModuleIsNamed() throws IOException {
        new PluginSource()
                .with("demo/Demo.java", "package demo; public class Demo {}")
                .jar(directory.resolve("1plugin.jar"));
        assertMentions(error(), directory.resolve("1plugin.jar").toString(), "Unable to derive module descriptor");
    }

    @Test
    void twoVersionsOfAModuleInOneFolderAreNamed() throws IOException {
        PluginSource source = new PluginSource().with("module-info.java", "module twice {}");
        source.jar(directory.resolve("folder/a-1.0.jar"));
        source.jar(directory.resolve("folder/a-2.0.jar"));
        assertMentions(error(), "twice", "a-1.0.jar", "a-2.0.jar");
    }

    @Test
    void aPackageInTwoModulesIsNamed() throws IOException {
        new PluginSource()
                .with("module-info.java", "module split.one { exports demo.api; }")
                .with("demo/api/A.java", "package demo.api; public class A {}")
                .jar(directory.resolve("folder/one.jar"));
        new PluginSource()
                .with("module-info.java", "module split.two { exports demo.api; }")
                .with("demo/api/B.java", "package demo.api; public class B {}")
                .jar(directory.resolve("folder/two.jar"));
        assertMentions(error(), directory.resolve("folder").toString(), "demo.api");
    }

    @Test
    void aPluginForAnotherApiSeriesIsRefusedWithBothVersions() throws IOException {
        Path foreign = new PluginSource()
                .with("module-info.java", "module org.eigendrift.api { exports org.eigendrift.api; }")
                .with("org/eigendrift/api/X.java", "package org.eigendrift.api; public class X {}")
                .option("--module-version", "99.0.0")
                .jar(directory.resolve("elsewhere/sub/api.jar"));
        new PluginSource()
                .with("module-info.java", "module from.future { requires org.eigendrift.api; }")
                .jar(directory.resolve("future.jar"), foreign);
        assertMentions(error(), directory.resolve("future.jar").toString(), "99.0.0", "org.eigendrift.api");
    }

    @Test
    void aCopyOfTheApiIsIgnoredAndThePluginStillFound() throws IOException {
        PluginSource.metric("one.two", "Mine", "mine", "").jar(directory.resolve("folder/mine.jar"));
        new PluginSource()
                .with("module-info.java", "module org.eigendrift.api { exports org.eigendrift.api; }")
                .with("org/eigendrift/api/X.java", "package org.eigendrift.api; public class X {}")
                .jar(directory.resolve("folder/eigendrift-api.jar"));
        assertEquals("mine", load(directory).find(MetricProvider.class, "mine").name());
    }

    @Test
    void aJarWithoutDescriptorIsAnAutomaticModule() throws IOException {
        PluginSource source = PluginSource.metric("auto.matic", "Mine", "mine", "");
        Path classes = source.jar(directory.resolve("elsewhere/sub/with-descriptor.jar"));
        Path jar = directory.resolve("automatic.jar");
        try (var in = new java.util.jar.JarFile(classes.toFile());
                var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
            for (var entry : java.util.Collections.list(in.entries())) {
                if (!entry.getName().equals("module-info.class")) {
                    out.putNextEntry(new java.util.jar.JarEntry(entry.getName()));
                    in.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
            out.putNextEntry(new java.util.jar.JarEntry("META-INF/services/org.eigendrift.api.metric.MetricProvider"));
            out.write("auto.matic.Mine\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.closeEntry();
        }
        assertEquals("mine", load(directory).find(MetricProvider.class, "mine").name());
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path missing = directory.resolve("nowhere");
        String message = assertThrows(InputException.class, () -> load(missing)).getMessage();
        assertMentions(message, "--plugins " + missing, "no such directory");
    }
}
