package org.eigendrift.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fit on a cluster has the bytes of the same fit on one machine. */
class SparkRowsTest {
    private static final Catalog CATALOG = Catalog.discover(List.of());
    private static final List<String> NAMES = Tables.NAMES;

    private static final Map<String, ?> SETTINGS =
            Map.of("components", 1, "density", "flow", "basis", Map.of("degree", 3));

    private static SparkSession spark;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        spark = Sessions.local();
    }

    private byte[] fitted(org.eigendrift.api.data.Dataset rows) throws IOException {
        Path file = Files.createTempFile(directory, "model", ".safetensors");
        RunContext run = RunContext.quiet(5);
        Eigendrift.write(Eigendrift.fit(rows, FitSettings.of(SETTINGS, CATALOG), CATALOG, run), file);
        return Files.readAllBytes(file);
    }

    @Test
    void rowsStandInTheOrderOfAColumnWhateverThePartitions() {
        Points rows = Tables.rows(10_000);
        for (int partitions : new int[] {1, 7}) {
            Dataset<Row> shuffled = Tables.table(spark, rows).repartition(partitions, functions.col("x"));
            try (SparkRows there = SortedRows.of(shuffled, NAMES, Optional.of("id"), false)) {
                assertEquals(10_000, there.rows().orElseThrow());
                assertArrayEquals(rows.values(), InMemory.read(there, 20_000).values());
                assertArrayEquals(
                        rows.slice(0, 5_000).values(),
                        InMemory.read(there, 5_000).values());
            }
        }
    }

    @Test
    void aFlowHasTheBytesOfTheSameOnOneMachine() throws IOException {
        Points rows = Tables.rows(9_000);
        byte[] here = fitted(Tables.alike(rows));
        for (int partitions : new int[] {1, 7, 64}) {
            Dataset<Row> shuffled = Tables.table(spark, rows).repartition(partitions, functions.col("y"));
            try (SparkRows there = SortedRows.of(shuffled, NAMES, Optional.of("id"), false)) {
                assertArrayEquals(here, fitted(there), partitions + " partitions");
            }
        }
    }

    @Test
    void byContentTheOrderOfTheRowsDoesNotMatter() throws IOException {
        Dataset<Row> table = Tables.table(spark, Tables.rows(9_000));
        List<byte[]> files = new ArrayList<>();
        for (Dataset<Row> other : Arrays.asList(
                table.coalesce(1), table.orderBy(functions.col("z")), table.repartition(5, functions.col("x")))) {
            try (SparkRows there = SortedRows.of(other, NAMES, Optional.empty(), false)) {
                files.add(fitted(there));
                if (files.size() == 1) {
                    files.add(fitted(Tables.alike(InMemory.read(there, 9_000))));
                }
            }
        }
        for (byte[] file : files) {
            assertArrayEquals(files.get(0), file);
        }
    }

    @Test
    void jobsSayWhatTheyGather() throws TimeoutException {
        Set<String> told = ConcurrentHashMap.newKeySet();
        SparkListener listener = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart start) {
                told.add(String.valueOf(start.properties().getProperty("spark.job.description")));
            }
        };
        spark.sparkContext().addSparkListener(listener);
        try (SparkRows there = SortedRows.of(Tables.table(spark, Tables.rows(900)), NAMES, Optional.of("id"), false)) {
            Eigendrift.fit(there, FitSettings.of(SETTINGS, CATALOG), CATALOG, RunContext.quiet(5));
        } finally {
            spark.sparkContext().listenerBus().waitUntilEmpty();
            spark.sparkContext().removeSparkListener(listener);
        }
        assertTrue(told.contains("Eigendrift sorts rows"), told::toString);
        assertTrue(told.contains("Eigendrift reads rows for moments"), told::toString);
        assertFalse(told.contains("null"), told::toString);
    }
}
