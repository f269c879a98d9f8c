package org.eigendrift.spark;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.data.Column;
import org.eigendrift.targets.tables.type.ColumnText;
import org.eigendrift.targets.tables.type.ColumnTypes;

/** Cells of a model's columns on Spark: as the numbers that code them, and back. Immutable. */
final class ModelCells {
    private static final double NANOS = 1e9;

    private final List<Column> columns;
    private final ColumnType[] types;
    private final ColumnText[] texts;

    /** Of a model's columns. */
    ModelCells(List<Column> columns) {
        this.columns = columns;
        RunContext run = new RunContext(
                0, 1, Progress.NONE, () -> false, Catalog.discover(List.of()).services());
        Map<String, ColumnType> known = ColumnTypes.and(run);
        this.types = columns.stream().map(c -> known.get(c.format().type())).toArray(ColumnType[]::new);
        this.texts = columns.stream().map(c -> new ColumnText(c, known)).toArray(ColumnText[]::new);
    }

    /** Whether a model's columns are nothing but real numbers. */
    static boolean numbers(List<Column> columns) {
        return columns.stream().allMatch(Column::smooth);
    }

    /** Whether cells of a type on Spark can be those of a model's columns. */
    static boolean readable(DataType type) {
        return type instanceof NumericType || written(type);
    }

    private static boolean written(DataType type) {
        return type instanceof StringType
                || type instanceof BooleanType
                || type instanceof DateType
                || type instanceof TimestampType
                || type instanceof TimestampNTZType;
    }

    /** The type of a column whose gaps are filled: as it was, but that real numbers are doubles. */
    static DataType filled(Column column, DataType type) {
        return written(type) || type instanceof IntegralType && !column.smooth() ? type : DataTypes.DoubleType;
    }

    /** The type of a column that is drawn. */
    static DataType drawn(Column column) {
        return switch (column.kind()) {
            case CATEGORY, ORDERED, TIME -> DataTypes.StringType;
            case BOOLEAN -> DataTypes.BooleanType;
            case DATE -> DataTypes.DateType;
            case DATE_TIME -> DataTypes.TimestampNTZType;
            default -> DataTypes.DoubleType;
        };
    }

    /**
     * The number of a cell.
     *
     * @param i the column's place in the model
     * @param cell what Spark has, null for a gap
     * @return NaN for a gap; of a level that the model does not have, the number of its levels
     * @throws InputException if it is none of the column's
     */
    double number(int i, Object cell) {
        Column column = columns.get(i);
        boolean levelled = column.kind().levelled();
        if (cell == null) {
            return Double.NaN;
        }
        if (cell instanceof Number number && !levelled) {
            return number.doubleValue();
        }
        if (cell instanceof Boolean yes && column.kind() == Column.Kind.BOOLEAN) {
            return yes ? 1 : 0;
        }
        if (column.kind() == Column.Kind.DATE && day(cell) != null) {
            return day(cell).toEpochDay();
        }
        if (column.kind() == Column.Kind.DATE_TIME && moment(cell) != null) {
            LocalDateTime moment = moment(cell);
            return moment.toEpochSecond(ZoneOffset.UTC) + moment.getNano() / NANOS;
        }
        return parsed(i, text(cell));
    }

    private double parsed(int i, String text) {
        if (text.isEmpty()) {
            return Double.NaN;
        }
        Column column = columns.get(i);
        double number = types[i] != null
                ? types[i].parse(text, column)
                : ColumnTypes.isNumber(text) ? Double.parseDouble(text) : Double.NaN;
        if (Double.isNaN(number)) {
            throw new InputException("column '" + column.name() + "': found '" + text + "', expected "
                    + (types[i] == null ? "a number" : types[i].expected(column)));
        }
        return number;
    }

    /** As the readers of tables have it. */
    private static String text(Object cell) {
        if (cell instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return cell instanceof Double || cell instanceof Float
                ? ColumnTypes.shortest(((Number) cell).doubleValue())
                : cell.toString().strip();
    }

    /** A day in either of the ways that Spark gives it in; null if it is none. */
    private static LocalDate day(Object cell) {
        return cell instanceof Date date ? date.toLocalDate() : cell instanceof LocalDate local ? local : null;
    }

    /** A moment in any of the ways that Spark gives it in, of UTC; null if it is none. */
    private static LocalDateTime moment(Object cell) {
        if (cell instanceof LocalDateTime local) {
            return local;
        }
        Instant instant =
                cell instanceof Timestamp timestamp ? timestamp.toInstant() : cell instanceof Instant at ? at : null;
        return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /**
     * The cell of a number.
     *
     * @param i the column's place in the model
     * @param value the number, NaN for a gap
     * @param type of the cell
     * @return null for a gap; a double for a type of numbers, otherwise a text; Spark casts either to the type
     */
    Object cell(int i, double value, DataType type) {
        Column column = columns.get(i);
        if (Double.isNaN(value)) {
            return null;
        }
        if (type instanceof BooleanType && column.kind() == Column.Kind.BOOLEAN) {
            return value == 0 ? "false" : "true";
        }
        if (type instanceof DateType && column.kind() == Column.Kind.DATE) {
            return LocalDate.ofEpochDay((long) Math.rint(value)).toString();
        }
        if (column.kind() == Column.Kind.DATE_TIME
                && (type instanceof TimestampType || type instanceof TimestampNTZType)) {
            long second = (long) Math.floor(value);
            LocalDateTime moment = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC)
                    .plusNanos(Math.round((value - second) * NANOS));
            return type instanceof TimestampType ? moment + "Z" : moment.toString();
        }
        if (written(type)) {
            return texts[i].of(value);
        }
        return column.kind().levelled()
                ? Double.valueOf(texts[i].of(value))
                : Double.valueOf(column.step() == 1 ? Math.rint(value) : value);
    }

    /** The type in which cells of another type leave {@link #cell}. */
    static DataType passed(DataType type) {
        return written(type) ? DataTypes.StringType : DataTypes.DoubleType;
    }
}
