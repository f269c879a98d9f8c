package org.eigendrift.targets.duckdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.contract.WriterContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetWriterTest extends WriterContract {
    @TempDir
    Path tables;

    @Override
    protected PointWriter writer() {
        return new ParquetWriter().create(new ParquetWriter.Options(), RunContext.quiet(1));
    }

    @Override
    protected Points read(Path file, int dim) {
        return InMemory.read(
                Bound.target(new Parquet(), 1, Map.of("path", file.toString(), "holdout", 0))
                        .train(),
                1000);
    }

    /** Types, values and gaps of a table come back: written, read with nothing declared, and as the database sees them. */
    @Test
    void tablesKeepTheirTypes() throws Exception {
        List<Column> columns = List.of(
                Column.integer("rings", 0, 50).withGaps(true),
                Column.category("kind", List.of("it's", "007", "ü")).withGaps(true),
                Column.bool("tagged", "false", "true"),
                Column.date("seen", 0, 30_000),
                Column.dateTime("at", 0, 2e9),
                Column.time("hour"),
                Column.ordered("stars", List.of("1", "2", "3")),
                Column.real("length").withStep(0.1).withGaps(true));
        double gap = Double.NaN;
        Points rows = Points.ofRows(
                new double[] {7, 0, 1, 19_000, 1_700_000_000.25, 3600, 2, 0.1 + 0.2},
                new double[] {gap, 2, 0, 0, 0, 86_399.5, 0, gap},
                new double[] {12, gap, 1, 19_001, 1, 0, 1, -5});
        Path file = tables.resolve("table.parquet");
        try (PointWriter.Sink sink = writer().open(file, columns, 3)) {
            sink.write(rows);
        }
        String of = " from " + Database.text(file.toString());
        try (DuckDBConnection connection = Database.open(tables);
                Statement statement = connection.createStatement()) {
            assertEquals(
                    "BIGINT VARCHAR BOOLEAN DATE TIMESTAMP TIME BIGINT DOUBLE",
                    texts(statement, "select string_agg(column_type, ' ') from (describe select *" + of + ")"));
            assertEquals(
                    "7|it's|true|2022-01-08|2023-11-14 22:13:20.25|01:00:00|3|0.3",
                    texts(statement, "select concat_ws('|', *columns(*))" + of + " limit 1"));
            assertEquals(
                    "1 1 1",
                    texts(
                            statement,
                            "select concat_ws(' ', sum(rings is null)::int, sum(kind is null)::int,"
                                    + " sum(length is null)::int)" + of));
        }
        Dataset back = Bound.target(new Parquet(), 1, Map.of("path", file.toString(), "holdout", 0, "missing", "keep"))
                .train();
        Points read = InMemory.read(back, 10);
        assertEquals(
                columns.stream().map(Column::name).toList(),
                back.columns().stream().map(Column::name).toList());
        assertArrayEquals(new double[] {19_000, 0, 19_001}, read.column(3));
        assertArrayEquals(new double[] {1_700_000_000.25, 0, 1}, read.column(4));
        assertArrayEquals(new double[] {0.3, gap, -5}, read.column(7));
        assertEquals("ü", back.columns().get(1).levels().get((int) read.get(1, 1)));
    }

    private static String texts(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
