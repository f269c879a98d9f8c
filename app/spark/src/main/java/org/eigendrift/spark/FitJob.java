package org.eigendrift.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Law;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.config.ConfigurationReader;
import org.eigendrift.cli.config.ModelSettings;
import org.eigendrift.cli.output.WholeFile;
import org.eigendrift.cli.run.Located;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.settings.Density;
import org.eigendrift.engine.settings.FitSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fit}. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        description = "Fits a model to rows of csv or Parquet files on Spark and writes it to a file.")
final class FitJob implements Runnable {
    private final Job job;

    @Mixin
    private SessionOptions session;

    @Parameters(paramLabel = "CONFIG", description = "The configuration, a YAML file.")
    private Path config;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "Where the model goes: model.safetensors.")
    private Path out;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the configuration: --set basis.degree=8. May be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--explain",
            description =
                    "Only say what the fit is expected to cost: readings, bytes that are shuffled, memory, seconds.")
    private boolean explain;

    FitJob(Job job) {
        this.job = job;
    }

    @Override
    public void run() {
        Catalog catalog = Plugins.ofJobs();
        Configuration configuration = new ConfigurationReader(catalog, job.working()).read(config, assignments);
        refuse(configuration);
        TableRules rules = Located.in(configuration.places(), "target", () -> TableRules.of(configuration.target()));
        Path file = job.working().resolve(out).normalize();
        WholeFile.check("--out", file);
        session.run("eigendrift fit " + configuration.name(), spark -> {
            RunContext run = job.context(configuration.sample().seed(), catalog);
            if (explain) {
                explain(configuration, rules, rows(spark, configuration));
                return;
            }
            Law law = fit(spark, configuration, rules, catalog, run);
            Eigendrift.write(law, file);
            job.say("%s", "model of the kind '" + law.provenance().kind() + "': " + file);
        });
    }

    private void explain(Configuration configuration, TableRules rules, FileRows rows) {
        if (table(configuration, rules, rows)) {
            job.say("%s", TableJob.cost(counted(rows), rows.names().size()));
            return;
        }
        Located.in(configuration.places(), "target", rows::requireNumbers);
        cost(configuration.fit(), rows).lines(compares(configuration.fit())).forEach(line -> job.say("%s", line));
    }

    private Law fit(
            SparkSession spark, Configuration configuration, TableRules rules, Catalog catalog, RunContext run) {
        FileRows rows = rows(spark, configuration);
        if (table(configuration, rules, rows)) {
            return new TableJob(job, configuration, catalog, run).fit(rows, rows.test(configuration.target(), base()));
        }
        List<Column> columns = Located.in(configuration.places(), "target", () -> rules.columns(rows.names()));
        try (SparkRows there =
                Located.in(configuration.places(), "target", () -> sorted(rows, columns, rules, run.seed()))) {
            job.say(
                    "%s",
                    String.format(
                            Locale.ROOT,
                            "%,d rows of %d columns%s",
                            there.rows().orElseThrow(),
                            columns.size(),
                            rules.looks()
                                    ? ", numbers as they are: not looked at for levels, as with detect: off"
                                    : ""));
            return Located.anywhere(
                    configuration.places(), () -> Eigendrift.fit(there, configuration.fit(), catalog, run));
        }
    }

    /** Whether rows are brought here: a kind of law is named, or columns are none of numbers. */
    private static boolean table(Configuration configuration, TableRules rules, FileRows rows) {
        return configuration.law().isPresent() || Located.in(configuration.places(), "target", () -> rules.table(rows));
    }

    private Path base() {
        return job.working().resolve(config).normalize().getParent();
    }

    private FileRows rows(SparkSession spark, Configuration configuration) {
        return Located.in(configuration.places(), "target", () -> FileRows.of(spark, configuration.target(), base()));
    }

    private static CostModel cost(FitSettings settings, FileRows rows) {
        int degree = settings.basis().standard().degree().orElse(CostModel.USUAL_DEGREE);
        boolean pairs = settings.basis().clusters().order().orElse(2) > 1;
        return new CostModel(
                counted(rows),
                rows.names().size(),
                degree,
                pairs,
                Math.max(1, rows.cells().sparkSession().sparkContext().defaultParallelism()));
    }

    /** Of a Parquet file the number of rows stands at its end; a text file is read. */
    private static long counted(FileRows rows) {
        return Stage.named(
                rows.cells().sparkSession().sparkContext(),
                "counts rows",
                () -> rows.cells().count());
    }

    /** Whether the kind of model is left to the fit. */
    private static boolean compares(FitSettings settings) {
        return settings.components().isEmpty() || settings.density() == Density.AUTO;
    }

    private static SparkRows sorted(FileRows rows, List<Column> columns, TableRules rules, long seed) {
        rows.requireNumbers();
        try {
            return SortedRows.of(rules.drops() ? rows.whole() : rows, columns, rules.split(seed));
        } catch (Exception e) {
            // Spark throws what Java would have it declare; what a task refused is its cause.
            throw Main.refusal(e)
                    .orElseThrow(() -> e instanceof RuntimeException unchecked
                            ? unchecked
                            : new IllegalStateException(Main.oneLine(e), e));
        }
    }

    /** What is not fitted. */
    private static void refuse(Configuration configuration) {
        if (configuration.model().type() == ModelSettings.Type.EXACT) {
            throw new InputException(configuration.places().of("model")
                    + ": model: 'exact' fits nothing; leave this block out, or --engine spark");
        }
    }
}
