package org.eigendrift.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.cli.run.Center;

/** The parameters that an estimator and its model share. */
final class RowParams {
    /** A row with a gap, or a cell that is not finite, ends the job. */
    static final String ERROR = "error";

    /** Such rows are left out. */
    static final String SKIP = "skip";

    /** Gaps are kept: a row's density is that of the cells that are there. */
    static final String KEEP = "keep";

    private final Params owner;
    private final StringArrayParam inputCols;
    private final Param<String> handleInvalid;
    private final Param<String> logDensityCol;
    private final Param<String> imputedSuffix;
    private final Param<String> fill;
    private final LongParam seed;

    /** Declares them, with their defaults. */
    RowParams(Params owner) {
        this.owner = owner;
        this.inputCols = new StringArrayParam(
                owner,
                "inputCols",
                "columns that make up a row: of numbers, in a model of a table of what its columns hold");
        this.handleInvalid = new Param<>(
                owner,
                "handleInvalid",
                "what becomes of rows with null, NaN or infinite cells: 'error', 'skip' (leave them out) or, in transform,"
                        + " 'keep' (the density is that of the cells that are there)",
                ParamValidators.inArray(new String[] {ERROR, SKIP, KEEP}));
        this.logDensityCol =
                new Param<>(owner, "logDensityCol", "column that receives the log-density of a row, in nats");
        this.imputedSuffix = new Param<>(
                owner,
                "imputedSuffix",
                "columns NAME and this suffix receive the input columns with their gaps filled; none unless it is set");
        this.fill = new Param<>(
                owner,
                "fill",
                "what a gap is filled with, given the cells that are there: 'mean', 'median' or 'mode'",
                ParamValidators.inArray(new String[] {"mean", "median", "mode"}));
        this.seed = new LongParam(owner, "seed", "seed of whatever is random");
    }

    void setDefaults() {
        owner.setDefault(handleInvalid, ERROR);
        owner.setDefault(logDensityCol, "logDensity");
        owner.setDefault(fill, "mean");
        owner.setDefault(seed, 0L);
    }

    StringArrayParam inputCols() {
        return inputCols;
    }

    Param<String> handleInvalid() {
        return handleInvalid;
    }

    Param<String> logDensityCol() {
        return logDensityCol;
    }

    Param<String> imputedSuffix() {
        return imputedSuffix;
    }

    Param<String> fill() {
        return fill;
    }

    Optional<String> suffix() {
        return owner.isDefined(imputedSuffix) ? Optional.of(owner.getOrDefault(imputedSuffix)) : Optional.empty();
    }

    Center center() {
        return Center.valueOf(owner.getOrDefault(fill).toUpperCase(Locale.ROOT));
    }

    LongParam seed() {
        return seed;
    }

    List<String> names() {
        if (!owner.isDefined(inputCols)) {
            throw new IllegalArgumentException("inputCols: expected the names of the columns of numbers, none are set");
        }
        return Arrays.asList(owner.getOrDefault(inputCols));
    }

    String invalid() {
        return owner.getOrDefault(handleInvalid);
    }

    long seedValue() {
        return (Long) owner.getOrDefault(seed);
    }

    /** Fails before a job does, and adds the column of log-densities and those that are filled. */
    StructType transformSchema(StructType schema) {
        return transformSchema(schema, List.of());
    }

    /**
     * Fails before a job does, and adds the column of log-densities and those that are filled.
     *
     * @param schema columns that are there
     * @param model the model's columns, none before there is one: then the input columns have to be of numbers
     */
    StructType transformSchema(StructType schema, List<Column> model) {
        boolean numbers = ModelCells.numbers(model);
        List<String> names = names();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("inputCols: expected at least one column, found none");
        }
        for (String name : names) {
            if (numbers) {
                requireNumbers(schema, "inputCols", name);
            } else {
                requireCells(schema, name);
            }
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                throw new IllegalArgumentException("inputCols: column '" + names.get(i) + "' is named twice");
            }
        }
        StructType extended =
                added(schema, "logDensityCol", owner.getOrDefault(logDensityCol), DataTypes.DoubleType, false);
        if (suffix().isPresent()) {
            for (int i = 0; i < names.size(); i++) {
                DataType type = ModelCells.filled(
                        numbers ? Column.real(names.get(i)) : model.get(i),
                        schema.apply(names.get(i)).dataType());
                extended = added(extended, "imputedSuffix", names.get(i) + suffix().get(), type, !numbers);
            }
        }
        return extended;
    }

    private static StructType added(StructType schema, String parameter, String name, DataType type, boolean nullable) {
        if (Arrays.asList(schema.fieldNames()).contains(name)) {
            throw new IllegalArgumentException(
                    parameter + ": there is a column '" + name + "' already; name another or drop it");
        }
        return schema.add(name, type, nullable);
    }

    private static void requireCells(StructType schema, String name) {
        StructField field = required(schema, "inputCols", name);
        if (!ModelCells.readable(field.dataType())) {
            throw new IllegalArgumentException("inputCols: column '" + name + "' is of type "
                    + field.dataType().simpleString() + ", expected numbers, texts, booleans or moments; cast it");
        }
    }

    private static StructField required(StructType schema, String parameter, String name) {
        List<String> known = Arrays.asList(schema.fieldNames());
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    parameter + ": there is no column '" + name + "'" + Nearest.hint(name, known));
        }
        return schema.apply(name);
    }

    static void requireNumbers(StructType schema, String parameter, String name) {
        StructField field = required(schema, parameter, name);
        if (!(field.dataType() instanceof NumericType)) {
            throw new IllegalArgumentException(parameter + ": column '" + name + "' is of type "
                    + field.dataType().simpleString() + ", expected numbers; index or cast it, or leave it out");
        }
    }
}
