package org.eigendrift.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.targets.file.Csv;
import org.eigendrift.targets.file.Encoding;
import org.eigendrift.targets.file.Separator;

/**
 * Rows of files, with where each stands in them: that is the order in which one machine would read them.
 *
 * @param data columns of the files, and {@link #PLACE}
 * @param names the columns of numbers that were asked for, in order
 */
record FileRows(Dataset<Row> data, List<String> names) {
    /** The column that says where a row stands. */
    static final String PLACE = "eigendrift place";

    /**
     * Rows of a configuration's target.
     *
     * @param spark reads them
     * @param target a choice of {@code csv} or {@code parquet}
     * @param base directory against which relative paths are resolved
     * @throws InputException if there are no such files or columns, a column is not of numbers, or the target is another
     */
    static FileRows of(SparkSession spark, Chosen<?, ?> target, Path base) {
        if (target.options() instanceof ParquetTarget.Options parquet) {
            return parquet(spark, located(parquet.path(), base), parquet.columns());
        }
        if (target.options() instanceof Csv.Options csv) {
            return csv(spark, csv.path().toString(), csv);
        }
        throw other(target);
    }

    /** Of a target that is of no files. */
    static InputException other(Chosen<?, ?> target) {
        return new InputException("Spark reads csv and parquet, found '" + target.name()
                + "'; write the rows to a file of either, or leave out --engine spark");
    }

    private static FileRows parquet(SparkSession spark, String path, List<String> columns) {
        Dataset<Row> files = opened(path, () -> spark.read().parquet(path));
        Column place = functions.struct(functions.col("_metadata.file_path"), functions.col("_metadata.row_index"));
        return new FileRows(files.withColumn(PLACE, place), names(files.columns(), columns, path));
    }

    /** Line breaks within cells are not read: a file is cut where lines end. */
    private static FileRows csv(SparkSession spark, String path, Csv.Options options) {
        DataFrameReader reader = spark.read()
                .option("header", options.header())
                .option("sep", String.valueOf(separator(spark, path, options.separator())))
                .option("encoding", encoding(options.encoding()))
                .option("quote", "\"")
                .option("escape", "\"")
                .option("ignoreLeadingWhiteSpace", true)
                .option("ignoreTrailingWhiteSpace", true)
                .option("mode", "FAILFAST");
        Dataset<Row> files = opened(path, () -> reader.csv(path));
        if (!options.header()) {
            String[] numbered = new String[files.columns().length];
            Arrays.setAll(numbered, i -> "x" + (i + 1));
            files = files.toDF(numbered);
        }
        Column place = functions.struct(
                functions.col("_metadata.file_path"),
                functions.col("_metadata.file_block_start"),
                functions.monotonically_increasing_id());
        List<String> names = names(files.columns(), options.columns(), path);
        Dataset<Row> placed = files.withColumn(PLACE, place);
        Set<String> codes = Set.copyOf(options.missingCodes());
        for (String name : names) {
            Column number = functions
                    .udf(new TextCell(name, codes), DataTypes.DoubleType)
                    .apply(SortedRows.column(placed, name));
            placed = placed.withColumn(name, number);
        }
        return new FileRows(placed, names);
    }

    private static String encoding(Encoding encoding) {
        return switch (encoding) {
            case UTF_8 -> "UTF-8";
            case LATIN_1 -> "ISO-8859-1";
            default ->
                throw new InputException("encoding: Spark reads utf-8 and latin-1, found "
                        + encoding.name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + "; convert the file, or leave out --engine spark");
        };
    }

    private static char separator(SparkSession spark, String path, Separator chosen) {
        List<Row> start = opened(path, () -> spark.read().text(path)).takeAsList(1);
        if (start.isEmpty()) {
            throw new InputException(path + " is empty; expected a line of column names and rows of numbers");
        }
        return chosen.character(start.get(0).getString(0));
    }

    /**
     * Requires that the columns that were asked for are of numbers.
     *
     * @throws InputException for the first that is not
     */
    void requireNumbers() {
        for (String name : names) {
            DataType type = data.schema().apply(name).dataType();
            if (!(type instanceof NumericType)) {
                throw new InputException("column '" + name + "' is of type " + type.simpleString()
                        + ", and Spark fits columns of numbers; leave it out with columns, or fit the table without"
                        + " --engine spark");
            }
        }
    }

    /** The same rows without those that have a gap in a column that was asked for. */
    FileRows whole() {
        return new FileRows(data.na().drop(names.toArray(String[]::new)), names);
    }

    private interface Opening {
        Dataset<Row> open();
    }

    private static Dataset<Row> opened(String path, Opening opening) {
        try {
            return opening.open();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Spark's analysis throws what Java would have it declare.
            String message = String.valueOf(e.getMessage());
            throw new InputException(
                    path + (message.startsWith("[PATH_NOT_FOUND]") ? ": there is no such file" : ": " + message), e);
        }
    }

    private static List<String> names(String[] there, List<String> wanted, String path) {
        List<String> known = Arrays.asList(there);
        List<String> names = new ArrayList<>();
        for (String name : wanted.isEmpty() ? known : wanted) {
            if (!known.contains(name)) {
                throw new InputException(path + ": there is no column '" + name + "'" + Nearest.hint(name, known));
            }
            names.add(name);
        }
        return names;
    }

    /** A path as Spark takes it: what has no scheme is a file of this machine, as seen from a directory. */
    static String located(String path, Path base) {
        return path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
                ? path
                : base.resolve(path).normalize().toString();
    }
}
