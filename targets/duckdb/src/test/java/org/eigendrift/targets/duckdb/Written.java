package org.eigendrift.targets.duckdb;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;

/** Parquet files for tests. */
final class Written {
    private Written() {}

    /** Writes the result of a query to a file. */
    static Path parquet(Path directory, String name, String query) {
        Path file = directory.resolve(name);
        try (DuckDBConnection connection = Database.open(directory);
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + query + ") TO " + Database.text(file.toString())
                    + " (FORMAT parquet, ROW_GROUP_SIZE 2048)");
            return file;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
