package org.eigendrift.targets.duckdb;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.targets.tables.Table;
import org.eigendrift.targets.tables.TableOptions;
import org.eigendrift.targets.tables.TableTarget;

/** Rows of a query over files (Parquet, CSV, JSON), read in chunks. */
public final class Sql implements TargetProvider<Sql.Options> {

    /**
     * The options.
     *
     * @param query the query
     * @param test a query for held-out rows
     * @param directory where relative names of files are looked for
     * @param rows what is done with rows, and what columns hold
     */
    public record Options(
            @Option(doc = "the query, in the SQL of DuckDB: select a, b from 'rows.parquet' where c > 0 order by id")
            String query,

            @Option(doc = "a query for the held-out rows with the same columns, instead of holdout", value = "none")
            Optional<String> test,

            @Option(doc = "where relative names of files in the query are looked for", value = ".")
            Path directory,

            @OptionGroup TableOptions rows) {}

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
        Table table = table("query", options.query(), List.of(), options);
        Optional<Table> test = options.test().map(query -> table("test query", query, table.names(), options));
        return TableTarget.of(table, test, options.rows().handling(), context);
    }

    private static Table table(String label, String query, List<String> columns, Options options) {
        return new QueryTable(
                label, query.strip().replaceFirst(";$", ""), options.directory(), columns, OptionalLong.empty());
    }
}
