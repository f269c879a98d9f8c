package org.eigendrift.targets.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.TargetContract;
import org.eigendrift.targets.Bound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest extends TargetContract {
    @TempDir
    private Path directory;

    @Override
    protected Target target() {
        String text = "id,angle,size\n"
                + IntStream.range(0, 800)
                        .mapToObj(i -> i + "," + (i * 0.37 - 50) + "," + Math.exp(i % 7 - 3))
                        .collect(Collectors.joining("\n"));
        return create(text, Map.of("angles", List.of("angle"), "positive", List.of("size"), "holdout", 0.25));
    }

    private Path file(String text) {
        try {
            return Files.write(directory.resolve("data.csv"), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Target create(String text, Map<String, Object> options) {
        Map<String, Object> all = new TreeMap<>(Map.of("holdout", 0));
        all.putAll(options);
        all.put("path", file(text).toString());
        return Bound.target(new Csv(), 1, all);
    }

    private double[][] rows(String text, Map<String, Object> options) {
        return rows(create(text, options).train());
    }

    private static double[][] rows(Dataset data) {
        Points points = InMemory.read(data, 1000);
        return IntStream.range(0, points.size()).mapToObj(points::row).toArray(double[][]::new);
    }

    private String refusal(String text, Map<String, Object> options) {
        String message =
                assertThrows(InputException.class, () -> rows(text, options)).getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains(directory.toString()) || message.startsWith("bounded"), message);
        return message.replace(directory.toString(), "").replaceFirst("^[/\\\\]", "");
    }

    private static final double[][] TABLE = {{1, 2.5}, {-3, 4e-3}};

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "comma | a,b\\n1,2.5\\n-3,4e-3\\n",
                "no line end at the end | a,b\\n1,2.5\\n-3,4e-3",
                "CRLF | a,b\\r\\n1,2.5\\r\\n-3,4e-3\\r\\n",
                "byte order mark | <BOM>a,b\\n1,2.5\\n-3,4e-3\\n",
                "byte order mark and quotes | <BOM>\"a\",\"b\"\\n\"1\",2.5\\n-3,\"4e-3\"\\n",
                "tab | a\\tb\\n1\\t2.5\\n-3\\t4e-3\\n",
                "semicolon | a;b\\n1;2.5\\n-3;4e-3\\n",
                "separator in a quoted name | \"a;;;x\",b\\n1,2.5\\n-3,4e-3\\n",
                "line end in a quoted name | \"a\\nx\",b\\n1,2.5\\n-3,4e-3\\n",
                "spaces | a, b \\n 1 , 2.5\\n-3 ,  4e-3\\n",
                "empty lines | \\na,b\\n\\n1,2.5\\n\\n-3,4e-3\\n\\n",
            })
    void readsTheUsualForms(String what, String text) {
        assertArrayEquals(TABLE, rows(text.translateEscapes().replace("<BOM>", "\uFEFF"), Map.of()), what);
    }

    @Test
    void readsGzip() throws IOException {
        Path packed = directory.resolve("data.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("a,b\n1,2.5\n-3,4e-3\n".getBytes(StandardCharsets.UTF_8));
        }
        Target target = Bound.target(new Csv(), 1, Map.of("path", packed.toString(), "holdout", 0));
        assertArrayEquals(TABLE, rows(target.train()));
        byte[] bytes = Files.readAllBytes(packed);
        Path cut = Files.write(directory.resolve("cut.csv.gz"), Arrays.copyOf(bytes, bytes.length - 12));
        InputException e = assertThrows(
                InputException.class,
                () -> rows(Bound.target(new Csv(), 1, Map.of("path", cut.toString()))
                        .train()));
        assertTrue(e.getMessage().contains("truncated"), e.getMessage());
        Path plain = Files.write(directory.resolve("plain.csv.gz"), "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        e = assertThrows(InputException.class, () -> Bound.target(new Csv(), 1, Map.of("path", plain.toString())));
        assertTrue(e.getMessage().contains("not valid compressed data"), e.getMessage());
    }

    @Test
    void choosesColumnsByName() {
        String text = "species,a,b,c\nAdelie,1,2,3\nGentoo,4,5,6\n";
        assertArrayEquals(new double[][] {{3, 1}, {6, 4}}, rows(text, Map.of("columns", List.of("c", "a"))));
        assertEquals(
                "data.csv: there is no column 'bb'; did you mean 'b'? known: species, a, b, c",
                refusal(text, Map.of("columns", List.of("bb"))));
        assertEquals(
                "data.csv line 2, column 'species': found 'Adelie', expected a number; if it stands for a missing value, "
                        + "set missing_codes: ['Adelie']; if the column is not one of numbers, leave out detect: off",
                refusal(text, Map.of("detect", "off")));
        assertEquals("data.csv: column 'a' is asked for twice", refusal(text, Map.of("columns", List.of("a", "a"))));
    }

    private Optional<Address> address(String text) {
        return assertThrows(InputException.class, () -> rows(text, Map.of())).address();
    }

    @Test
    void refusalsCarryFileLineAndColumn() {
        Address file = Address.of(directory.resolve("data.csv").toString());
        assertEquals(Optional.of(file.at("line", 3)), address("a,b\n1,2\n1,2,3\n"));
        assertEquals(Optional.of(file.at("line", 2).in("b")), address("a,b\n1,1e999\n"));
        assertEquals(Optional.empty(), address(""));
    }

    @Test
    void refusesWhatIsNotATable() {
        assertEquals("data.csv is empty; expected a line of column names and rows of numbers", refusal("", Map.of()));
        assertEquals("data.csv has column names but no rows", refusal("a,b\n", Map.of()));
        assertEquals(
                "data.csv line 3: found 3 cells, expected 2 as in the first line",
                refusal("a,b\n1,2\n1,2,3\n", Map.of()));
        assertEquals(
                "data.csv line 4: found 1 cells, expected 2 as in the first line",
                refusal("a,b\n\n1,2\n3\n", Map.of()));
        assertEquals(
                "data.csv line 1: found numbers only, expected column names; set header: false if there are none",
                refusal("1,2\n3,4\n", Map.of()));
        assertEquals("data.csv: two columns are named 'a'; rename one of them", refusal("a,a\n1,2\n", Map.of()));
    }

    @Test
    void refusesWhatIsNotAFiniteNumber() {
        for (String cell : List.of("x", "0x10", "1f", "Infinity", "-inf", "1e", ".", "--1", "1 2")) {
            String text = "a,b\n1,2\n3,\"" + cell + "\"\n";
            assertEquals(
                    "data.csv line 3, column 'b': found '" + cell
                            + "', expected a number, as in 1 of 2 cells; if it stands "
                            + "for a missing value, set missing_codes: [" + cell
                            + "]; if the column is not one of numbers, declare types: [[b, category]]",
                    refusal(text, Map.of("columns", List.of("b"))));
            String off = refusal(text, Map.of("columns", List.of("b"), "detect", "off"));
            assertTrue(off.startsWith("data.csv line 3, column 'b': found '" + cell + "', expected a number"), off);
        }
        assertEquals(
                "data.csv line 2, column 'b': found Infinity, expected a finite number",
                refusal("a,b\n1,1e999\n", Map.of()));
    }

    @Test
    void missingValuesAreRefusedOrDroppedAndCounted() {
        String text = "a,b\n1,2\nNA,3\n4,\n5,nan\n6,7\n";
        assertEquals(
                "data.csv line 3, column 'a': found 'NA', expected a number; set missing: keep to model gaps, "
                        + "drop to leave out rows that lack a value, or impute to fill it in",
                refusal(text, Map.of()));
        Target target = create(text, Map.of("missing", "drop"));
        assertArrayEquals(new double[][] {{1, 2}, {6, 7}}, rows(target.train()));
        assertEquals(
                List.of("3 rows of " + directory.resolve("data.csv") + " were left out for a missing value"),
                target.remarks());
        // A column that is not read may lack values.
        assertEquals(4, rows(text, Map.of("columns", List.of("a"), "missing", "drop")).length);
    }

    @Test
    void openCellsStayAmongTrainingRowsAndHeldOutRowsAreWhole() {
        String text = "a,b\n"
                + IntStream.range(0, 400)
                        .mapToObj(n -> n + "," + (n % 3 == 0 ? "" : n + 0.5))
                        .collect(Collectors.joining("\n"));
        Target target = create(text, Map.of("missing", "model", "holdout", 0.5));
        assertTrue(target.train().incomplete());
        assertTrue(target.train().columns().stream().noneMatch(Column::gaps));
        int open = 0;
        for (double[] row : rows(target.train())) {
            assertEquals(row[0] % 3 == 0, Double.isNaN(row[1]));
            open += Double.isNaN(row[1]) ? 1 : 0;
        }
        double[][] heldout = rows(target.heldout().orElseThrow());
        assertTrue(Arrays.stream(heldout).noneMatch(row -> row[0] % 3 == 0));
        // Every third of 400 rows has a gap: those that are held out are left out, the others are all there.
        int without = 134 - open;
        assertEquals(400 - without, rows(target.train()).length + heldout.length);
        assertTrue(without > 30);
    }

    @Test
    void anglesAreWrappedIntoTheirPeriod() {
        Target target = create(
                "phi,n\n-190,1\n179,1\n540,1\n180,1\n",
                Map.of("angles", List.of("phi"), "angle_unit", "degrees", "angle_from", -180));
        assertEquals(Column.angle("phi", -180, 180), target.train().columns().get(0));
        assertArrayEquals(new double[][] {{170, 1}, {179, 1}, {-180, 1}, {-180, 1}}, rows(target.train()));
    }

    @Test
    void declaredKindsAreChecked() {
        assertEquals(
                "data.csv line 3, column 'a': found 0.0, expected a number above 0, as it is declared positive",
                refusal("a,b\n1,2\n0,1\n", Map.of("positive", List.of("a"))));
        assertEquals(
                "data.csv line 2, column 'b': found 2.0, expected a number in [0.0, 1.0], as it is declared bounded",
                refusal("a,b\n1,2\n0,1\n", Map.of("bounded", List.of(List.of("b", 0, 1)))));
        assertEquals(
                "data.csv: 'ab' is declared positive but is not among the columns read; did you mean 'a'? known: a, b",
                refusal("a,b\n1,2\n", Map.of("positive", List.of("ab"))));
        assertEquals(
                "bounded: expected [name, lower, upper] with lower < upper, found [b, 1, 0]",
                refusal("a,b\n1,2\n", Map.of("bounded", List.of(List.of("b", 1, 0)))));
        assertEquals(
                "data.csv, column 'a': declared both an angle and positive; keep one",
                refusal("a,b\n1,2\n", Map.of("angles", List.of("a"), "positive", List.of("a"))));
    }

    @Test
    void readsWithoutAHeader() {
        Target target = create("1,2.5\n-3,4e-3\n", Map.of("header", false));
        assertEquals(
                List.of(
                        Column.real("x1").withObserved(new Column.Span(-3, 1)),
                        Column.real("x2").withObserved(new Column.Span(4e-3, 2.5))),
                target.train().columns());
        assertArrayEquals(TABLE, rows(target.train()));
    }

    @Test
    void readsTenThousandColumns() {
        String names = IntStream.range(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String values = IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        double[][] rows = rows(names + "\n" + values + "\n", Map.of("columns", List.of("c9999", "c0")));
        assertArrayEquals(new double[][] {{9999, 0}}, rows);
    }

    @Test
    void splitIsAPartition() {
        String text =
                "a\n" + IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
        Target target = create(text, Map.of("holdout", 0.3));
        double[] train = InMemory.read(target.train(), 2000).values();
        double[] heldout = InMemory.read(target.heldout().orElseThrow(), 2000).values();
        assertArrayEquals(
                IntStream.range(0, 1000).asDoubleStream().toArray(),
                DoubleStream.concat(Arrays.stream(train), Arrays.stream(heldout))
                        .sorted()
                        .toArray());
        // Binomial(1000, 0.3) has standard deviation 14.5.
        assertEquals(300, heldout.length, 58);
        assertArrayEquals(
                heldout,
                InMemory.read(create(text, Map.of("holdout", 0.3)).heldout().orElseThrow(), 2000)
                        .values());
    }

    @Test
    void testFileIsReadByTheNamesOfTheFirst() throws IOException {
        Path test = Files.writeString(directory.resolve("test.csv"), "b,extra,a\n10,x,20\n");
        Target target = create("a,b\n1,2\n", Map.of("test", test.toString()));
        assertArrayEquals(new double[][] {{20, 10}}, rows(target.heldout().orElseThrow()));
    }

    @Test
    void missingFileNamesTheNearest() {
        file("a\n1\n");
        InputException e = assertThrows(
                InputException.class,
                () -> Bound.target(
                        new Csv(),
                        1,
                        Map.of("path", directory.resolve("dta.csv").toString())));
        assertTrue(e.getMessage().endsWith("there is no such file; did you mean 'data.csv'?"), e.getMessage());
        e = assertThrows(InputException.class, () -> Bound.target(new Csv(), 1, Map.of("path", directory.toString())));
        assertTrue(e.getMessage().endsWith("is a directory; expected a file"), e.getMessage());
    }

    @Test
    void refusesOtherEncodings() throws IOException {
        Path file = Files.write(
                directory.resolve("latin.csv"), "gr\u00F6\u00DFe\n1\n".getBytes(StandardCharsets.ISO_8859_1));
        InputException e =
                assertThrows(InputException.class, () -> Bound.target(new Csv(), 1, Map.of("path", file.toString())));
        assertTrue(
                e.getMessage().contains("save it as UTF-8, or set encoding: windows-1252 or latin-1"), e.getMessage());
    }

    @Test
    void bundledDataAreComplete() {
        Target penguins = Bound.target(new Penguins(), 1, Map.of("holdout", 0));
        Points rows = InMemory.read(penguins.train(), 1000);
        assertEquals(342, rows.size());
        assertEquals(List.of("2 rows of penguins.csv were left out for a missing value"), penguins.remarks());
        // Means as the package palmerpenguins documents them: 43.92, 17.15, 200.9, 4202.
        double[] means = {43.92193, 17.15117, 200.9152, 4201.754};
        for (int i = 0; i < 4; i++) {
            double mean = Arrays.stream(rows.column(i)).average().orElseThrow();
            assertEquals(means[i], mean, 5e-7 * 10_000, "column " + i);
        }
        Points iris =
                InMemory.read(Bound.target(new Iris(), 1, Map.of("holdout", 0)).train(), 1000);
        assertEquals(150, iris.size());
        // Fisher's means: 5.843, 3.057, 3.758, 1.199.
        assertEquals(3.758, Arrays.stream(iris.column(2)).average().orElseThrow(), 5e-4);
        Dataset digits = Bound.target(new Digits(), 1, Map.of("holdout", 0, "dequantise", false))
                .train();
        Points images = InMemory.read(digits, 3000);
        assertEquals(1797, images.size());
        assertEquals(64, images.dim());
        // The first image's second line, as scikit-learn shows it.
        assertArrayEquals(new double[] {0, 0, 13, 15, 10, 15, 5, 0}, Arrays.copyOfRange(images.row(0), 8, 16));
        // The mean grey level that scikit-learn's copy has.
        assertEquals(4.884165, Arrays.stream(images.values()).average().orElseThrow(), 1e-6);
        InputException e = assertThrows(
                InputException.class,
                () -> Bound.target(new Penguins(), 1, Map.of("columns", List.of("bill_lenght_mm"))));
        assertTrue(e.getMessage().contains("did you mean 'bill_length_mm'"), e.getMessage());
    }
}
