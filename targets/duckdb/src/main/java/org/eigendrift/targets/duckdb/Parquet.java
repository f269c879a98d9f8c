package org.eigendrift.targets.duckdb;

import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.duckdb.DuckDBConnection;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.targets.tables.Table;
import org.eigendrift.targets.tables.TableOptions;
import org.eigendrift.targets.tables.TableTarget;

/** Rows of a Parquet file, read in chunks. */
public final class Parquet implements TargetProvider<Parquet.Options> {

    /**
     * The options.
     *
     * @param path the file
     * @param test a file of held-out rows
     * @param columns columns to read
     * @param rows what is done with rows, and what columns hold
     */
    public record Options(
            @Option(doc = "the file") Path path,

            @Option(doc = "a file with the held-out rows, instead of holdout", value = "none")
            Optional<Path> test,

            @Option(doc = "names of the columns to read; [] for all", value = "[]")
            List<String> columns,

            @OptionGroup TableOptions rows) {}

    /** Creates the provider. */
    public Parquet() {}

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String summary() {
        return "rows of a Parquet file";
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
        Table table = table(options.path(), options.columns());
        // The held-out file is read by the names of the first, whatever the order of its columns.
        Optional<Table> test = options.test().map(path -> table(path, table.names()));
        return TableTarget.of(table, test, options.rows().handling(), context);
    }

    private static Table table(Path path, List<String> columns) {
        if (!Files.isRegularFile(path)) {
            throw new InputException(
                    path + (Files.isDirectory(path) ? " is a directory; expected a file" : ": there is no such file"));
        }
        // In a name given to DuckDB these characters are patterns; in brackets they stand for themselves.
        String file = Database.text(path.toAbsolutePath().toString().replaceAll("[*?\\[]", "[$0]"));
        String query = "SELECT * FROM read_parquet(" + file + ")";
        return new QueryTable(path.toString(), query, path.toAbsolutePath().getParent(), columns, rows(path, file));
    }

    /** The number of rows, from the end of the file, which also tells whether it is whole. */
    private static OptionalLong rows(Path path, String file) {
        try (DuckDBConnection connection = Database.open(path.toAbsolutePath().getParent());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT num_rows FROM parquet_file_metadata(" + file + ")")) {
            if (!result.next() || result.getLong(1) == 0) {
                throw new InputException(path + " has columns but no rows");
            }
            return OptionalLong.of(result.getLong(1));
        } catch (SQLException e) {
            throw Database.failure(path + ": not a Parquet file, or truncated", e);
        }
    }
}
