package org.eigendrift.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs in Kotlin and Scala of {@code docs/publishing.md} compile without a warning, and run with this artifact. The compilers are
 * test dependencies of the profile {@code languages} alone.
 */
@Tag("slow")
class OtherLanguagesTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final String SAID =
            "(?s).*log-density of the first row: -?\\d+\\.\\d+.*1000 samples of 2 columns, the first at -?\\d.*";

    @TempDir
    private Path directory;

    private static List<String> blocks(String language) throws IOException {
        String page = Files.readString(Path.of("../../docs/publishing.md"));
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        List<String> found = new ArrayList<>();
        while (block.find()) {
            found.add(block.group(1));
        }
        assertTrue(!found.isEmpty(), "the page has programs in " + language);
        return found;
    }

    private static void assumeThere(String compiler) {
        boolean there = OtherLanguagesTest.class.getResource("/" + compiler.replace('.', '/') + ".class") != null;
        assumeTrue(there, "there is no " + compiler + "; it comes with -Planguages");
    }

    private String java(String main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                directory + System.getProperty("path.separator") + CLASS_PATH,
                main));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "it ends");
        String said = Files.readString(out);
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    private List<String> sources(String language, String ending) throws IOException {
        List<String> files = new ArrayList<>();
        for (String program : blocks(language)) {
            Path file = directory.resolve("Program" + files.size() + ending);
            files.add(Files.writeString(file, program).toString());
        }
        return files;
    }

    private void compile(String compiler, List<String> files, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-d", directory.toString()));
        arguments.addAll(files);
        java(compiler, arguments.toArray(String[]::new));
    }

    @Test
    void kotlin() throws IOException, InterruptedException {
        String compiler = "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler";
        assumeThere(compiler);
        compile(
                compiler,
                sources("kotlin", ".kt"),
                "-Werror",
                "-jvm-target",
                "17",
                "-no-stdlib",
                "-no-reflect",
                "-cp",
                CLASS_PATH);
        String said = java("Program0Kt");
        assertTrue(said.matches(SAID), said);
        assertTrue(said.contains("median-error takes [rows]"), said);
    }

    @Test
    void scala() throws IOException, InterruptedException {
        String compiler = "dotty.tools.dotc.Main";
        assumeThere(compiler);
        compile(compiler, sources("scala", ".scala"), "-Werror", "-classpath", CLASS_PATH);
        String said = java("moons");
        assertTrue(said.matches(SAID), said);
    }
}
