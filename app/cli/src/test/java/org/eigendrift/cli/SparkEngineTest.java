package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that Spark runs, beside a program in the place of spark-submit that keeps what it was told. That Spark takes it, and what
 * its side says, is tested in app/spark.
 */
@DisabledOnOs(OS.WINDOWS)
class SparkEngineTest {
    @TempDir
    private Path directory;

    private Command command;

    @BeforeEach
    void begin() throws IOException {
        command = new Command(directory);
        Files.writeString(directory.resolve("own.jar"), "");
    }

    /** A program that keeps its arguments, a line each, and the directory where it stands. */
    private void program(String more) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("home/bin"));
        Path program = bin.resolve("spark-submit");
        Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\" >told.txt\n" + more + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int spark(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 6);
        String[] more = {"--engine", "spark", "--spark-home", "home", "--spark-jar", "own.jar"};
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return command.run(all);
    }

    private List<String> told() throws IOException {
        return Files.readAllLines(directory.resolve("told.txt"));
    }

    @Test
    void commandsAreHandedOnAsTheyAre() throws IOException {
        program("echo '6,000 rows of 3 columns'; echo 'noise' >&2");
        String jar = directory.resolve("own.jar").toRealPath().toString();
        assertEquals(
                Main.DONE,
                spark(
                        "fit",
                        "c.yaml",
                        "-o",
                        "m.safetensors",
                        "--set",
                        "a=b c",
                        "--master",
                        "local[2]",
                        "--conf",
                        "spark.executor.memory=2g"),
                command.err());
        assertEquals("6,000 rows of 3 columns\n", command.out());
        assertEquals("", command.err());
        assertEquals(
                List.of(
                        "--master",
                        "local[2]",
                        "--conf",
                        "spark.executor.memory=2g",
                        "--class",
                        "org.eigendrift.spark.Main",
                        jar,
                        "fit",
                        "c.yaml",
                        "--out",
                        "m.safetensors",
                        "--set",
                        "a=b c"),
                told());
        assertEquals(
                Main.DONE, spark("score", "m.safetensors", "--data", "r.parquet", "-o", "s.parquet"), command.err());
        assertEquals(
                List.of("score", "m.safetensors", "--data", "r.parquet", "--out", "s.parquet"),
                told().subList(3, told().size()));
        assertEquals(
                Main.DONE,
                spark(
                        "impute",
                        "m.safetensors",
                        "--data",
                        "r.parquet",
                        "-o",
                        "s.parquet",
                        "--fill",
                        "mode",
                        "--seed",
                        "7"),
                command.err());
        assertEquals(
                List.of(
                        "impute",
                        "m.safetensors",
                        "--data",
                        "r.parquet",
                        "--out",
                        "s.parquet",
                        "--fill",
                        "mode",
                        "--seed",
                        "7"),
                told().subList(3, told().size()));
    }

    @Test
    void whatSparksSideSaysIsSaidHere() throws IOException {
        program("echo 'WARN noise' >&2; echo 'eigendrift: c.yaml:1: target: no' >&2; echo 'more' >&2; exit 2");
        assertEquals(Main.WRONG_INPUT, spark("fit", "c.yaml", "-o", "m.safetensors"));
        assertEquals("c.yaml:1: target: no", command.err());
        program("echo 'WARN noise' >&2; echo 'eigendrift: a task died' >&2; exit 1");
        assertEquals(Main.FAULT, spark("fit", "c.yaml", "-o", "m.safetensors"));
        assertTrue(command.err().startsWith("a task died; details in "), command.err());
        assertTrue(Files.readString(directory.resolve("eigendrift.log")).contains("WARN noise"));
        program("printf 'Exception in thread \"main\" java.lang.Error: oh\\n\\tat x.Y\\n' >&2; exit 3");
        assertEquals(Main.FAULT, spark("fit", "c.yaml", "-o", "m.safetensors"));
        assertTrue(
                command.err()
                        .startsWith(
                                "spark-submit ended with code 3: Exception in thread \"main\" java.lang.Error: oh;"),
                command.err());
        program("exit 130");
        assertEquals(Main.INTERRUPTED, spark("fit", "c.yaml", "-o", "m.safetensors"));
    }

    @Test
    void mistakesAreToldBeforeSparkBegins() throws IOException {
        mistake("--explain: is read with --engine spark alone", "--explain");
        mistake("--engine: unknown engine 'sparc'; did you mean 'spark'?", "--engine", "sparc");
        mistake("--master: is read with --engine spark alone", "--master", "yarn");
        mistake(
                "--spark-home: " + directory.resolve("home") + " has no bin/spark-submit;",
                "--engine",
                "spark",
                "--spark-home",
                "home");
        program("exit 0");
        mistake(
                "--master: expected local[2], spark://host:7077, yarn or k8s://host:port, found 'spark:7077'",
                "--engine",
                "spark",
                "--master",
                "spark:7077");
        mistake(
                "--conf: expected spark.KEY=VALUE, found 'executor.memory=2g'",
                "--engine",
                "spark",
                "--conf",
                "executor.memory=2g");
        mistake(
                "--spark-jar: " + directory.resolve("no.jar") + ": there is no such file",
                "--engine",
                "spark",
                "--spark-home",
                "home",
                "--spark-jar",
                "no.jar");
        mistake(
                "--like: is not done on Spark; leave it out, or --engine spark",
                "--engine",
                "spark",
                "--like",
                "m.safetensors");
        mistake(
                "--threads: is not done on Spark; leave it out, or --engine spark",
                "--engine",
                "spark",
                "--threads",
                "2");
    }

    private void mistake(String expected, String... more) {
        String[] all = java.util.Arrays.copyOf(new String[] {"fit", "c.yaml", "-o", "m.safetensors"}, 4 + more.length);
        System.arraycopy(more, 0, all, 4, more.length);
        assertEquals(Main.WRONG_INPUT, command.run(all));
        assertTrue(command.err().startsWith(expected), command.err());
        assertEquals(1, command.err().lines().count());
    }
}
