package org.eigendrift.targets.duckdb;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.targets.tables.ColumnKinds;
import org.eigendrift.targets.tables.Table;

/**
 * The columns of a query's result, in the order in which the database gives its rows: floating-point numbers as numbers, all
 * others as the texts that the database writes for them. Every complete reading must give the same cells: a query whose rows depend on chance, or a file that is written to, is refused.
 */
final class QueryTable implements Table {
    /** Types whose values may be whole numbers that double precision does not hold. */
    private static final Set<String> LONG = Set.of("BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT");

    private static final Set<String> FLOATING = Set.of("FLOAT", "DOUBLE");

    private static final Set<String> TEXT = Set.of(
            "VARCHAR",
            "BOOLEAN",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMP_S",
            "TIMESTAMP_MS",
            "TIMESTAMP_NS",
            "TIMESTAMP WITH TIME ZONE",
            "UUID");

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
    private final List<String> types;

    /** Of the first reading of each choice of texts and numbers. */
    private final Map<String, Long> fingerprints = new ConcurrentHashMap<>();

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
        List<String> described = new ArrayList<>();
        try (DuckDBConnection connection = Database.open(directory);
                Statement statement = connection.createStatement();
                // The line break ends a comment that the query may end with.
                ResultSet description = statement.executeQuery("DESCRIBE SELECT * FROM (" + query + "\n)")) {
            while (description.next()) {
                found.add(description.getString("column_name"));
                described.add(description.getString("column_type").replaceFirst("^DECIMAL\\(\\d+,\\d+\\)$", "DECIMAL"));
            }
        } catch (SQLException e) {
            throw Database.failure(label, e);
        }
        int[] places = ColumnKinds.select(wanted, found, label);
        this.names = IntStream.of(places).mapToObj(found::get).toList();
        this.types = IntStream.of(places).mapToObj(described::get).toList();
        for (int i = 0; i < places.length; i++) {
            if (!isNumeric(this.types.get(i)) && !isText(this.types.get(i))) {
                throw notCells(i);
            }
        }
    }

    private static boolean isNumeric(String type) {
        return LONG.contains(type) || NUMERIC.contains(type);
    }

    private static boolean isText(String type) {
        return TEXT.contains(type) || type.startsWith("ENUM(");
    }

    private InputException notCells(int at) {
        List<String> readable = IntStream.range(0, names.size())
                .filter(j -> isNumeric(types.get(j)) || isText(types.get(j)))
                .mapToObj(names::get)
                .toList();
        String some = readable.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (readable.size() > SHOWN ? ", ... (" + readable.size() + " in all)" : "");
        return InputException.at(
                Address.of(label).in(names.get(at)),
                "holds " + types.get(at)
                        + ", expected numbers, texts, booleans or moments; choose with columns, readable are: "
                        + (some.isEmpty() ? "none" : some));
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
    public boolean texts(int column) {
        return !FLOATING.contains(types.get(column));
    }

    /** One column of the selection. */
    private String selected(int column, boolean asText) {
        String name = Database.name(names.get(column));
        if (!asText) {
            return "CAST(" + name + " AS DOUBLE)";
        }
        return types.get(column).equals("TIMESTAMP WITH TIME ZONE")
                ? "strftime(" + name + " AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M:%S.%fZ')"
                : "CAST(" + name + " AS VARCHAR)";
    }

    @Override
    public Cells open(boolean[] asText) {
        requireNumbers(asText);
        DuckDBConnection connection = null;
        try {
            connection = Database.open(directory);
            return new Streamed(connection, asText.clone());
        } catch (SQLException e) {
            InputException failure = Database.failure(label, e);
            if (connection != null) {
                close(connection, failure);
            }
            throw failure;
        }
    }

    private void requireNumbers(boolean[] asText) {
        for (int i = 0; i < asText.length; i++) {
            if (!asText[i] && !isNumeric(types.get(i))) {
                throw InputException.at(
                        Address.of(label).in(names.get(i)),
                        "holds " + types.get(i) + ", expected numbers; leave out detect: off, or choose with columns");
            }
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
        private final boolean[] asText;
        private long row;
        private long hash;
        private boolean ended;

        Streamed(DuckDBConnection connection, boolean[] asText) throws SQLException {
            this.connection = connection;
            this.asText = asText;
            String selection = IntStream.range(0, asText.length)
                    .mapToObj(i -> selected(i, asText[i]))
                    .collect(Collectors.joining(", "));
            this.statement = connection.createStatement();
            this.result = statement.executeQuery("SELECT " + selection + " FROM (" + query + "\n)");
        }

        @Override
        public int read(Points buffer, String[][] texts, long[] places) {
            int count = 0;
            try {
                while (count < buffer.size() && !ended) {
                    if (result.next()) {
                        places[count] = ++row;
                        parse(buffer, texts, count++);
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

        private void parse(Points buffer, String[][] texts, int n) throws SQLException {
            for (int i = 0; i < asText.length; i++) {
                if (asText[i]) {
                    String cell = result.getString(i + 1);
                    cell = cell == null || cell.isBlank() ? null : cell.strip();
                    texts[i][n] = cell;
                    hash = (hash ^ (cell == null ? 1 : cell.hashCode())) * PRIME;
                } else {
                    buffer.set(i, n, number(i));
                    hash = (hash ^ Double.doubleToLongBits(buffer.get(i, n))) * PRIME;
                }
            }
        }

        private double number(int i) throws SQLException {
            double value = result.getDouble(i + 1);
            if (result.wasNull()) {
                return Double.NaN;
            }
            if (LONG.contains(types.get(i)) && Math.abs(value) >= EXACT) {
                throw InputException.at(
                        address(row).in(names.get(i)),
                        "a whole number of 2^53 or more, which is not exact in double precision; found about "
                                + value
                                + ", leave the column out with columns, or divide it in a query of the target sql");
            }
            return value;
        }

        private void compare() {
            Long before = fingerprints.putIfAbsent(Arrays.toString(asText), hash);
            if (before != null && before != hash) {
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
