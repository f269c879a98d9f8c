package org.eigendrift.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Puts rows in an order that does not depend on partitions or files: that of a column, or, where none is named, of a hash of what is in
 * them. Ties of either are in the order of their cells, so that only rows that are alike in every cell could change places.
 */
final class SortedRows {
    private static final String KEY = "key";

    private SortedRows() {}

    /**
     * Sorts by a column, or by content.
     *
     * @param data rows
     * @param names columns of numbers, which become the rows' coordinates
     * @param order a column of whole numbers, or none for an order by content
     * @param skip whether rows with cells that are not finite numbers are left out
     * @return the rows, kept on the cluster until they are closed
     * @throws org.eigendrift.api.InputException if a cell is not a finite number and rows are not left out
     */
    static SparkRows of(Dataset<?> data, List<String> names, Optional<String> order, boolean skip) {
        Dataset<Row> cells = cells(
                data,
                names,
                order.map(name -> column(data, name).cast(DataTypes.LongType)).orElseGet(() -> content(data, names)));
        return of(
                skip ? cells.filter(finite(cells, names.size())) : cells,
                names.stream().map(org.eigendrift.api.data.Column::real).toList(),
                Optional.empty(),
                "handleInvalid = 'skip' leaves such rows out");
    }

    /**
     * Sorts rows of files by where they stand in them.
     *
     * @param rows rows with their places
     * @param columns what the columns are
     * @param split which rows are fitted; empty for all
     * @return the rows, kept on the cluster until they are closed
     * @throws org.eigendrift.api.InputException if a cell is not a finite number
     */
    static SparkRows of(FileRows rows, List<org.eigendrift.api.data.Column> columns, Optional<Split> split) {
        return of(
                cells(rows.data(), rows.names(), column(rows.data(), FileRows.PLACE)),
                columns,
                split,
                "missing: drop leaves rows with gaps out");
    }

    private static SparkRows of(
            Dataset<Row> cells, List<org.eigendrift.api.data.Column> columns, Optional<Split> split, String remedy) {
        List<Column> by = new ArrayList<>();
        for (String column : cells.columns()) {
            by.add(cells.col(column));
        }
        int dim = columns.size();
        // Spark finds bounds and shuffles here already.
        JavaRDD<double[]> sorted = Stage.named(
                cells.sparkSession().sparkContext(),
                "sorts rows",
                () -> cells.sort(by.toArray(Column[]::new)).toJavaRDD().map(row -> numbers(row, dim)));
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(cells.sparkSession().sparkContext());
        return new SparkRows(context, columns, new Blocking(columns, remedy).blocks(sorted, split));
    }

    /** The key, then the cells. Zeros lose their sign: rows that differ in it alone are sorted as equal. */
    private static Dataset<Row> cells(Dataset<?> data, List<String> names, Column key) {
        List<Column> cells = new ArrayList<>();
        cells.add(key.as(KEY));
        for (int i = 0; i < names.size(); i++) {
            cells.add(number(data, names.get(i)).as("c" + i));
        }
        return data.select(cells.toArray(Column[]::new));
    }

    private static Column number(Dataset<?> data, String name) {
        return column(data, name).cast(DataTypes.DoubleType).plus(functions.lit(0.0));
    }

    private static Column content(Dataset<?> data, List<String> names) {
        return functions.xxhash64(names.stream().map(name -> number(data, name)).toArray(Column[]::new));
    }

    /** A name is a name, also with dots in it. */
    static Column column(Dataset<?> data, String name) {
        return data.col("`" + name.replace("`", "``") + "`");
    }

    private static Column finite(Dataset<Row> cells, int dim) {
        Column finite = functions.lit(true);
        for (int i = 0; i < dim; i++) {
            Column cell = cells.col("c" + i);
            finite = finite.and(cell.isNotNull())
                    .and(functions.not(cell.isNaN()))
                    .and(functions.abs(cell).leq(functions.lit(Double.MAX_VALUE)));
        }
        return finite;
    }

    private static double[] numbers(Row row, int dim) {
        double[] numbers = new double[dim];
        for (int i = 0; i < dim; i++) {
            numbers[i] = row.isNullAt(i + 1) ? Double.NaN : row.getDouble(i + 1);
        }
        return numbers;
    }
}
