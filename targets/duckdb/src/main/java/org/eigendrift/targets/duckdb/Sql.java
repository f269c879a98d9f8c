package org.eigendrift.targets.duckdb;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.targets.tables.AngleUnit;
import org.eigendrift.targets.tables.ColumnKinds;
import org.eigendrift.targets.tables.Detection;
import org.eigendrift.targets.tables.Fill;
import org.eigendrift.targets.tables.Handling;
import org.eigendrift.targets.tables.Missing;
import org.eigendrift.targets.tables.Table;
import org.eigendrift.targets.tables.TableTarget;

/** Rows of a query over files (Parquet, CSV, JSON), read in chunks. */
public final class Sql implements TargetProvider<Sql.Options> {

    /**
     * The options.
     *
     * @param query the query
     * @param test a query for held-out rows
     * @param directory where relative names of files are looked for
     * @param holdout fraction of rows held out
     * @param missing what to do with a row that lacks a value
     * @param impute what a missing value is filled with
     * @param angles columns of angles
     * @param angleUnit their unit
     * @param angleFrom where their period begins
     * @param positive columns of positive numbers
     * @param bounded bounded columns
     * @param types columns whose type is declared
     * @param detect what is done about kinds that are not declared
     * @param seed seed of the split and of values drawn
     */
    public record Options(
            @Option(doc = "the query, in the SQL of DuckDB: select a, b from 'rows.parquet' where c > 0 order by id")
            String query,

            @Option(doc = "a query for the held-out rows with the same columns, instead of holdout", value = "none")
            Optional<String> test,

            @Option(doc = "where relative names of files in the query are looked for", value = ".")
            Path directory,

            @Option(doc = "fraction of rows held out, at random by row; 0 for none", value = "0.2", min = 0, max = 0.9)
            double holdout,

            @Option(
                    doc =
                            "a row that lacks a value (null or NaN): refuse the file, drop the row and count it, impute the value and count it, or keep the gap",
                    value = "refuse")
            Missing missing,

            @Option(
                    doc = "what a missing value is filled with, from training rows: the column's mean, its median, a "
                            + "value drawn from the column, or a draw given the row's other values",
                    value = "mean")
            Fill impute,

            @Option(doc = "columns that hold angles", value = "[]")
            List<String> angles,

            @Option(doc = "unit of the angles", value = "radians")
            AngleUnit angleUnit,

            @Option(
                    doc = "where the period of the angles begins, in their unit; values are wrapped into it",
                    value = "0")
            double angleFrom,

            @Option(doc = "columns that hold numbers above 0", value = "[]")
            List<String> positive,

            @Option(doc = "bounded columns, each [name, lower, upper]", value = "[]")
            List<List<String>> bounded,

            @Option(
                    doc =
                            "columns whose type is declared, each [name, type, ...]: [age, integer], [when, date, dd.MM.yyyy], "
                                    + "[answer, ordered, low, middle, high]; eigendrift plugins list column-type names all",
                    value = "[]")
            List<List<String>> types,

            @Option(
                    doc =
                            "about columns that are not declared: off takes them for real numbers; propose finds whole numbers, "
                                    + "levels, texts and dates, and the report proposes what looks positive or bounded; apply takes "
                                    + "that too",
                    value = "propose")
            Detection detect,

            @Option(doc = "seed of the split and of values drawn; auto: the run's seed", value = "auto")
            OptionalLong seed) {}

    /** Creates the provider. */
    public Sql() {}

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public String summary() {
        return "rows of an SQL query over Parquet, CSV and JSON files";
    }

    @Override
    public OptionSchema<Options> options() {
        return Schema.OPTIONS;
    }

    /** Made when first asked for: a run discovers every provider and uses few. */
    private static final class Schema {
        private static final OptionSchema<Options> OPTIONS = OptionSchema.of(MethodHandles.lookup(), Options.class);
    }

    @Override
    public Target create(Options options, RunContext context) {
        ColumnKinds kinds = new ColumnKinds(
                options.angles(), options.angleUnit(), options.angleFrom(), options.positive(), options.bounded());
        Handling handling = new Handling(
                kinds,
                options.types(),
                options.detect(),
                options.missing(),
                options.impute(),
                options.holdout(),
                options.seed());
        Table table = table("query", options.query(), List.of(), options);
        Optional<Table> test = options.test().map(query -> table("test query", query, table.names(), options));
        return TableTarget.of(table, test, handling, context);
    }

    private static Table table(String label, String query, List<String> columns, Options options) {
        return new QueryTable(
                label, query.strip().replaceFirst(";$", ""), options.directory(), columns, OptionalLong.empty());
    }
}
