package org.eigendrift.targets.duckdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.TargetContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTest extends TargetContract {
    @TempDir
    private Path directory;

    /** Rows in an order that is not that of any column, across several row groups. */
    private static final String ROWS =
            "select sin(i) as a, i * 0.37 - 500 as angle, exp(i % 7 - 3) as size, 'x' || i as word "
                    + "from range(5000) t(i)";

    @Override
    protected Target target() {
        return create(
                Written.parquet(directory, "rows.parquet", ROWS),
                Map.of(
                        "columns",
                        List.of("size", "angle", "a"),
                        "angles",
                        List.of("angle"),
                        "positive",
                        List.of("size"),
                        "holdout",
                        0.25));
    }

    private static Target create(Path file, Map<String, Object> options) {
        Map<String, Object> all = new TreeMap<>(Map.of("holdout", 0));
        all.putAll(options);
        all.put("path", file.toString());
        return Bound.target(new Parquet(), 1, all);
    }

    private static double[][] rows(Dataset data) {
        Points points = InMemory.read(data, 10_000);
        return IntStream.range(0, points.size()).mapToObj(points::row).toArray(double[][]::new);
    }

    private double[][] rows(String query, Map<String, Object> options) {
        return rows(
                create(Written.parquet(directory, "t.parquet", query), options).train());
    }

    private String refusal(String query, Map<String, Object> options) {
        String message =
                assertThrows(InputException.class, () -> rows(query, options)).getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains("t.parquet"), message);
        return message.substring(message.indexOf("t.parquet"));
    }

    @Test
    void rowsComeInTheFilesOrder() {
        double[][] rows = rows(target().train());
        Target whole = create(Written.parquet(directory, "whole.parquet", ROWS), Map.of("columns", List.of("a")));
        assertEquals(OptionalLong.of(5000), whole.train().rows());
        double[][] expected = IntStream.range(0, 5000)
                .mapToObj(i -> new double[] {Math.sin(i)})
                .toArray(double[][]::new);
        double[][] found = rows(whole.train());
        for (int n = 0; n < 5000; n++) {
            // Two libraries' sine may differ in the last place.
            assertEquals(expected[n][0], found[n][0], Math.ulp(1.0));
        }
        assertTrue(rows.length > 3600 && rows.length < 3900, "Binomial(5000, 3/4): " + rows.length);
    }

    /**
     * Written by Apache Arrow 25.0.1 for Python (parquet 2.6, snappy, dictionary encoding, row groups of 3): float64 with a null
     * and a NaN, float32, int64, decimal(6, 2), and text.
     */
    @Test
    void readsWhatAnotherLibraryWrote() throws IOException {
        Path file = directory.resolve("arrow.parquet");
        try (InputStream in = ParquetTest.class.getResourceAsStream("arrow.parquet")) {
            Files.copy(in, file);
        }
        List<String> columns = List.of("f64", "f32", "i64", "dec");
        Target target = create(file, Map.of("columns", columns, "missing", "drop"));
        assertArrayEquals(
                new double[][] {
                    {0.1, 0.5, -3, 1.25},
                    {1e300, -2.25, 1L << 40, -9999.99},
                    {-7.5, 8, 0, 3.5},
                },
                rows(target.train()));
        assertEquals(List.of("2 rows of " + file + " were left out for a missing value"), target.remarks());
        Target filled = create(file, Map.of("columns", List.of("i64", "f64"), "missing", "impute", "impute", "median"));
        // The lower of two middle values of 0.1, 1e300, -7.5: 0.1.
        assertArrayEquals(
                new double[][] {{-3, 0.1}, {7, 0.1}, {1L << 40, 1e300}, {5, 0.1}, {0, -7.5}}, rows(filled.train()));
        assertEquals(
                List.of("2 missing values in 2 training rows were filled with the column's median: f64 2"),
                filled.remarks());
    }

    @Test
    void choosesAndRefusesColumns() {
        String query = "select 1 as a, 2.5::float as b, 'Adelie' as species, true as flag";
        assertArrayEquals(new double[][] {{2.5, 1}}, rows(query, Map.of("columns", List.of("b", "a"))));
        assertEquals(
                "t.parquet, column 'species': holds VARCHAR, expected numbers; leave out detect: off, or choose with columns",
                refusal(query, Map.of("detect", "off")));
        assertEquals(
                "t.parquet: there is no column 'speces'; did you mean 'species'? known: a, b, species, flag",
                refusal(query, Map.of("columns", List.of("speces"))));
        assertTrue(refusal("select [1.0, 2.0] as a", Map.of()).contains("holds DECIMAL(2,1)[]"));
    }

    @Test
    void missingAndInfiniteValuesAreRefusedWithTheirRow() {
        assertEquals(
                "t.parquet row 2, column 'a': found no value (empty, NaN or null); set missing: keep to "
                        + "model gaps, drop to leave out rows that lack a value, or impute to fill it in",
                refusal("from (values (1.0, 2.0), (null, 3.0)) t(a, b)", Map.of()));
        assertTrue(refusal("from (values (1.0::double), ('nan')) t(a)", Map.of())
                .contains("row 2, column 'a': found no value"));
        assertEquals(
                "t.parquet row 3, column 'a': found -Infinity, expected a finite number",
                refusal("from (values (1.0::double), (2.0), ('-inf')) t(a)", Map.of("missing", "drop")));
        assertEquals(
                "t.parquet row 2, column 'a': found 0.0, expected a number above 0, as it is declared positive",
                refusal("from (values (1.0), (0.0)) t(a)", Map.of("positive", List.of("a"))));
        assertTrue(
                refusal("select 9007199254740993 as a", Map.of("detect", "off")).contains("2^53"));
    }

    @Test
    void refusesWhatIsNoParquetFile() throws IOException {
        byte[] bytes = Files.readAllBytes(Written.parquet(directory, "whole.parquet", ROWS));
        for (int length : new int[] {0, 3, 8, 100, bytes.length / 2, bytes.length - 1}) {
            Path cut = Files.write(directory.resolve("cut.parquet"), Arrays.copyOf(bytes, length));
            String message = assertThrows(
                            InputException.class,
                            () -> rows(create(cut, Map.of()).train()))
                    .getMessage();
            assertTrue(message.startsWith(cut + ": not a Parquet file, or truncated"), message);
            assertEquals(1, message.lines().count(), message);
        }
        Path text = Files.write(directory.resolve("text.parquet"), "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        assertThrows(InputException.class, () -> create(text, Map.of()));
        assertTrue(assertThrows(InputException.class, () -> create(directory.resolve("none.parquet"), Map.of()))
                .getMessage()
                .endsWith("there is no such file"));
        assertTrue(assertThrows(InputException.class, () -> create(directory, Map.of()))
                .getMessage()
                .endsWith("is a directory; expected a file"));
        assertTrue(refusal("select 1 as a where false", Map.of()).endsWith("has columns but no rows"));
    }

    @Test
    void namesThatDuckDbWouldReadAsPatternsAreNames() {
        Path odd = Written.parquet(directory, "it's [odd] ?.parquet", "select 1 as \"a \"\"b\"\"\"");
        Target target = create(odd, Map.of());
        assertEquals("a \"b\"", target.train().columns().get(0).name());
        assertArrayEquals(new double[][] {{1}}, rows(target.train()));
    }

    @Test
    void testFileIsReadByTheNamesOfTheFirst() {
        Path test = Written.parquet(directory, "test.parquet", "select 10 as b, 'x' as extra, 20 as a");
        Target target = create(
                Written.parquet(directory, "t.parquet", "select 1 as a, 2 as b"), Map.of("test", test.toString()));
        assertArrayEquals(new double[][] {{20, 10}}, rows(target.heldout().orElseThrow()));
    }

    @Test
    void readsTenThousandColumns() {
        String columns = String.join(
                ",", IntStream.range(0, 10_000).mapToObj(i -> i + " as c" + i).toList());
        assertArrayEquals(
                new double[][] {{9999, 0}}, rows("select " + columns, Map.of("columns", List.of("c9999", "c0"))));
    }

    /** A file that is replaced between two readings is not read as if nothing had happened. */
    @Test
    void otherRowsAtTheSecondReadingAreRefused() {
        Target target = create(Written.parquet(directory, "t.parquet", "select 1.0 as a, 2.0 as b"), Map.of());
        assertEquals(1, rows(target.train()).length);
        assertEquals(1, rows(target.train()).length);
        Written.parquet(directory, "t.parquet", "select 1.5 as a, 2.0 as b");
        String message =
                assertThrows(InputException.class, () -> rows(target.train())).getMessage();
        assertTrue(message.contains("a second reading gave other rows"), message);
    }
}
