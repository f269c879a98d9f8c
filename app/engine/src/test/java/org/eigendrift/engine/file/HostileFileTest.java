package org.eigendrift.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.eigendrift.api.InputException;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.law.mixture.Mixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Damaged and hostile files: one line that names the file, and nothing else. */
class HostileFileTest {
    private static final Path FILE = temporary();
    private static final byte[] GOOD = good();
    private static final byte[] CHARTS = charts();
    private static final byte[] ON_GRID = grid();

    private static Path temporary() {
        try {
            return Files.createTempFile("hostile", ".safetensors");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] good() {
        return written((Models.fit(Models.mixed(300), config("all"), Models.RUN)));
    }

    private static byte[] charts() {
        return written(Models.atlas(Models.mixed(600), config("significant"), Models.RUN));
    }

    private static Map<String, Object> config(String select) {
        return Models.with(Map.of(
                "columns",
                Map.of(
                        "a \"real\" one.0", Map.of("family", "hermite", "degree", 2),
                        "angle", Map.of("family", "fourier", "degree", 1),
                        "Gr\u00f6\u00dfe", Map.of("family", "laguerre", "degree", 2),
                        "share", Map.of("family", "mean-field", "degree", 2)),
                "clusters",
                Map.of("select", select)));
    }

    private static byte[] written(Law model) {
        try {
            ModelFile.write(model, FILE);
            return Files.readAllBytes(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] grid() {
        return written((Models.fit(Models.mixed(300), Models.onGrid(config("all")), Models.RUN)));
    }

    /** The kinds of files. */
    enum Kind {
        SINGLE,
        CHARTS,
        GRID
    }

    private static byte[] good(Kind kind) {
        return switch (kind) {
            case SINGLE -> GOOD;
            case CHARTS -> CHARTS;
            case GRID -> ON_GRID;
        };
    }

    @AfterAll
    @AfterContainer
    static void delete() throws IOException {
        Files.deleteIfExists(FILE);
    }

    private static Law read(byte[] bytes) {
        try {
            Files.write(FILE, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ModelFile.read(FILE, Models.CATALOG);
    }

    private static String refusal(byte[] bytes) {
        String message = assertThrows(InputException.class, () -> read(bytes)).getMessage();
        assertTrue(message.startsWith(FILE + ": "), message);
        assertTrue(message.lines().count() == 1 && message.length() < 1000, message);
        return message.substring(FILE.toString().length() + 2);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void everyTruncatedFileIsRefused(@ForAll Kind kind, @ForAll @IntRange(max = Integer.MAX_VALUE - 1) int cut) {
        refusal(Arrays.copyOf(good(kind), cut % good(kind).length));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void everyFlippedBitIsNoticed(@ForAll Kind kind, @ForAll @IntRange(max = Integer.MAX_VALUE - 1) int bit) {
        refusal(flipped(good(kind), bit % (8 * good(kind).length)));
    }

    private static byte[] flipped(byte[] good, int bit) {
        byte[] bytes = good.clone();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return bytes;
    }

    @Test
    void everyFlippedBitOfTheHeadersLengthIsNoticed() {
        for (int bit = 0; bit < 64; bit++) {
            refusal(flipped(GOOD, bit));
        }
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void randomBytesAreRefused(@ForAll byte[] bytes) {
        refusal(bytes);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void randomBytesAfterALengthThatFitsAreRefused(@ForAll byte[] bytes) {
        ByteBuffer file = ByteBuffer.allocate(8 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        refusal(file.putLong(bytes.length).put(bytes).array());
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void addedBytesAreNoticed(@ForAll @IntRange(min = 1, max = 100) int count) {
        refusal(Arrays.copyOf(GOOD, GOOD.length + count));
    }

    /** Changes behind a right checksum: what is read must be a model, or refused. */
    @Property(tries = 80, shrinking = ShrinkingMode.OFF)
    void forgedIntegersGiveAModelOrARefusal(
            @ForAll Kind kind,
            @ForAll @IntRange(max = 10_000) int which,
            @ForAll @IntRange(max = 10_000) int at,
            @ForAll int value) {
        Mutable file = Mutable.of(good(kind));
        List<String> names = names(file, true);
        String name = names.get(which % names.size());
        ByteBuffer data = ByteBuffer.wrap(file.data.get(name)).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(at % (data.limit() / 4) * 4, value);
        readOrRefuse(file.bytes());
    }

    @Property(tries = 80, shrinking = ShrinkingMode.OFF)
    void forgedDoublesGiveAModelOrARefusal(
            @ForAll Kind kind,
            @ForAll @IntRange(max = 10_000) int which,
            @ForAll @IntRange(max = 10_000) int at,
            @ForAll long bits) {
        Mutable file = Mutable.of(good(kind));
        List<String> names = names(file, false);
        String name = names.get(which % names.size());
        ByteBuffer data = ByteBuffer.wrap(file.data.get(name)).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(at % (data.limit() / 8) * 8, bits);
        readOrRefuse(file.bytes());
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void forgedTextGivesAModelOrARefusal(
            @ForAll Kind kind,
            @ForAll @IntRange(max = 10_000) int which,
            @ForAll @IntRange(max = 100_000) int at,
            @ForAll("characters") char character) {
        Mutable file = Mutable.of(good(kind));
        List<String> keys = List.copyOf(file.metadata().keySet());
        String key = keys.get(which % keys.size());
        StringBuilder text = new StringBuilder(file.metadata().get(key));
        text.setCharAt(at % text.length(), character);
        readOrRefuse(file.metadata(key, text.toString()).bytes());
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            assertEquals(4, read(bytes).columns().size());
        } catch (InputException e) {
            assertTrue(
                    e.getMessage().startsWith(FILE + ": ")
                            && e.getMessage().lines().count() == 1,
                    e.getMessage());
        }
    }

    /** Tensors of ints, or the others. */
    private static List<String> names(Mutable file, boolean ints) {
        return file.data.keySet().stream()
                .filter(name -> (name.contains("clusters.") || name.equals("charts.components")) == ints)
                .filter(name -> file.data.get(name).length > 0)
                .toList();
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.of('0', '9', '-', '.', 'e', '"', '{', '[', ']', ',', ':', 'n', '\u0000', '\u00e9');
    }

    private static Consumer<Mutable> change(Consumer<Mutable> change) {
        return change;
    }

    /** Each refused with words that say what is wrong. */
    private static final List<Map.Entry<String, Consumer<Mutable>>> FORGERIES = List.of(
            Map.entry(
                    "format version 5, written by Eigendrift 9.1; this is Eigendrift ",
                    change(f -> f.metadata("format_version", "5").metadata("eigendrift_version", "9.1"))),
            Map.entry("format version 0, expected 1 to 4", change(f -> f.metadata("format_version", "0"))),
            Map.entry(
                    "the metadata entry 'format_version' is 'one', expected a whole number",
                    change(f -> f.metadata("format_version", "one"))),
            Map.entry("a safetensors file, but not of an Eigendrift model", change(f -> f.metadata("format", "pt"))),
            Map.entry("tensor 'extra' is none of an Eigendrift model", change(f -> f.ints("extra", 1))),
            Map.entry("there is no tensor 'theta'", change(f -> f.remove("theta"))),
            Map.entry("there is no tensor 'moments'", change(f -> f.remove("moments"))),
            Map.entry("tensor 'theta' is F64 [2], expected F64 with 2 axes", change(f -> f.doubles("theta", 1, 2))),
            Map.entry(
                    "tensor 'theta' is F64 [1, 2], expected F64 [8, ",
                    change(f -> f.tensor("theta", "F64", new byte[16], 1, 2))),
            Map.entry(
                    "tensor 'theta' has the dtype 'F16', expected one of [F64, I64, I32]",
                    change(f -> f.tensor("theta", "F16", new byte[2], 1))),
            Map.entry("a time grid needs at least two times", change(f -> f.doubles("grid.times", 1))),
            Map.entry("the time grid must decrease", change(f -> f.doubles("grid.times", 8, 7, 6, 5, 4, 3, 3, 2))),
            Map.entry("tensor 'grid.times' ends at 0.0", change(f -> f.doubles("grid.times", 8, 7, 6, 5, 4, 3, 2, 0))),
            Map.entry(
                    "tensor 'grid.end' holds [9.0], expected one time above 0", change(f -> f.doubles("grid.end", 9))),
            Map.entry("tensor 'grid.end' holds [0.0], expected", change(f -> f.doubles("grid.end", 0))),
            Map.entry("tensor 'grid.end' holds [NaN], expected", change(f -> f.doubles("grid.end", Double.NaN))),
            Map.entry("tensor 'grid.end' holds [0.01, 0.01], expected", change(f -> f.doubles("grid.end", 0.01, 0.01))),
            Map.entry(
                    "tensor 'moments' is I64 [1, 2], but basis and clusters need ",
                    change(f -> f.tensor("moments", "I64", new byte[16], 1, 2))),
            Map.entry(
                    "tensor 'moments' is I64 [2, 1], expected I64 [entries, 2]",
                    change(f -> f.tensor("moments", "I64", new byte[16], 2, 1))),
            Map.entry(
                    "tensor 'ranges' is F64 [1, 2], expected F64 [4, 2]",
                    change(f -> f.tensor("ranges", "F64", new byte[16], 1, 2))),
            Map.entry(
                    "column 'a \"real\" one.0' has the range 0.0 to 0.0, expected a finite one",
                    change(f -> f.tensor("ranges", "F64", new byte[64], 4, 2))),
            Map.entry("the model was fitted to 0 rows", change(f -> f.metadata("rows", "0"))),
            Map.entry("the metadata entry 'config' is not the JSON expected", change(f -> f.metadata("config", "{"))),
            Map.entry(
                    "Document nesting depth (65) exceeds the maximum allowed",
                    change(f -> f.metadata("config", "{\"frame\":" + "[".repeat(99)))),
            Map.entry("the metadata entry 'config' is null", change(f -> f.metadata("config", "null"))),
            Map.entry(
                    "its configuration leaves the frames to the fit",
                    change(f -> f.metadata("config", "{\"solver\": {\"type\": \"cholesky\"}}"))),
            Map.entry("its configuration leaves the solver to the fit", change(f -> f.metadata("config", "{}"))),
            Map.entry("the metadata entry 'columns' is not a list", change(f -> f.metadata("columns", "{}"))),
            Map.entry("the model has no columns", change(f -> f.metadata("columns", "[]"))),
            Map.entry(
                    "column 'angle' is not a valid column",
                    change(f -> f.replace("columns", "\"angle\",\"lower\"", "\"wrong\",\"lower\""))),
            Map.entry(
                    "the basis of column 'a \"real\" one.0' (hermite) cannot be restored: ",
                    change(f -> f.replace(
                            "config", "\"family\":\"hermite\",\"degree\":2", "\"family\":\"hermite\",\"degree\":99"))),
            Map.entry(
                    "model needs the basis plugin 'bessel', which is missing; unknown basis 'bessel'",
                    change(f -> f.replace("config", "\"fourier\"", "\"bessel\""))),
            Map.entry(
                    "the report tells of 0 solves for 8 times",
                    change(f -> f.metadata("report", "{\"choices\": [], \"solves\": []}"))),
            Map.entry("cluster 1 has 9 coordinates", change(f -> f.data.get("clusters.orders")[0] = 9)),
            Map.entry("cluster 1 has the coordinates [77]", change(f -> f.data.get("clusters.coordinates")[0] = 77)),
            Map.entry("cluster 2 repeats the coordinates [0]", change(f -> f.data.get("clusters.coordinates")[4] = 0)),
            Map.entry(
                    "cluster 1 has degree 77 in coordinate 0, expected 2",
                    change(f -> f.data.get("clusters.degrees")[0] = 77)),
            Map.entry("cluster 1 has position 77 after -1 of 2", change(f -> f.data.get("clusters.positions")[0] = 77)),
            Map.entry("the tensors 'clusters.*' announce ", change(f -> f.ints("clusters.positions", 0))),
            Map.entry("the tensors 'clusters.*' describe ", change(f -> f.ints("clusters.sizes", 1))));

    /** The same of an atlas. */
    private static final List<Map.Entry<String, Consumer<Mutable>>> CHART_FORGERIES = List.of(
            Map.entry(
                    "the metadata entry 'charts' is 4, tensor 'charts.weights' has 3 elements",
                    change(f -> f.metadata("charts", "4"))),
            Map.entry(
                    "the metadata entry 'charts' is 1, tensor 'charts.weights' has 1 elements",
                    change(f -> f.metadata("charts", "1").doubles("charts.weights", 1))),
            Map.entry(
                    "the weights of the charts sum to 1.5, expected numbers above 0 that sum to 1",
                    change(f -> f.doubles("charts.weights", 0.5, 0.5, 0.5))),
            Map.entry(
                    "the weights of the charts sum to 1.0, expected numbers above 0",
                    change(f -> f.doubles("charts.weights", 0.5, 0, 0.5))),
            Map.entry(
                    "the weights of the charts sum to NaN, expected",
                    change(f -> f.doubles("charts.weights", 0.5, Double.NaN, 0.5))),
            Map.entry(
                    "tensor 'charts.components' has 2 elements, expected 3",
                    change(f -> f.ints("charts.components", 0, 1))),
            Map.entry(
                    "tensor 'charts.components' names the component 3 for chart 3; expected 0 to 2, or -1 for all rows",
                    change(f -> f.ints("charts.components", 0, 1, 3))),
            Map.entry(
                    "tensor 'charts.components' names the component 1 for two charts",
                    change(f -> f.ints("charts.components", 0, 1, 1))),
            Map.entry(
                    "tensor 'charts.components' names the component 0 for chart 1; expected -1 for all rows",
                    change(f -> List.of("shift", "scale", "weights", "means", "whitenings", "deviations")
                            .forEach(name -> f.remove("mixture." + name)))),
            Map.entry(
                    "the mixture cannot be restored: the model file has no array 'scale'",
                    change(f -> f.remove("mixture.scale"))),
            Map.entry(
                    "the mixture cannot be restored: array 'means' of the model file has 2 values, expected 12",
                    change(f -> f.doubles("mixture.means", 0, 0))),
            Map.entry(
                    "the mixture cannot be restored: frame 'unbound', option knees: 2 numbers for 1 positive",
                    change(f -> f.doubles("mixture.knees", 1, 2))),
            Map.entry(
                    "the mixture cannot be restored: the model file's charts have the knee -1.0; expected",
                    change(f -> f.doubles("mixture.knees", -1))),
            Map.entry(
                    "the mixture cannot be restored: the model file's charts are damaged",
                    change(f -> f.doubles("mixture.weights", 0.5, -0.5, 1))),
            Map.entry("the charts were fitted to 600 rows, the model to 601", change(f -> f.metadata("rows", "601"))),
            Map.entry(
                    "chart 2 ('chart.1.*'): the metadata entry 'chart.1.rows' is 'many', expected a whole number",
                    change(f -> f.metadata("chart.1.rows", "many"))),
            Map.entry(
                    "chart 2 ('chart.1.*'): there is no tensor 'chart.1.theta'",
                    change(f -> f.remove("chart.1.theta"))),
            Map.entry(
                    "chart 3 ('chart.2.*'): tensor 'chart.2.moments' is I64 [1, 2], but basis and clusters need ",
                    change(f -> f.tensor("chart.2.moments", "I64", new byte[16], 1, 2))),
            Map.entry("tensor 'chart.3.theta' is none of an", change(f -> f.doubles("chart.3.theta", 1))),
            Map.entry("the metadata has no entry 'config'", change(f -> f.metadata("format_version", "1"))));

    private static final List<Map.Entry<String, Consumer<Mutable>>> GRID_FORGERIES = List.of(
            Map.entry("there is no tensor 'moments'", change(f -> f.remove("grid.sums"))),
            Map.entry(
                    "tensor 'moments' is none of an Eigendrift model",
                    change(f -> f.tensor("moments", "I64", new byte[16], 1, 2))),
            Map.entry(
                    "tensor 'grid.sums' is I64 [1, 2], but basis and clusters need ",
                    change(f -> f.tensor("grid.sums", "I64", new byte[16], 1, 2))),
            Map.entry(
                    "tensor 'grid.sums' is I64 [2, 1], expected I64 [entries, 2]",
                    change(f -> f.tensor("grid.sums", "I64", new byte[16], 2, 1))),
            Map.entry("tensor 'grid.end' holds coefficients below times", change(f -> f.doubles("grid.end", 0.01))),
            Map.entry("but basis and clusters need ", change(f -> f.doubles("grid.times", 8, 7, 6, 5, 4, 3, 2))),
            Map.entry("the time grid must decrease", change(f -> f.doubles("grid.times", 8, 7, 6, 5, 4, 3, 3, 2))),
            Map.entry("tensor 'grid.times' ends at 0.0", change(f -> f.doubles("grid.times", 8, 7, 6, 5, 4, 3, 2, 0))),
            Map.entry(
                    "the metadata entry 'charts' is 2",
                    change(f -> f.metadata("charts", "2").doubles("charts.weights", 1))));

    @TestFactory
    List<DynamicTest> forgeriesOnGridsAreRefusedInWords() {
        return refusedInWords(GRID_FORGERIES, ON_GRID);
    }

    @TestFactory
    List<DynamicTest> forgeriesOfChartsAreRefusedInWords() {
        return refusedInWords(CHART_FORGERIES, CHARTS);
    }

    @TestFactory
    List<DynamicTest> forgeriesAreRefusedInWords() {
        return refusedInWords(FORGERIES, GOOD);
    }

    private static List<DynamicTest> refusedInWords(List<Map.Entry<String, Consumer<Mutable>>> forgeries, byte[] good) {
        return forgeries.stream()
                .map(forgery -> DynamicTest.dynamicTest(forgery.getKey(), () -> {
                    Mutable file = Mutable.of(good);
                    forgery.getValue().accept(file);
                    String message = refusal(file.bytes());
                    assertTrue(message.contains(forgery.getKey()), message);
                }))
                .toList();
    }

    /** Headers whose words are refused before anything is believed. */
    private static final List<Map.Entry<String, String>> HEADERS = List.of(
            Map.entry("its header does not begin with '{'", "[]"),
            Map.entry("the header is not well-formed JSON", "{\"theta\""),
            Map.entry("the header goes on after its closing brace", "{} {}"),
            Map.entry(
                    "Duplicate field 'a'", "{\"a\":{\"dtype\":\"I32\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{}}"),
            Map.entry("the header has VALUE_NUMBER_INT at character 5, expected START_OBJECT", "{\"a\":1}"),
            Map.entry("the header has START_ARRAY", "{\"a\":{\"dtype\":[]}}"),
            Map.entry("tensor 'a' has an unknown key 'b'", "{\"a\":{\"b\":1}}"),
            Map.entry("tensor 'a' lacks one of dtype, shape and two data_offsets", "{\"a\":{\"dtype\":\"I32\"}}"),
            Map.entry("tensor 'a' has more than 8 numbers in shape", "{\"a\":{\"shape\":[1,1,1,1,1,1,1,1,1]}}"),
            Map.entry("tensor 'a' has the shape -1; expected none below 0", "{\"a\":{\"shape\":[-1]}}"),
            Map.entry("out of range of long", "{\"a\":{\"shape\":[9223372036854775808]}}"));

    @TestFactory
    List<DynamicTest> headersAreRefusedInWords() {
        return HEADERS.stream()
                .map(header -> DynamicTest.dynamicTest(header.getKey(), () -> {
                    String message = refusal(Mutable.of(GOOD).bytes(header.getValue()));
                    assertTrue(message.contains(header.getKey()), message);
                }))
                .toList();
    }

    private static String refusedEntry(String dtype, String shape, long begin, long end) {
        Mutable file = Mutable.of(GOOD);
        file.bytes();
        ObjectNode entry = file.header.putObject("theta").put("dtype", dtype);
        entry.putRawValue("shape", new RawValue(shape));
        entry.putRawValue("data_offsets", new RawValue("[" + begin + "," + end + "]"));
        return refusal(file.bytes(file.header.toString()));
    }

    /** None of these may be believed: the arrays they claim would not fit into any memory. */
    @Test
    void impossibleShapesAreRefusedBeforeAnythingIsAllocated() {
        long huge = Long.MAX_VALUE / 8 * 8;
        assertTrue(refusedEntry("F64", "[" + huge / 8 + "]", 64, 64 + 8).contains("bytes, but its data_offsets are"));
        assertTrue(refusedEntry("F64", "[4611686018427387904,4]", 64, 64).contains("impossible shape"));
        assertTrue(refusedEntry("F64", "[4611686018427387904,4,0]", 64, 64).contains("impossible shape"));
        assertTrue(refusedEntry("F64", "[" + huge / 8 + "]", 0, huge).contains("expected"));
        assertTrue(refusedEntry("F64", "[0]", 64, 0).contains("bytes, but its data_offsets are 64 and 0"));
    }

    /** Twenty thousand triples around one coordinate would need two hundred million tensors. */
    @Test
    void clustersThatNeedMoreMomentsThanThereAreAreRefused() {
        int count = 20_000;
        int dim = 203;
        int[] orders = new int[count];
        int[] sizes = new int[count];
        int[] coordinates = new int[3 * count];
        int[] degrees = new int[3 * count];
        Arrays.fill(orders, 3);
        Arrays.fill(sizes, 1);
        Arrays.fill(degrees, 2);
        int c = 0;
        for (int j = 1; j < dim && c < count; j++) {
            for (int k = j + 1; k < dim && c < count; k++) {
                coordinates[3 * c + 1] = j;
                coordinates[3 * c + 2] = k;
                c++;
            }
        }
        ClusterTensors tensors = new ClusterTensors(orders, coordinates, degrees, sizes, new int[count]);
        CoordinateBasis basis = Models.fit(1, 100, Models.hermite(2)).basis().coordinate(0);
        InputException refusal =
                assertThrows(InputException.class, () -> tensors.clusters(Collections.nCopies(dim, basis), 1_000_000));
        assertEquals("20000 clusters do not go with a moment table of 1000000 entries", refusal.getMessage());
    }

    @Test
    void whatIsNoFileIsSaid() {
        Path missing = FILE.resolveSibling("no-such.safetensors");
        assertEquals(
                missing + ": cannot be read (there is no such file)",
                assertThrows(InputException.class, () -> ModelFile.read(missing, Models.CATALOG))
                        .getMessage());
        Path directory = FILE.getParent();
        assertTrue(assertThrows(InputException.class, () -> ModelFile.read(directory, Models.CATALOG))
                .getMessage()
                .startsWith(directory + ": "));
    }

    @Test
    void theFileAsWrittenIsRead() {
        assertEquals(4, read(GOOD).columns().size());
        assertEquals(4, read(Mutable.of(GOOD).bytes()).columns().size());
        assertEquals(4, read(ON_GRID).columns().size());
        assertEquals(3, ((Mixture) read(CHARTS)).members().size());
        assertEquals(3, ((Mixture) read(Mutable.of(CHARTS).bytes())).members().size());
    }
}
