package org.eigendrift.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.settings.FitSettings;

/**
 * Fits the law of rows of numbers, where they are: its readings are jobs that gather sums, and rows come to the driver only where one
 * machine would look at so many first rows itself. The model has the bytes of the same fit on one machine, whatever the partitions, see
 * {@link #orderCol()}.
 *
 * <p>Not thread-safe, as are all of MLlib's.
 */
public final class EigendriftEstimator extends Estimator<EigendriftModel> implements DefaultParamsWritable {
    @Serial
    private static final long serialVersionUID = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String uid;

    @SuppressWarnings("serial")
    private final RowParams rows;

    @SuppressWarnings("serial")
    private final Param<String> settings;

    @SuppressWarnings("serial")
    private final Param<String> orderCol;

    /** Creates an estimator with a name of its own. */
    public EigendriftEstimator() {
        this(Identifiable.randomUID("eigendrift"));
    }

    /**
     * Creates an estimator.
     *
     * @param uid its name
     */
    public EigendriftEstimator(String uid) {
        this.uid = uid;
        this.rows = new RowParams(this);
        this.settings = new Param<>(
                this,
                "settings",
                "JSON of a configuration's blocks for the fit, such as {\"components\": 1, \"density\": \"flow\"};"
                        + " what is left out is chosen on held-out rows");
        this.orderCol = new Param<>(
                this,
                "orderCol",
                "column of whole numbers by which rows are ordered, as one machine would read them;"
                        + " where it is not set they are ordered by a hash of their cells");
        rows.setDefaults();
        setDefault(settings, "{}");
    }

    /**
     * Reads an estimator.
     *
     * @return a reader
     */
    public static MLReader<EigendriftEstimator> read() {
        return new DefaultParamsReader<>();
    }

    /**
     * Reads an estimator.
     *
     * @param path where it was saved
     * @return the same
     */
    public static EigendriftEstimator load(String path) {
        return read().load(path);
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * The columns of a row.
     *
     * @return columns of numbers, of any numeric type
     */
    public StringArrayParam inputCols() {
        return rows.inputCols();
    }

    /**
     * Sets the columns of a row.
     *
     * @param names columns of numbers
     * @return this
     */
    public EigendriftEstimator setInputCols(String... names) {
        set(rows.inputCols(), names);
        return this;
    }

    /**
     * What becomes of rows with cells that are not finite numbers.
     *
     * @return {@code error}, {@code skip} or {@code keep}
     */
    public Param<String> handleInvalid() {
        return rows.handleInvalid();
    }

    /**
     * Sets what becomes of rows with cells that are not finite numbers.
     *
     * @param value {@code error}, {@code skip} or, in {@code transform} alone, {@code keep}
     * @return this
     */
    public EigendriftEstimator setHandleInvalid(String value) {
        set(rows.handleInvalid(), value);
        return this;
    }

    /**
     * The column that the model adds.
     *
     * @return its name, {@code logDensity} unless it is set
     */
    public Param<String> logDensityCol() {
        return rows.logDensityCol();
    }

    /**
     * Sets the column that the model adds.
     *
     * @param name a name that is not taken
     * @return this
     */
    public EigendriftEstimator setLogDensityCol(String name) {
        set(rows.logDensityCol(), name);
        return this;
    }

    /**
     * The suffix of columns with gaps filled.
     *
     * @return not set where no such columns are added
     */
    public Param<String> imputedSuffix() {
        return rows.imputedSuffix();
    }

    /**
     * Adds the input columns with their gaps filled by what the law says of them, given the cells that are there. A row with gaps is no
     * mistake then; its log-density is that of the cells that are there.
     *
     * @param value what stands after the names of the columns that are added
     * @return this
     */
    public EigendriftEstimator setImputedSuffix(String value) {
        set(rows.imputedSuffix(), value);
        return this;
    }

    /**
     * What a gap is filled with.
     *
     * @return {@code mean} unless it is set
     */
    public Param<String> fill() {
        return rows.fill();
    }

    /**
     * Sets what a gap is filled with.
     *
     * @param value {@code mean}, {@code median} or {@code mode} of the cell's law
     * @return this
     */
    public EigendriftEstimator setFill(String value) {
        set(rows.fill(), value);
        return this;
    }

    /**
     * The seed.
     *
     * @return 0 unless it is set
     */
    public LongParam seed() {
        return rows.seed();
    }

    /**
     * Sets the seed.
     *
     * @param value any number
     * @return this
     */
    public EigendriftEstimator setSeed(long value) {
        set(rows.seed(), value);
        return this;
    }

    /**
     * Settings of the fit.
     *
     * @return a JSON object with the blocks {@code components}, {@code density}, {@code frame}, {@code basis}, {@code process},
     *     {@code solver} of a configuration, or some of them
     */
    public Param<String> settings() {
        return settings;
    }

    /**
     * Sets settings of the fit.
     *
     * @param json a JSON object
     * @return this
     */
    public EigendriftEstimator setSettings(String json) {
        set(settings, json);
        return this;
    }

    /**
     * The column by which rows are ordered.
     *
     * @return its name; not set for an order by content
     */
    public Param<String> orderCol() {
        return orderCol;
    }

    /**
     * Sets the column by which rows are ordered.
     *
     * @param name a column of whole numbers, best a different one for each row
     * @return this
     */
    public EigendriftEstimator setOrderCol(String name) {
        set(orderCol, name);
        return this;
    }

    @Override
    public StructType transformSchema(StructType schema) {
        bound(Catalog.discover(List.of()));
        order().ifPresent(name -> RowParams.requireNumbers(schema, "orderCol", name));
        return rows.transformSchema(schema);
    }

    private Optional<String> order() {
        return isSet(orderCol) ? Optional.of(getOrDefault(orderCol)) : Optional.empty();
    }

    private FitSettings bound(Catalog catalog) {
        try {
            Map<String, Object> blocks = JSON.readValue(getOrDefault(settings), new TypeReference<>() {});
            return FitSettings.of(blocks, catalog);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("settings: expected a JSON object, found " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public EigendriftModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        if (rows.invalid().equals(RowParams.KEEP)) {
            throw new IllegalArgumentException(
                    "handleInvalid: a fit takes 'error' or 'skip'; 'keep' is set on the model, for transform");
        }
        Catalog catalog = Catalog.discover(List.of());
        RunContext run = new RunContext(
                rows.seedValue(), Runtime.getRuntime().availableProcessors(), Progress.NONE, () -> false);
        try (SparkRows there =
                SortedRows.of(dataset, rows.names(), order(), rows.invalid().equals(RowParams.SKIP))) {
            Law law = Eigendrift.fit(there, bound(catalog), catalog, run);
            EigendriftModel model = new EigendriftModel(uid, LawParcel.of(law));
            return copyValues(model, extractParamMap()).setParent(this);
        }
    }

    @Override
    public EigendriftEstimator copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
