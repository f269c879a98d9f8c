package org.eigendrift.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
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
import org.eigendrift.targets.tables.type.ColumnTypes;

/**
 * Rows of files, with where each stands in them: that is the order in which one machine would read them.
 *
 * @param cells columns of the files as they are, and {@link #PLACE}
 * @param names the columns that were asked for, in order
 * @param codes of files of text, what stands for a missing value beside the usual; empty for files that know types
 * @param label what messages call them
 */
record FileRows(Dataset<Row> cells, List<String> names, Optional<Set<String>> codes, String label) {
    /** The column that says where a row stands. */
    static final String PLACE = "eigendrift place";

    /** Rows of a file of text that show whether its columns are of numbers. */
    private static final int FIRST = 1000;

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
            return csv(spark, csv.path().toString(), csv, csv.columns());
        }
        throw other(target);
    }

    /**
     * Held-out rows of a configuration's target, with the columns of these.
     *
     * @param target a choice of {@code csv} or {@code parquet}
     * @param base directory against which relative paths are resolved
     * @return empty if there is no file of them
     */
    Optional<FileRows> test(Chosen<?, ?> target, Path base) {
        SparkSession spark = cells.sparkSession();
        if (target.options() instanceof ParquetTarget.Options parquet) {
            return parquet.test().map(path -> parquet(spark, located(path, base), names));
        }
        if (target.options() instanceof Csv.Options csv) {
            return csv.test().map(path -> csv(spark, path.toString(), csv, names));
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
        return new FileRows(
                files.withColumn(PLACE, place), names(files.columns(), columns, path), Optional.empty(), path);
    }

    /** Line breaks within cells are not read: a file is cut where lines end. */
    private static FileRows csv(SparkSession spark, String path, Csv.Options options, List<String> columns) {
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
        return new FileRows(
                files.withColumn(PLACE, place),
                names(files.columns(), columns, path),
                Optional.of(Set.copyOf(options.missingCodes())),
                path);
    }

    /** The rows with the columns that were asked for as numbers, null where there is none. */
    Dataset<Row> data() {
        return codes.map(of -> each(name -> functions.udf(new TextCell(name, of), DataTypes.DoubleType)))
                .orElse(cells);
    }

    /** The rows with the columns that were asked for as they are, texts without blanks around them, null where there is none. */
    Dataset<Row> texts() {
        return codes.map(of -> each(name -> functions.udf(new PresentCell(of), DataTypes.StringType)))
                .orElse(cells);
    }

    private Dataset<Row> each(Function<String, UserDefinedFunction> cell) {
        Dataset<Row> changed = cells;
        for (String name : names) {
            changed = changed.withColumn(name, cell.apply(name).apply(SortedRows.column(changed, name)));
        }
        return changed;
    }

    /** Whether all columns are of numbers, as far as types or, in files of text, the first rows tell. */
    boolean numbers() {
        if (codes.isEmpty()) {
            return names.stream().allMatch(name -> cells.schema().apply(name).dataType() instanceof NumericType);
        }
        Dataset<Row> texts = texts();
        Column[] columns =
                names.stream().map(name -> SortedRows.column(texts, name)).toArray(Column[]::new);
        List<Row> first = Stage.named(
                cells.sparkSession().sparkContext(),
                "looks at first rows",
                () -> texts.select(columns).takeAsList(FIRST));
        return first.stream()
                .allMatch(row -> IntStream.range(0, names.size())
                        .allMatch(i -> row.isNullAt(i) || ColumnTypes.isNumber(row.getString(i))));
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
     * @return these
     * @throws InputException for the first that is not
     */
    FileRows requireNumbers() {
        for (String name : names) {
            DataType type = data().schema().apply(name).dataType();
            if (!(type instanceof NumericType)) {
                throw new InputException("column '" + name + "' is of type " + type.simpleString()
                        + ", expected numbers; leave it out with columns, or leave out detect: off");
            }
        }
        return this;
    }

    /** The same rows without those that have a gap in a column that was asked for. */
    FileRows whole() {
        return new FileRows(data().na().drop(names.toArray(String[]::new)), names, Optional.empty(), label);
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
