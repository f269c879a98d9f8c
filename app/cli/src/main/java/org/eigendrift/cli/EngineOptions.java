package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.cli.spark.SparkSubmit;
import picocli.CommandLine.Option;

/** Where a command's rows are read: here, or on Spark. */
final class EngineOptions {
    private static final String LOCAL = "local";
    private static final String SPARK = "spark";

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "Where rows are read: local (default), or spark, which spark-submit runs (docs/spark.md).")
    private String engine = LOCAL;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's master: local[2], spark://host:7077, yarn, k8s://host:port (default: as Spark is"
                    + " configured).")
    private String master;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark, such as spark.executor.memory=4g. May be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--spark-home",
            paramLabel = "DIR",
            description =
                    "Directory of an unpacked Spark 4.0 (default: SPARK_HOME, else the spark-submit of the PATH).")
    private Path home;

    @Option(
            names = "--spark-jar",
            paramLabel = "FILE",
            description = "The jar eigendrift-spark-...-cluster.jar (default: that of the distribution).")
    private Path jar;

    /** Whether the rows are read elsewhere. */
    boolean elsewhere() {
        if (!engine.equals(LOCAL) && !engine.equals(SPARK)) {
            throw new InputException(
                    "--engine: unknown engine '" + engine + "'" + Nearest.hint(engine, List.of(LOCAL, SPARK)));
        }
        boolean spark = engine.equals(SPARK);
        Stream.of(
                        master == null ? "" : "--master",
                        settings.isEmpty() ? "" : "--conf",
                        home == null ? "" : "--spark-home",
                        jar == null ? "" : "--spark-jar")
                .filter(option -> !spark && !option.isEmpty())
                .findFirst()
                .ifPresent(option -> {
                    throw new InputException(option + ": is read with --engine spark alone");
                });
        return spark;
    }

    /**
     * Has Spark run a command.
     *
     * @param invocation where it stands
     * @param global options that Spark's side does not have
     * @param arguments the command, and its arguments as its Spark side takes them
     */
    void submit(Invocation invocation, GlobalOptions global, List<String> arguments) {
        invocation.setting(global);
        global.refuseElsewhere();
        Optional.ofNullable(master).ifPresent(SparkSubmit::checkMaster);
        for (String setting : settings) {
            if (!setting.matches("spark\\.[^=]+=.*")) {
                throw new InputException("--conf: expected spark.KEY=VALUE, found '" + setting + "'");
            }
        }
        Path working = invocation.working();
        SparkSubmit.found(
                        Optional.ofNullable(home).map(working::resolve),
                        Optional.ofNullable(jar).map(working::resolve))
                .run(
                        new SparkSubmit.Cluster(Optional.ofNullable(master), settings),
                        arguments,
                        working,
                        invocation.terminal().out()::println);
    }

    /** Refuses an option that Spark's side of a command does not have. */
    static void refuse(boolean given, String option) {
        if (given) {
            throw new InputException(option + ": is not done on Spark; leave it out, or --engine spark");
        }
    }
}
