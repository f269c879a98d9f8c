package org.eigendrift.spark;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.eigendrift.api.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * What {@code spark-submit} starts: {@code fit}, {@code score} and {@code impute} as the command {@code eigendrift} has them, on rows
 * of csv and Parquet files. Exit codes are its, too: 0 done, 2 the input is wrong, 1 a fault; messages are lines on standard error
 * that begin with {@code eigendrift:}, among what Spark logs.
 */
@Command(name = "eigendrift-spark", description = "Fits, scores and imputes on Spark.", mixinStandardHelpOptions = true)
public final class Main {
    /** What a message begins with. */
    static final String MARK = "eigendrift: ";

    private static final int FAULT = 1;
    private static final int WRONG_INPUT = 2;

    /** With what an executor ends that has no memory left, as Spark has it. */
    private static final int OUT_OF_MEMORY = 52;

    private final PrintStream err;
    private final Job job;

    /**
     * Creates the program.
     *
     * @param out where results are told
     * @param err where mistakes are told
     * @param working the directory against which paths are resolved
     */
    Main(PrintStream out, PrintStream err, Path working) {
        this.err = err;
        this.job = new Job(out, working.toAbsolutePath().normalize());
    }

    /**
     * Runs a job and ends the process.
     *
     * @param arguments {@code fit CONFIG --out FILE}, {@code score MODEL --data FILE --out DIR}, {@code impute MODEL --data FILE --out DIR}
     */
    public static void main(String[] arguments) {
        System.exit(new Main(System.out, System.err, Path.of("")).run(arguments));
    }

    /**
     * Runs a job.
     *
     * @param arguments the command line
     * @return the exit code
     */
    int run(String... arguments) {
        return new CommandLine(this)
                .addSubcommand(new FitJob(job))
                .addSubcommand(new ScoreJob(job))
                .addSubcommand(new ImputeJob(job))
                .setOut(new PrintWriter(job.out(), true))
                .setErr(new PrintWriter(err, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> told(e.getMessage(), WRONG_INPUT))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e))
                .execute(arguments);
    }

    private int failed(Exception e) {
        Optional<RuntimeException> refusal = refusal(e);
        if (refusal.isPresent()) {
            return told(refusal.get().getMessage(), WRONG_INPUT);
        }
        e.printStackTrace(err);
        return told(fault(e), FAULT);
    }

    private int told(String message, int code) {
        List.of(String.valueOf(message).split("\\R")).forEach(line -> err.println(MARK + line));
        return code;
    }

    /** What was wrong with the input, which of a task that failed the driver has as a cause. */
    static Optional<RuntimeException> refusal(Throwable e) {
        RuntimeException files = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InputException refused) {
                return Optional.of(refused);
            }
            if (cause instanceof SparkThrowable spark && files == null && ofFiles(spark.getCondition())) {
                files = new InputException(plain(oneLine(cause.getMessage())), cause);
            }
        }
        return Optional.ofNullable(files);
    }

    /** Whether Spark means what stands in a file. */
    private static boolean ofFiles(String condition) {
        return condition != null
                && (condition.startsWith("FAILED_READ_FILE") || condition.startsWith("MALFORMED_RECORD"));
    }

    /** Without what Spark puts around its sentences. */
    private static String plain(String message) {
        return message.replaceFirst("^\\[[A-Z0-9_.]+\\] ", "").replaceFirst("\\s+SQLSTATE: \\w+$", "");
    }

    /** What ended a job that is no mistake of the input, in one line. */
    static String fault(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause);
            if (message.contains("OutOfMemoryError") || message.contains("exited with code " + OUT_OF_MEMORY)) {
                return "an executor ran out of memory; give executors more with spark.executor.memory (with a master of"
                        + " local threads, the driver with spark.driver.memory), or more partitions to share rows among";
            }
            if (message.contains("ExecutorLostFailure")) {
                return "executors were lost again and again, most likely for want of memory: "
                        + plain(oneLine(cause.getMessage()))
                        + "; give them more with spark.executor.memory or spark.executor.memoryOverhead";
            }
        }
        return oneLine(e);
    }

    /** The first line of what was the matter in the end. */
    static String oneLine(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.toString() : oneLine(last.getMessage());
    }

    private static String oneLine(String message) {
        return message.strip().lines().findFirst().orElse(message);
    }
}
