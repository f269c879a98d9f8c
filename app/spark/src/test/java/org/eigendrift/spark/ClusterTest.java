package org.eigendrift.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On several processes: whatever a stage needs travels, and one that dies is replaced. */
@Tag("slow")
class ClusterTest {
    private static final String SETTINGS = """
            {"components": 1, "density": "flow", "basis": {"family": "cosine", "degree": 2}}
            """;

    private static SparkSession spark;

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() {
        assumeTrue(System.getenv("SPARK_TESTING") != null, "processes need SPARK_TESTING, as the build sets it");
        if (SparkSession.getDefaultSession().isDefined()) {
            SparkSession.getDefaultSession().get().stop();
        }
        spark = SparkSession.builder()
                .master("local-cluster[2,1,640]")
                .appName("tests")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 4)
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.executor.memory", "640m")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.task.maxFailures", 4)
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        if (spark != null) {
            spark.stop();
        }
    }

    private static EigendriftEstimator estimator() {
        return new EigendriftEstimator()
                .setInputCols("x", "y", "z")
                .setOrderCol("id")
                .setSettings(SETTINGS);
    }

    private static byte[] onOneMachine(Points rows) throws IOException {
        Path file = directory.resolve("one.safetensors");
        OneMachine.fit(Tables.alike(rows), SETTINGS, 0, file);
        return Files.readAllBytes(file);
    }

    @Test
    void severalProcessesGiveTheModelOfOneAlsoWhenOneOfThemDies() throws IOException {
        Points rows = Tables.rows(9_000);
        byte[] expected = onOneMachine(rows);
        Dataset<Row> table = Tables.table(spark, rows).repartition(5, functions.col("z"));
        EigendriftModel model = estimator().fit(table);
        assertArrayEquals(expected, model.modelFile());

        String died = directory.resolve("died").toString();
        Dataset<Row> deadly = spark.createDataFrame(table.toJavaRDD().map(row -> dieOnce(row, died)), table.schema());
        assertArrayEquals(expected, estimator().fit(deadly).modelFile());
        assertTrue(Files.exists(Path.of(died)), "a process died");

        double[] nats = model.law().logDensity(rows, RunContext.quiet(0)).nats();
        List<Row> scored = model.transform(table).orderBy("id").collectAsList();
        assertEquals(nats.length, scored.size());
        for (int n = 0; n < nats.length; n++) {
            assertEquals(nats[n], scored.get(n).getDouble(4));
        }
    }

    /** Ends the process in the middle of a task, the first time that it meets row 4,000. */
    private static Row dieOnce(Row row, String mark) throws IOException {
        if (row.getLong(0) == 4_000 && !Files.exists(Path.of(mark))) {
            Files.createFile(Path.of(mark));
            Runtime.getRuntime().halt(7);
        }
        return row;
    }
}
