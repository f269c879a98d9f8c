package org.eigendrift.targets.duckdb;

import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.eigendrift.api.data.Column;
import org.eigendrift.targets.tables.type.Rounding;

/**
 * How a column's numbers become cells of a Parquet file: yes and no a boolean, days a date, times and moments a time and a timestamp
 * to the microsecond, levels their texts, or whole numbers where all of them are whole numbers, whole numbers themselves; other numbers
 * doubles, with as many decimals as their column has. Gaps are nulls.
 *
 * @param type DuckDB's name of the type
 * @param column the column
 */
record ParquetCell(String type, Column column) {
    private static final double MICROS = 1e6;

    static ParquetCell of(Column column) {
        String type = switch (column.kind()) {
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case DATE_TIME -> "TIMESTAMP";
            case CATEGORY -> "VARCHAR";
            case ORDERED -> column.levels().stream().allMatch(ParquetCell::whole) ? "BIGINT" : "VARCHAR";
            case INTEGER -> column.step() == 1 ? "BIGINT" : "DOUBLE";
            default -> "DOUBLE";
        };
        return new ParquetCell(type, column);
    }

    /** As a whole number is written, so that nothing of the text is lost: no 007. */
    private static boolean whole(String level) {
        return level.matches("0|-?[1-9][0-9]{0,14}");
    }

    void append(double value, DuckDBAppender appender) throws SQLException {
        if (Double.isNaN(value) && column.gaps()) {
            appender.appendNull();
            return;
        }
        switch (type) {
            case "BOOLEAN" -> appender.append(value != 0);
            case "DATE" -> appender.appendEpochDays((int) Math.rint(value));
            case "TIME" -> appender.appendDayMicros(Math.round(value * MICROS));
            case "TIMESTAMP" -> appender.appendEpochMicros(Math.round(value * MICROS));
            case "VARCHAR" -> appender.append(column.levels().get((int) value));
            case "BIGINT" ->
                appender.append(
                        column.kind().levelled()
                                ? Long.parseLong(column.levels().get((int) value))
                                : Math.round(value));
            default -> appender.append(Rounding.of(value, column));
        }
    }
}
