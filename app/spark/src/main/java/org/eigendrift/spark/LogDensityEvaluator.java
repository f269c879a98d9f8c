package org.eigendrift.spark;

import java.io.Serial;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The mean log-density of held-out rows, in nats: larger is better. */
public final class LogDensityEvaluator extends Evaluator implements DefaultParamsWritable {
    @Serial
    private static final long serialVersionUID = 1;

    private final String uid;

    @SuppressWarnings("serial")
    private final Param<String> logDensityCol;

    /** Creates an evaluator with a name of its own. */
    public LogDensityEvaluator() {
        this(Identifiable.randomUID("logDensityEvaluator"));
    }

    /**
     * Creates an evaluator.
     *
     * @param uid its name
     */
    public LogDensityEvaluator(String uid) {
        this.uid = uid;
        this.logDensityCol = new Param<>(this, "logDensityCol", "column of log-densities");
        setDefault(logDensityCol, "logDensity");
    }

    /**
     * Reads an evaluator.
     *
     * @return a reader
     */
    public static MLReader<LogDensityEvaluator> read() {
        return new DefaultParamsReader<>();
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * The column of log-densities.
     *
     * @return its name, {@code logDensity} unless it is set
     */
    public Param<String> logDensityCol() {
        return logDensityCol;
    }

    /**
     * Sets the column of log-densities.
     *
     * @param name the column that the model adds
     * @return this
     */
    public LogDensityEvaluator setLogDensityCol(String name) {
        set(logDensityCol, name);
        return this;
    }

    @Override
    public double evaluate(Dataset<?> dataset) {
        String name = getOrDefault(logDensityCol);
        RowParams.requireNumbers(dataset.schema(), "logDensityCol", name);
        Row mean = dataset.toDF()
                .agg(functions.avg(SortedRows.column(dataset, name)))
                .first();
        if (mean.isNullAt(0)) {
            throw new IllegalArgumentException("there are no rows to evaluate");
        }
        return mean.getDouble(0);
    }

    @Override
    public boolean isLargerBetter() {
        return true;
    }

    @Override
    public LogDensityEvaluator copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
