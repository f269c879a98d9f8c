package org.eigendrift.spark;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code score}. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Writes rows of csv or Parquet files with the exact log-density of each, in nats, on Spark.")
final class ScoreJob implements Runnable {
    private final Job job;

    @Mixin
    private SessionOptions session;

    @Mixin
    private ModelOptions asked;

    ScoreJob(Job job) {
        this.job = job;
    }

    @Override
    public void run() {
        Path working = job.working();
        EigendriftModel model = asked.model(working).setHandleInvalid(RowParams.KEEP);
        WholeDirectory out = asked.out(working);
        session.run("eigendrift score", spark -> {
            out.check(spark);
            Dataset<Row> rows = asked.rows(spark, working, model);
            out.write(model.transform(rows), "scores rows");
            job.say("%s with the column %s", out, model.getOrDefault(model.logDensityCol()));
        });
    }
}
