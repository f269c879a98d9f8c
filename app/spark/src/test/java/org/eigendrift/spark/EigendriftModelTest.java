package org.eigendrift.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.DrawRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator and the model as users of MLlib know them. */
class EigendriftModelTest {
    private static final String FLOW = """
            {"components": 1, "density": "flow", "basis": {"degree": 3}}
            """;

    private static SparkSession spark;
    private static Points rows;
    private static Dataset<Row> table;
    private static EigendriftModel model;

    @TempDir
    Path directory;

    @BeforeAll
    static void fit() {
        spark = Sessions.local();
        rows = Tables.rows(5_000);
        table = Tables.table(spark, rows).cache();
        model = estimator().fit(table);
    }

    private static EigendriftEstimator estimator() {
        return new EigendriftEstimator()
                .setInputCols("x", "y", "z")
                .setOrderCol("id")
                .setSettings(FLOW);
    }

    @Test
    void rowsHaveTheLogDensitiesOfTheLawToTheBit() {
        List<Row> scored = model.transform(table.repartition(3)).orderBy("id").collectAsList();
        double[] expected = model.law().logDensity(rows, RunContext.quiet(1)).nats();
        double[] found = scored.stream()
                .mapToDouble(row -> row.getDouble(row.fieldIndex("logDensity")))
                .toArray();
        assertArrayEquals(expected, found);
        assertEquals(
                List.of("id", "x", "y", "z", "logDensity"),
                List.of(model.transform(table).columns()));
    }

    @Test
    void samplesAreThoseOfTheLawWhateverThePartitions() {
        List<Row> drawn = model.setSeed(3).sample(spark, 700).collectAsList();
        Points expected =
                model.law().draw(DrawRequest.of(700), RunContext.quiet(3)).rows();
        assertEquals(700, drawn.size());
        for (int n = 0; n < drawn.size(); n++) {
            for (int i = 0; i < 3; i++) {
                assertEquals(expected.get(i, n), drawn.get(n).getDouble(i));
            }
        }
    }

    @Test
    void aPipelineIsSavedWithTheModelFileAndReadAgain() throws IOException {
        String path = directory.resolve("pipeline").toString();
        PipelineModel pipeline =
                new Pipeline().setStages(new PipelineStage[] {estimator()}).fit(table);
        pipeline.write().save(path);
        PipelineModel again = PipelineModel.load(path);
        EigendriftModel read = (EigendriftModel) again.stages()[0];
        assertArrayEquals(model.modelFile(), read.modelFile());
        assertEquals(
                pipeline.transform(table).orderBy("id").collectAsList(),
                again.transform(table).orderBy("id").collectAsList());
        try (var files = Files.walk(directory)) {
            assertArrayEquals(
                    model.modelFile(),
                    Files.readAllBytes(files.filter(file -> file.endsWith(EigendriftModel.FILE))
                            .findFirst()
                            .orElseThrow()));
        }
    }

    @Test
    void anEstimatorIsSavedAndReadAgain() throws IOException {
        String path = directory.resolve("estimator").toString();
        estimator().setSeed(9).write().save(path);
        EigendriftEstimator again = EigendriftEstimator.load(path);
        assertEquals(explained(estimator().setSeed(9)), explained(again));
        assertEquals(List.of("x", "y", "z"), List.of(again.getOrDefault(again.inputCols())));
        assertTrue(again.explainParams().contains("orderCol"), again.explainParams());
    }

    /** MLlib shows an array as what it is in Java. */
    private static String explained(EigendriftEstimator estimator) {
        return estimator.explainParams().replaceAll("@\\w+", "");
    }

    @Test
    void crossValidationFindsThatThePairsOfColumnsMatter() {
        EigendriftEstimator estimator = estimator();
        String apart = """
                {"components": 1, "density": "flow", "basis": {"degree": 3, "clusters": {"order": 1}}}
                """;
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(
                        estimator.settings(), new scala.collection.mutable.ArraySeq.ofRef<>(new String[] {apart, FLOW}))
                .build();
        CrossValidatorModel best = new CrossValidator()
                .setEstimator(estimator)
                .setEvaluator(new LogDensityEvaluator())
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setSeed(1)
                .fit(table);
        assertTrue(best.avgMetrics()[1] > best.avgMetrics()[0], "pairs hold what the bend is");
        assertEquals(FLOW, best.bestModel().parent().extractParamMap().apply(estimator.settings()));
    }

    @Test
    void rowsWithGapsAreRefusedOrLeftOut() {
        Dataset<Row> gaps = table.withColumn(
                "y",
                functions
                        .when(functions.col("id").equalTo(7), functions.lit(null))
                        .otherwise(functions.col("y")));
        Exception refused =
                assertThrows(RuntimeException.class, () -> estimator().fit(gaps));
        assertEquals(
                "column 'y' has a gap (null or NaN), expected finite numbers; handleInvalid = 'skip' leaves such rows out",
                refused.getMessage());
        EigendriftModel fitted = estimator().setHandleInvalid("skip").fit(gaps);
        assertEquals(4_999, fitted.transform(gaps).count());
        assertArrayEquals(
                fitted.modelFile(),
                estimator().fit(table.filter(functions.col("id").notEqual(7))).modelFile());
    }

    @Test
    void mistakesAreToldBeforeAJobBegins() {
        assertEquals(
                "inputCols: there is no column 'w'; known: id, x, y, z",
                mistake(estimator().setInputCols("x", "w")));
        assertEquals(
                "logDensityCol: there is a column 'x' already; name another or drop it",
                mistake(estimator().setLogDensityCol("x")));
        assertTrue(
                mistake(estimator().setSettings("{\"basis\": {\"degre\": 3}}")).contains("degre"));
        assertTrue(mistake(estimator().setSettings("{")).startsWith("settings: expected a JSON object"));
        assertEquals(
                "inputCols: expected the names of the columns of numbers, none are set",
                mistake(new EigendriftEstimator()));
    }

    private static String mistake(EigendriftEstimator estimator) {
        return assertThrows(RuntimeException.class, () -> estimator.transformSchema(table.schema()))
                .getMessage();
    }
}
