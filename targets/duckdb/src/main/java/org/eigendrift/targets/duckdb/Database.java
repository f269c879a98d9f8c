package org.eigendrift.targets.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.eigendrift.api.InputException;

/** Databases in memory, each opened for one reading and closed with it. */
final class Database {
    /** Memory of a database, beside the Java heap; what needs more, such as a large sort, goes to temporary files. */
    private static final String MEMORY = "512MB";

    private Database() {}

    /**
     * Opens an empty database.
     *
     * @param directory where relative names of files in a query are looked for
     * @return a connection, to be closed
     * @throws SQLException if it cannot be opened
     */
    static DuckDBConnection open(Path directory) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        // With one thread rows come in one order, whatever the machine.
        settings.setProperty("threads", "1");
        settings.setProperty("preserve_insertion_order", "true");
        settings.setProperty("memory_limit", MEMORY);
        settings.setProperty("temp_directory", System.getProperty("java.io.tmpdir"));
        // Nothing is fetched over a network.
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        // Not through DriverManager, which does not see the drivers of a plugin's layer.
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", settings);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET file_search_path = " + text(directory.toString()));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection.unwrap(DuckDBConnection.class);
    }

    /**
     * A text as SQL writes it.
     *
     * @param value any text
     * @return the text in quotes
     */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /**
     * A name as SQL writes it.
     *
     * @param value any name
     * @return the name in quotes
     */
    static String name(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    /**
     * The database's words in one line for the user.
     *
     * @param where the file or query
     * @param e what happened
     * @return the exception to be thrown
     */
    static InputException failure(String where, SQLException e) {
        String message = String.valueOf(e.getMessage()).strip();
        // What follows an empty line, or a line that points into the query, is layout.
        String first = message.split("\\R\\s*\\R|\\R\\s*LINE \\d+:", 2)[0];
        return new InputException(where + ": " + first.replaceAll("\\s+", " "), e);
    }
}
