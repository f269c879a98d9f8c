package org.eigendrift.spark;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.eigendrift.api.InputException;

/** How cells of a column on Spark are read: floating-point numbers as they are, all others as the texts that the plugin duckdb reads, too. */
enum CellType {
    /** Floating-point numbers. */
    FLOATING,
    /** Moments, which are written in UTC. */
    MOMENT,
    /** All that is written as a text. */
    TEXT;

    /**
     * The type of a column.
     *
     * @param name its name, for messages
     * @param type its type on Spark
     * @throws InputException if its cells are no single values
     */
    static CellType of(String name, DataType type) {
        if (type instanceof DoubleType || type instanceof FloatType) {
            return FLOATING;
        }
        if (type instanceof TimestampType) {
            return MOMENT;
        }
        if (type instanceof NumericType
                || type instanceof StringType
                || type instanceof BooleanType
                || type instanceof DateType
                || type instanceof TimestampNTZType) {
            return TEXT;
        }
        throw new InputException("column '" + name + "' is of type " + type.simpleString()
                + ", expected numbers, texts, booleans or moments; cast it, or leave it out with columns");
    }

    /** The column as doubles or texts. */
    Column selected(Column column, SparkSession spark) {
        return switch (this) {
            case FLOATING -> column.cast(DataTypes.DoubleType);
            case MOMENT ->
                functions.date_format(
                        functions.to_utc_timestamp(column, spark.conf().get("spark.sql.session.timeZone")),
                        "yyyy-MM-dd HH:mm:ss.SSSSSS'Z'");
            case TEXT -> column.cast(DataTypes.StringType);
        };
    }
}
