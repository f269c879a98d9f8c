package org.eigendrift.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.eigendrift.api.plugin.Nearest;

/** The parameters that an estimator and its model share. */
final class RowParams {
    /** A row with a gap, or a cell that is not finite, ends the job. */
    static final String ERROR = "error";

    /** Such rows are left out. */
    static final String SKIP = "skip";

    private final Params owner;
    private final StringArrayParam inputCols;
    private final Param<String> handleInvalid;
    private final Param<String> logDensityCol;
    private final LongParam seed;

    /** Declares them, with their defaults. */
    RowParams(Params owner) {
        this.owner = owner;
        this.inputCols = new StringArrayParam(owner, "inputCols", "columns of numbers that make up a row");
        this.handleInvalid = new Param<>(
                owner,
                "handleInvalid",
                "what becomes of rows with null, NaN or infinite cells: 'error' or 'skip' (leave them out)",
                ParamValidators.inArray(new String[] {ERROR, SKIP}));
        this.logDensityCol =
                new Param<>(owner, "logDensityCol", "column that receives the log-density of a row, in nats");
        this.seed = new LongParam(owner, "seed", "seed of whatever is random");
    }

    void setDefaults() {
        owner.setDefault(handleInvalid, ERROR);
        owner.setDefault(logDensityCol, "logDensity");
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

    LongParam seed() {
        return seed;
    }

    List<String> names() {
        if (!owner.isDefined(inputCols)) {
            throw new IllegalArgumentException("inputCols: expected the names of the columns of numbers, none are set");
        }
        return Arrays.asList(owner.getOrDefault(inputCols));
    }

    boolean skips() {
        return owner.getOrDefault(handleInvalid).equals(SKIP);
    }

    long seedValue() {
        return (Long) owner.getOrDefault(seed);
    }

    /** Fails before a job does, and adds the column of log-densities. */
    StructType transformSchema(StructType schema) {
        List<String> names = names();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("inputCols: expected at least one column, found none");
        }
        for (String name : names) {
            requireNumbers(schema, "inputCols", name);
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                throw new IllegalArgumentException("inputCols: column '" + names.get(i) + "' is named twice");
            }
        }
        String added = owner.getOrDefault(logDensityCol);
        if (Arrays.asList(schema.fieldNames()).contains(added)) {
            throw new IllegalArgumentException(
                    "logDensityCol: there is a column '" + added + "' already; name another or drop it");
        }
        return schema.add(added, DataTypes.DoubleType, false);
    }

    static void requireNumbers(StructType schema, String parameter, String name) {
        List<String> known = Arrays.asList(schema.fieldNames());
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    parameter + ": there is no column '" + name + "'" + Nearest.hint(name, known));
        }
        StructField field = schema.apply(name);
        if (!(field.dataType() instanceof NumericType)) {
            throw new IllegalArgumentException(parameter + ": column '" + name + "' is of type "
                    + field.dataType().simpleString() + ", expected numbers; index or cast it, or leave it out");
        }
    }
}
