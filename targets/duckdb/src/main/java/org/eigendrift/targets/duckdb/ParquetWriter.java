package org.eigendrift.targets.duckdb;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** Writes points as a Parquet file, each column in the type of {@link ParquetCell}, compressed with zstd. */
public final class ParquetWriter implements WriterProvider<ParquetWriter.Options> {

    /** There are no options. */
    public record Options() {}

    /** Creates the provider. */
    public ParquetWriter() {}

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String summary() {
        return "Parquet, typed: doubles, whole numbers, booleans, dates, times, timestamps, texts of levels, nulls";
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
    public PointWriter create(Options options, RunContext context) {
        return new PointWriter() {
            @Override
            public String extension() {
                return "parquet";
            }

            @Override
            public Sink open(Path file, List<Column> columns, long rows) throws IOException {
                try {
                    return new Rows(file, columns, rows);
                } catch (SQLException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        };
    }

    /** Gathers rows in a table of the database, which compresses them, and writes the file at the end. */
    private static final class Rows implements PointWriter.Sink {
        private final Path file;
        private final DuckDBConnection connection;
        private final DuckDBAppender appender;
        private final List<ParquetCell> cells;
        private final long announced;
        private long written;

        Rows(Path file, List<Column> columns, long announced) throws SQLException {
            this.file = file;
            this.announced = announced;
            this.cells = columns.stream().map(ParquetCell::of).toList();
            this.connection = Database.open(file.toAbsolutePath().getParent());
            String definition = IntStream.range(0, columns.size())
                    .mapToObj(i -> Database.name(columns.get(i).name()) + " "
                            + cells.get(i).type())
                    .collect(Collectors.joining(", "));
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE points (" + definition + ")");
                this.appender = connection.createAppender("points");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        @Override
        public void write(Points rows) throws IOException {
            try {
                for (int n = 0; n < rows.size(); n++) {
                    appender.beginRow();
                    for (int i = 0; i < rows.dim(); i++) {
                        cells.get(i).append(rows.get(i, n), appender);
                    }
                    appender.endRow();
                }
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
            written += rows.size();
        }

        @Override
        public void close() throws IOException {
            try (connection;
                    Statement statement = connection.createStatement()) {
                appender.close();
                if (written != announced) {
                    throw new IOException(file + ": " + written + " rows written, " + announced + " announced");
                }
                statement.execute("COPY points TO "
                        + Database.text(file.toAbsolutePath().toString())
                        + " (FORMAT parquet, COMPRESSION zstd)");
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
