package org.eigendrift.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged program, run as a user runs it. */
final class Program {
    static final Path DISTRIBUTION = Path.of(System.getProperty("distribution")).normalize();

    private Program() {}

    /** How a run ended. */
    record Result(int exit, String out, String err) {}

    static Result run(Path directory, String... arguments) throws IOException, InterruptedException {
        return run(directory, null, arguments);
    }

    static Result run(Path directory, Path javaHome, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(DISTRIBUTION.resolve("bin/eigendrift").toString());
        command.addAll(List.of(arguments));
        return execute(directory, javaHome, command);
    }

    static Result execute(Path directory, Path javaHome, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            int exit = exit(directory, javaHome, command, out, err);
            return new Result(
                    exit, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static int exit(Path directory, Path javaHome, List<String> command, Path out, Path err)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Path java = javaHome == null ? Path.of(System.getProperty("java.home")) : javaHome;
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().put("EIGENDRIFT_OPTS", "-Xmx1g");
        Process process = builder.start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " did not end within ten minutes");
        }
        return process.exitValue();
    }
}
