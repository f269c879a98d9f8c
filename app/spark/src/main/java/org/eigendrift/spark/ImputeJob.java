package org.eigendrift.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.FractionalType;
import org.eigendrift.cli.run.Center;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code impute}. */
@Command(
        name = "impute",
        mixinStandardHelpOptions = true,
        description =
                "Writes rows of csv or Parquet files with their gaps filled by what the model says of them, given the"
                        + " cells that are there, on Spark.")
final class ImputeJob implements Runnable {
    /** No column of a file has it. */
    private static final String SUFFIX = " eigendrift filled";

    private final Job job;

    @Mixin
    private SessionOptions session;

    @Mixin
    private ModelOptions asked;

    @Option(
            names = "--fill",
            paramLabel = "HOW",
            defaultValue = "mean",
            description = "mean (of numbers; the most frequent level), median or mode (default: mean).")
    private Center fill;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "Seed (default: 0).")
    private long seed;

    ImputeJob(Job job) {
        this.job = job;
    }

    @Override
    public void run() {
        Path working = job.working();
        EigendriftModel model = asked.model(working)
                .setHandleInvalid(RowParams.KEEP)
                .setImputedSuffix(SUFFIX)
                .setFill(fill.name().toLowerCase(Locale.ROOT))
                .setSeed(seed);
        WholeDirectory out = asked.out(working);
        session.run("eigendrift impute", spark -> {
            out.check(spark);
            Dataset<Row> rows = asked.rows(spark, working, model);
            Dataset<Row> filled = model.transform(rows);
            List<String> names = List.of(model.getOrDefault(model.inputCols()));
            boolean table = !ModelCells.numbers(model.law().columns());
            Column[] columns = List.of(rows.columns()).stream()
                    .map(name -> names.contains(name) ? filled(filled, name, table) : SortedRows.column(filled, name))
                    .toArray(Column[]::new);
            out.write(filled.select(columns), "fills gaps");
            job.say("%s", out);
        });
    }

    /** Of a table, what is there stays as it is written. */
    private static Column filled(Dataset<Row> rows, String name, boolean table) {
        Column own = SortedRows.column(rows, name);
        Column filled = SortedRows.column(rows, name + SUFFIX);
        boolean number = rows.schema().apply(name).dataType() instanceof FractionalType;
        return (table && !number ? functions.coalesce(own, filled) : filled).as(name);
    }
}
