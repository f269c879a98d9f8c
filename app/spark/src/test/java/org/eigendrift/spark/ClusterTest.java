package org.eigendrift.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
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
import scala.jdk.javaapi.CollectionConverters;

/** On several processes: whatever a stage needs travels, and one that dies is replaced. */
@Tag("slow")
class ClusterTest {
    private static final String SETTINGS = """
            {"components": 1, "density": "flow", "basis": {"family": "cosine", "degree": 2}}
            """;

    private static byte[] expected;
    private static Points rows;

    private SparkSession spark;

    @TempDir
    static Path directory;

    @BeforeAll
    static void fitOnOneMachine() throws IOException {
        assumeTrue(System.getenv("SPARK_TESTING") != null, "processes need SPARK_TESTING, as the build sets it");
        rows = Tables.rows(9_000);
        expected = onOneMachine(rows);
    }

    private void start(int processes) {
        spark = Sessions.cluster(processes);
    }

    @AfterAll
    static void stop() {
        if (SparkSession.getDefaultSession().isDefined()) {
            SparkSession.getDefaultSession().get().stop();
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
    void twoProcessesGiveTheModelOfOneAlsoWhenOneOfThemDies() throws IOException {
        start(2);
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

    @Test
    void fourProcessesGiveTheModelOfOneWhateverTheOrderWithinAndAcrossFiles() throws IOException {
        start(4);
        Dataset<Row> table = Tables.table(spark, rows);
        String one = files(table.coalesce(1), "one");
        String other = files(table.repartition(7, functions.col("y")).sortWithinPartitions("z"), "other");
        for (String files : List.of(one, other)) {
            assertArrayEquals(
                    expected, estimator().fit(spark.read().parquet(files)).modelFile(), files);
        }
        EigendriftEstimator byContent =
                new EigendriftEstimator().setInputCols("x", "y", "z").setSettings(SETTINGS);
        assertArrayEquals(
                byContent.fit(spark.read().parquet(one)).modelFile(),
                byContent.fit(spark.read().parquet(other)).modelFile());
    }

    private static String files(Dataset<Row> rows, String name) {
        String path = directory.resolve(name).toString();
        rows.write().parquet(path);
        return path;
    }

    /** Killed while moments are read: what it kept and what it had gathered is lost. */
    @Test
    void aProcessThatIsKilledAmidAReadingChangesNothing() {
        start(4);
        Dataset<Row> table = Tables.table(spark, rows).repartition(8, functions.col("x"));
        AtomicInteger killed = new AtomicInteger();
        SparkListener listener = new SparkListener() {
            private volatile List<Object> stages = List.of();

            @Override
            public void onJobStart(SparkListenerJobStart start) {
                if ("Eigendrift reads rows for moments"
                        .equals(start.properties().getProperty("spark.job.description"))) {
                    stages = CollectionConverters.asJava(start.stageIds());
                }
            }

            @Override
            public void onTaskStart(SparkListenerTaskStart start) {
                if (stages.contains(start.stageId()) && killed.get() == 0) {
                    killed.addAndGet(killOne());
                }
            }
        };
        spark.sparkContext().addSparkListener(listener);
        assertArrayEquals(expected, estimator().fit(table).modelFile());
        spark.sparkContext().removeSparkListener(listener);
        assertEquals(1, killed.get(), "processes killed");
    }

    /** Kills a process that Spark started from this one: there are no others. */
    private static int killOne() {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .filter(ProcessHandle::destroyForcibly)
                .map(process -> 1)
                .orElse(0);
    }

    /** Processes of one host are given no second try of a task beside its first, so the first fails at its end. */
    @Test
    void tasksThatAreTriedAgainCountOnce() {
        start(4);
        Dataset<Row> table = Tables.table(spark, rows).repartition(8, functions.col("x"));
        Dataset<Row> failing =
                spark.createDataFrame(table.toJavaRDD().mapPartitions(ClusterTest::failAtTheEnd), table.schema());
        AtomicInteger again = new AtomicInteger();
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskStart(SparkListenerTaskStart start) {
                again.addAndGet(start.taskInfo().attemptNumber() > 0 ? 1 : 0);
            }
        };
        spark.sparkContext().addSparkListener(listener);
        assertArrayEquals(expected, estimator().fit(failing).modelFile());
        spark.sparkContext().removeSparkListener(listener);
        // Rows are read twice from their source: for the bounds of the sort, and for the sort.
        assertTrue(again.get() >= 2, () -> again.get() + " tasks were tried again");
    }

    /** Of the first partition, the first time that it is tried. */
    private static Iterator<Row> failAtTheEnd(Iterator<Row> rows) {
        List<Row> all = new ArrayList<>();
        rows.forEachRemaining(all::add);
        if (TaskContext.getPartitionId() == 0 && TaskContext.get().attemptNumber() == 0) {
            throw new IllegalStateException("as the test has it");
        }
        return all.iterator();
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
