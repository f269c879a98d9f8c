package org.eigendrift.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Law;

/**
 * A fitted law as a model of MLlib: adds the log-density of each row, and draws rows. Saved, it holds the model file that every other
 * Eigendrift program reads, {@code model.safetensors}.
 */
public final class EigendriftModel extends Model<EigendriftModel> implements MLWritable {
    /** The model file in the directory of a saved model. */
    public static final String FILE = "model.safetensors";

    @Serial
    private static final long serialVersionUID = 1;

    private final String uid;
    private final LawParcel law;

    @SuppressWarnings("serial")
    private final RowParams rows;

    EigendriftModel(String uid, LawParcel law) {
        this.uid = uid;
        this.law = law;
        this.rows = new RowParams(this);
        rows.setDefaults();
    }

    /**
     * A model of a file that any Eigendrift program wrote.
     *
     * @param modelFile the bytes of the file; not modified
     * @return the model, its input columns those of the law
     * @throws org.eigendrift.api.InputException if the file is damaged or needs a plugin that is not there
     */
    public static EigendriftModel of(byte[] modelFile) {
        LawParcel law = new LawParcel(modelFile.clone());
        EigendriftModel model = new EigendriftModel(Identifiable.randomUID("eigendrift"), law);
        model.set(
                model.rows.inputCols(),
                law.open().columns().stream().map(Column::name).toArray(String[]::new));
        return model;
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * The law.
     *
     * @return what was fitted
     */
    public Law law() {
        return law.open();
    }

    /**
     * The model file.
     *
     * @return its bytes; a copy
     */
    public byte[] modelFile() {
        return law.file().clone();
    }

    /**
     * The columns of a row.
     *
     * @return in the order of the law's columns
     */
    public StringArrayParam inputCols() {
        return rows.inputCols();
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
    public EigendriftModel setHandleInvalid(String value) {
        set(rows.handleInvalid(), value);
        return this;
    }

    /**
     * The column that is added.
     *
     * @return its name
     */
    public Param<String> logDensityCol() {
        return rows.logDensityCol();
    }

    /**
     * Sets the column that is added.
     *
     * @param name a name that is not taken
     * @return this
     */
    public EigendriftModel setLogDensityCol(String name) {
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
    public EigendriftModel setImputedSuffix(String value) {
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
    public EigendriftModel setFill(String value) {
        set(rows.fill(), value);
        return this;
    }

    /**
     * The seed.
     *
     * @return of rows that are drawn
     */
    public LongParam seed() {
        return rows.seed();
    }

    /**
     * Sets the seed.
     *
     * @param value of rows that are drawn
     * @return this
     */
    public EigendriftModel setSeed(long value) {
        set(rows.seed(), value);
        return this;
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return rows.transformSchema(schema, law().columns());
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        Broadcast<LawParcel> sent = broadcast(dataset.sparkSession());
        ScoredRows.Wanted wanted = new ScoredRows.Wanted(
                rows.names(),
                types(dataset.schema()),
                rows.invalid(),
                rows.suffix().isPresent() ? rows.center() : null,
                rows.seedValue());
        MapPartitionsFunction<Row, Row> score = part -> new ScoredRows(part, wanted, sent.value());
        int there = dataset.schema().size();
        return cast(dataset.toDF().mapPartitions(score, Encoders.row(passed(schema, there))), schema, there);
    }

    /** Types of the input columns with their gaps filled. */
    private List<DataType> types(StructType schema) {
        List<Column> columns = law().columns();
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            types.add(ModelCells.filled(
                    columns.get(i), schema.apply(rows.names().get(i)).dataType()));
        }
        return types;
    }

    /** The schema of rows as tasks make them: what is added as text is cast afterwards. */
    private static StructType passed(StructType schema, int from) {
        StructType passed = new StructType();
        for (int c = 0; c < schema.size(); c++) {
            StructField field = schema.apply(c);
            DataType type = c < from ? field.dataType() : ModelCells.passed(field.dataType());
            passed = passed.add(field.name(), type, field.nullable(), field.metadata());
        }
        return passed;
    }

    private static Dataset<Row> cast(Dataset<Row> rows, StructType schema, int from) {
        Dataset<Row> out = rows;
        for (int c = from; c < schema.size(); c++) {
            StructField field = schema.apply(c);
            if (!rows.schema().apply(c).dataType().equals(field.dataType())) {
                out = out.withColumn(
                        field.name(), SortedRows.column(out, field.name()).cast(field.dataType()));
            }
        }
        return out;
    }

    /**
     * Draws rows, in as many partitions as the cluster has places for tasks. Row n depends on the seed and on n alone, and is the same
     * as that of the command line's {@code sample}.
     *
     * @param spark where they are drawn
     * @param count how many
     * @return rows with the law's columns, in order within and across partitions: texts of levels, booleans, days, moments, and doubles
     */
    public Dataset<Row> sample(SparkSession spark, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count: " + count + ", expected at least 0");
        }
        StructType schema = new StructType();
        for (Column column : law().columns()) {
            schema = schema.add(column.name(), ModelCells.drawn(column), column.gaps());
        }
        Broadcast<LawParcel> sent = broadcast(spark);
        long seed = rows.seedValue();
        MapPartitionsFunction<Long, Row> draw = part -> new DrawnRows(part, seed, sent.value());
        return cast(spark.range(count).mapPartitions(draw, Encoders.row(passed(schema, 0))), schema, 0);
    }

    private Broadcast<LawParcel> broadcast(SparkSession spark) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(law);
    }

    @Override
    public EigendriftModel copy(ParamMap extra) {
        EigendriftModel copy = new EigendriftModel(uid, law);
        return copyValues(copy, extra).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new Writer(this);
    }

    /**
     * Reads a model.
     *
     * @return a reader
     */
    public static MLReader<EigendriftModel> read() {
        return new SavedModel();
    }

    /**
     * Reads a model.
     *
     * @param path where it was saved
     * @return the same
     */
    public static EigendriftModel load(String path) {
        return read().load(path);
    }

    private static final class Writer extends MLWriter {
        private final EigendriftModel model;

        Writer(EigendriftModel model) {
            this.model = model;
        }

        /** The model file first: a directory without metadata is no model. */
        @Override
        public void saveImpl(String path) {
            Path file = new Path(path, FILE);
            try {
                FileSystem files =
                        file.getFileSystem(sparkSession().sessionState().newHadoopConf());
                try (OutputStream out = files.create(file, true)) {
                    out.write(model.law.file());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file + ": cannot be written (" + e.getMessage() + ")", e);
            }
            DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession());
        }
    }

    private static final class SavedModel extends MLReader<EigendriftModel> {
        @Override
        public EigendriftModel load(String path) {
            DefaultParamsReader.Metadata metadata =
                    DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), EigendriftModel.class.getName());
            Path file = new Path(path, FILE);
            try {
                FileSystem files =
                        file.getFileSystem(sparkSession().sessionState().newHadoopConf());
                try (var in = files.open(file)) {
                    EigendriftModel model = new EigendriftModel(metadata.uid(), new LawParcel(in.readAllBytes()));
                    metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
                    return model;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file + ": cannot be read (" + e.getMessage() + ")", e);
            }
        }
    }
}
