package org.eigendrift.targets.duckdb;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.targets.tables.ColumnKinds;
import org.eigendrift.targets.tables.Table;

/**
 * The numeric columns of a query's result, in the order in which the database gives its rows. Every complete reading must
 * give the same numbers: a query whose rows depend on chance, or a file that is written to, is refused.
 */
final class QueryTable implements Table {
    /** Types whose values may be whole numbers that double precision does not hold. */
    private static final Set<String> LONG = Set.of("BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT");

    private static final Set<String> NUMERIC =
            Set.of("TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER", "FLOAT", "DOUBLE", "DECIMAL");

    /** Whole numbers below are exact in double precision. */
    private static final double EXACT = 0x1p53;

    /** Multiplier of the fingerprint of a reading: FNV-1a, 64 bits. */
    private static final long PRIME = 0x100000001b3L;

    private final String label;
    private final String query;
    private final Path directory;
    private final OptionalLong rows;
    private final List<String> names;
    private final boolean[] whole;
    private final String selection;
    private final AtomicReference<Long> fingerprint = new AtomicReference<>();

    /**
     * Asks for the columns of a query.
     *
     * @param label what messages call it
     * @param query a query without its final semicolon
     * @param directory where relative names of files are looked for
     * @param wanted columns to read, or empty for all
     * @param rows number of rows, where it is known
     * @throws InputException if the query is wrong or a column is missing or not of numbers
     */
    QueryTable(String label, String query, Path directory, List<String> wanted, OptionalLong rows) {
        this.label = label;
        this.query = query;
        this.directory = directory;
        this.rows = rows;
        List<String> found = new ArrayList<>();
        List<String> types = new ArrayList<>();
        try (DuckDBConnection connection = Database.open(directory);
                Statement statement = connection.createStatement();
                // The line break ends a comment that the query may end with.
                ResultSet description = statement.executeQuery("DESCRIBE SELECT * FROM (" + query + "\n)")) {
            while (description.next()) {
                found.add(description.getString("column_name"));
                types.add(description.getString("column_type").replaceFirst("^DECIMAL\\(\\d+,\\d+\\)$", "DECIMAL"));
            }
        } catch (SQLException e) {
            throw Database.failure(label, e);
        }
        int[] places = ColumnKinds.select(wanted, found, label);
        this.names = IntStream.of(places).mapToObj(found::get).toList();
        this.whole = new boolean[places.length];
        for (int i = 0; i < places.length; i++) {
            String type = types.get(places[i]);
            whole[i] = LONG.contains(type);
            if (!isNumeric(type)) {
                throw notNumeric(found, types, places[i]);
            }
        }
        this.selection = names.stream()
                .map(name -> "CAST(" + Database.name(name) + " AS DOUBLE)")
                .collect(Collectors.joining(", "));
    }

    private static boolean isNumeric(String type) {
        return LONG.contains(type) || NUMERIC.contains(type);
    }

    private InputException notNumeric(List<String> found, List<String> types, int at) {
        List<String> numeric = IntStream.range(0, found.size())
                .filter(j -> isNumeric(types.get(j)))
                .mapToObj(found::get)
                .toList();
        String some = numeric.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (numeric.size() > SHOWN ? ", ... (" + numeric.size() + " in all)" : "");
        return new InputException(label + ", column '" + found.get(at) + "': holds " + types.get(at)
                + ", expected numbers; choose with columns, numeric are: " + (some.isEmpty() ? "none" : some));
    }

    /** Columns that a message names. */
    private static final int SHOWN = 12;

    @Override
    public String label() {
        return label;
    }

    @Override
    public String unit() {
        return "row";
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public OptionalLong rows() {
        return rows;
    }

    @Override
    public Cells open() {
        DuckDBConnection connection = null;
        try {
            connection = Database.open(directory);
            return new Streamed(connection);
        } catch (SQLException e) {
            InputException failure = Database.failure(label, e);
            if (connection != null) {
                close(connection, failure);
            }
            throw failure;
        }
    }

    private static void close(DuckDBConnection connection, InputException failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private final class Streamed implements Cells {
        private final DuckDBConnection connection;
        private final Statement statement;
        private final ResultSet result;
        private long row;
        private long hash;
        private boolean ended;

        Streamed(DuckDBConnection connection) throws SQLException {
            this.connection = connection;
            this.statement = connection.createStatement();
            this.result = statement.executeQuery("SELECT " + selection + " FROM (" + query + "\n)");
        }

        @Override
        public int read(Points buffer, long[] places) {
            int count = 0;
            try {
                while (count < buffer.size() && !ended) {
                    if (result.next()) {
                        places[count] = ++row;
                        parse(buffer, count++);
                    } else {
                        ended = true;
                        compare();
                    }
                }
            } catch (SQLException e) {
                throw Database.failure(label + " after row " + row, e);
            }
            return count;
        }

        private void parse(Points buffer, int n) throws SQLException {
            for (int i = 0; i < whole.length; i++) {
                double value = result.getDouble(i + 1);
                if (result.wasNull()) {
                    value = Double.NaN;
                } else if (whole[i] && Math.abs(value) >= EXACT) {
                    throw new InputException(label + " row " + row + ", column '" + names.get(i)
                            + "': a whole number of 2^53 or more, which is not exact in double precision; found about "
                            + value + ", divide it in a query of the target sql");
                }
                buffer.set(i, n, value);
                hash = (hash ^ Double.doubleToLongBits(value)) * PRIME;
            }
        }

        private void compare() {
            if (!fingerprint.compareAndSet(null, hash) && fingerprint.get() != hash) {
                throw new InputException(
                        label + ": a second reading gave other rows, or in another order; expected the "
                                + "same, add ORDER BY, leave out what is random, and do not write to the files meanwhile");
            }
        }

        @Override
        public void close() {
            ended = true;
            try (connection;
                    statement) {
                result.close();
            } catch (SQLException e) {
                throw Database.failure(label, e);
            }
        }
    }
}
