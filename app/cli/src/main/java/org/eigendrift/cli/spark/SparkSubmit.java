package org.eigendrift.cli.spark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark's program {@code spark-submit} and the jar that it is given.
 *
 * @param program the program
 * @param jar all of Eigendrift that Spark does not bring
 */
public record SparkSubmit(Path program, Path jar) {
    private static final Logger LOG = LoggerFactory.getLogger(SparkSubmit.class);

    /** What messages for the user begin with, among what Spark logs. */
    private static final String MARK = "eigendrift: ";

    private static final int WRONG_INPUT = 2;
    private static final int INTERRUPTED = 130;

    /** How the master may be written. */
    private static final String MASTERS =
            "local(\\[.+\\])?|local-cluster\\[\\d+,\\d+,\\d+\\]|spark://.+:\\d+(,.+:\\d+)*|yarn|k8s://.+";

    /**
     * Finds both.
     *
     * @param home an unpacked distribution of Spark; empty to look where SPARK_HOME says, then on the PATH
     * @param jar the jar; empty for that of this distribution
     * @throws InputException if either is not there; one line that says what to do
     */
    public static SparkSubmit found(Optional<Path> home, Optional<Path> jar) {
        Path program = home.map(path -> inHome("--spark-home", path))
                .or(() -> Optional.ofNullable(System.getenv("SPARK_HOME"))
                        .filter(text -> !text.isBlank())
                        .map(text -> inHome("SPARK_HOME", Path.of(text))))
                .or(SparkSubmit::onPath)
                .orElseThrow(
                        () -> new InputException("--engine spark: there is no spark-submit on the PATH, and SPARK_HOME"
                                + " is not set; unpack Spark 4.0 (Scala 2.13) and set SPARK_HOME or --spark-home to its directory,"
                                + " or leave out --engine"));
        return new SparkSubmit(program, jar.map(SparkSubmit::given).orElseGet(SparkSubmit::ofDistribution));
    }

    private static Path inHome(String said, Path home) {
        return programs(home.resolve("bin"))
                .findFirst()
                .orElseThrow(() -> new InputException(said + ": " + home
                        + " has no bin/spark-submit; expected the directory of an unpacked Spark 4.0"));
    }

    private static Optional<Path> onPath() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .flatMap(entry -> programs(Path.of(entry)))
                .findFirst();
    }

    private static Stream<Path> programs(Path directory) {
        boolean windows = File.separatorChar == '\\';
        return Stream.of(directory.resolve(windows ? "spark-submit.cmd" : "spark-submit"))
                .filter(Files::isRegularFile);
    }

    private static Path given(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new InputException("--spark-jar: " + jar + ": there is no such file");
        }
        return jar;
    }

    private static Path ofDistribution() {
        Path directory = Path.of(System.getProperty("eigendrift.home", ""), "spark");
        try (Stream<Path> files = Files.isDirectory(directory) ? Files.list(directory) : Stream.of()) {
            return files.filter(file -> file.getFileName().toString().endsWith("-cluster.jar"))
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> new InputException("--engine spark: there is no jar in " + directory
                            + "; name eigendrift-spark-VERSION-cluster.jar, which the build leaves in app/spark/target,"
                            + " with --spark-jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Checks how a master is written; whether it is there only Spark finds.
     *
     * @param master as the user wrote it
     * @throws InputException if Spark would not take it
     */
    public static void checkMaster(String master) {
        if (!master.matches(MASTERS)) {
            throw new InputException(
                    "--master: expected local[2], spark://host:7077, yarn or k8s://host:port, found '" + master + "'");
        }
    }

    /**
     * What Spark is told.
     *
     * @param master the master; empty for what Spark is configured with
     * @param settings {@code key=value} of Spark
     */
    public record Cluster(Optional<String> master, List<String> settings) {

        /**
         * Copies the list.
         *
         * @param master the master
         * @param settings {@code key=value} of Spark
         */
        public Cluster {
            settings = List.copyOf(settings);
        }
    }

    /**
     * Runs a command in Spark.
     *
     * @param cluster where
     * @param arguments the command and its arguments
     * @param working the working directory
     * @param out takes lines of results as they come
     * @throws InputException if the input was wrong; what Spark's side said of it
     * @throws SparkFailure if it ended in another way
     */
    public void run(Cluster cluster, List<String> arguments, Path working, Consumer<String> out) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        cluster.master().ifPresent(url -> command.addAll(List.of("--master", url)));
        cluster.settings().forEach(setting -> command.addAll(List.of("--conf", setting)));
        command.addAll(List.of("--class", "org.eigendrift.spark.Main", jar.toString()));
        command.addAll(arguments);
        LOG.info("{}", String.join(" ", command));
        try {
            Path told = Files.createTempFile("eigendrift", ".log");
            try {
                int code = ended(command, working, told, out);
                judge(code, Files.readAllLines(told, StandardCharsets.UTF_8));
            } finally {
                Files.delete(told);
            }
        } catch (IOException e) {
            throw new SparkFailure(program + " cannot be run: " + e.getMessage());
        }
    }

    private static int ended(List<String> command, Path working, Path told, Consumer<String> out) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(working.toFile())
                .redirectError(told.toFile())
                .start();
        process.getOutputStream().close();
        try (BufferedReader results = process.inputReader(StandardCharsets.UTF_8)) {
            results.lines().forEach(out);
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            process.destroy();
        }
    }

    private static void judge(int code, List<String> told) {
        if (code == 0) {
            LOG.info("{}", String.join("\n", told));
            return;
        }
        if (code == INTERRUPTED) {
            throw new CancellationException();
        }
        List<String> messages = told.stream()
                .filter(line -> line.startsWith(MARK))
                .map(line -> line.substring(MARK.length()))
                .toList();
        if (code == WRONG_INPUT && !messages.isEmpty()) {
            throw new InputException(String.join("\n", messages));
        }
        LOG.error("{}", String.join("\n", told));
        throw new SparkFailure(
                messages.isEmpty()
                        ? "spark-submit ended with code " + code
                                + last(told).map(line -> ": " + line).orElse("")
                        : messages.get(messages.size() - 1));
    }

    private static Optional<String> last(List<String> told) {
        return told.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                .reduce((first, second) -> line(first) ? first : second);
    }

    private static boolean line(String text) {
        return text.startsWith("Exception in thread") || text.startsWith("Error:");
    }
}
