package org.eigendrift.spark;

import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.eigendrift.api.InputException;
import picocli.CommandLine.Option;

/** Where a job runs. */
final class SessionOptions {
    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's master, where spark-submit did not say it: local[2], spark://host:7077, yarn, ...")
    private String master;

    /**
     * Works in a session, which ends with the work unless it was there before.
     *
     * @param name of the application
     * @param work what is done
     * @throws InputException if the master is not reached
     */
    void run(String name, Consumer<SparkSession> work) {
        boolean there = SparkSession.getDefaultSession().isDefined();
        SparkSession spark = start(name);
        try {
            work.accept(spark);
        } finally {
            if (!there) {
                spark.stop();
            }
        }
    }

    private SparkSession start(String name) {
        SparkSession.Builder builder = SparkSession.builder().appName(name);
        if (master != null) {
            builder.master(master);
        }
        try {
            SparkSession spark = builder.getOrCreate();
            SparkContext context = spark.sparkContext();
            if (context.isStopped()) {
                throw new InputException(unreached(context.master(), "it ended the application"));
            }
            return spark;
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            // What spark-submit was told stands in a property.
            String where = master == null ? System.getProperty("spark.master") : master;
            throw new InputException(unreached(where, Main.oneLine(e)), e);
        }
    }

    private static String unreached(String where, String why) {
        return "--master: " + (where == null ? "none is set" : "'" + where + "' is not reached") + ": " + why
                + "; expected local[2], spark://host:port, yarn or k8s://host:port of a cluster that runs";
    }
}
