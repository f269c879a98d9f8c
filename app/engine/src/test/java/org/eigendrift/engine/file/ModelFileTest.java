package org.eigendrift.engine.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.engine.FittedModel;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.data.FramedDataset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A model read back is the model that was written, and its file is what the format says. */
class ModelFileTest {
    @TempDir
    Path directory;

    private Path written(FittedModel model) {
        Path file = directory.resolve("model.safetensors");
        ModelFile.write(model, file);
        return file;
    }

    private void assertSame(FittedModel model, Points rows) throws IOException {
        Path file = written(model);
        FittedModel again = ModelFile.read(file, Models.CATALOG);
        assertEquals(model.settings().write(), again.settings().write());
        assertEquals(model.columns(), again.columns());
        assertEquals(model.basis().clusters(), again.basis().clusters());
        assertEquals(model.table(), again.table());
        assertEquals(ranges(model), ranges(again));
        assertEquals(model.report().solves(), again.report().solves());
        assertEquals(model.report().choices(), again.report().choices());
        assertEquals(model.report().matrixNonzeros(), again.report().matrixNonzeros());
        assertEquals(Map.of(), again.report().seconds());
        assertArrayEquals(
                model.logLikelihood(rows, Models.RUN).nats(),
                again.logLikelihood(rows, Models.RUN).nats());
        Sampler sampler = sampler();
        assertArrayEquals(
                model.sample(sampler, 16, Models.RUN).values(),
                again.sample(sampler, 16, Models.RUN).values());
        Path second = directory.resolve("again.safetensors");
        ModelFile.write(again, second);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(second));
    }

    static List<CoordinateBasis.Range> ranges(FittedModel model) {
        return model.basis().coordinates().stream().map(CoordinateBasis::range).toList();
    }

    private static Sampler sampler() {
        return Choices.bind(SamplerProvider.KIND, "pf-ode", "type", "sampler", Path.of(""), Models.CATALOG, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow()
                .create(Models.RUN);
    }

    @Test
    void hermiteInAllClusters() throws IOException {
        assertSame(Models.fit(3, 500, Models.hermite(4)), Models.rows(3, 20, 9));
    }

    @Test
    void cosineWithChosenTimesAndFallback() throws IOException {
        Map<String, Object> config =
                Map.of("basis", Map.of("family", "cosine", "degree", 5), "solver", Map.of("fallback", List.of("cg")));
        assertSame(Models.fit(2, 500, config), Models.rows(2, 20, 1));
    }

    @Test
    void significantClustersOfWhichSomeAreNotFull() throws IOException {
        FittedModel model = Models.fit(
                4,
                2000,
                Models.with(Map.of(
                        "family", "hermite", "degree", 3, "clusters", Map.of("select", "significant", "order", 3))));
        assertTrue(model.basis().clusters().stream().anyMatch(c -> !c.isFull()));
        assertSame(model, Models.rows(4, 20, 9));
    }

    @Test
    void aFamilyForEachKindOfColumn() throws IOException {
        InMemory rows = Models.mixed(600);
        Map<String, Object> columns = Map.of(
                "a \"real\" one.0", Map.of("family", "hermite", "degree", 3),
                "angle", Map.of("family", "fourier", "degree", 2),
                "Gr\u00f6\u00dfe", Map.of("family", "laguerre", "degree", 3),
                "share", Map.of("family", "jacobi", "degree", 4));
        FittedModel model = Models.fit(
                rows, Models.with(Map.of("columns", columns, "clusters", Map.of("select", "all"))), Models.RUN);
        assertSame(model, InMemory.read(rows, 10));
    }

    private static final Map<Column.Kind, String> FAMILY = Map.of(
            Column.Kind.REAL, "hermite",
            Column.Kind.ANGLE, "fourier",
            Column.Kind.POSITIVE, "laguerre",
            Column.Kind.BOUNDED, "cosine");

    /** Whatever families there are. */
    @TestFactory
    List<DynamicTest> everyFamily() {
        return Models.CATALOG.all(BasisFamily.KIND).stream()
                .map(family -> DynamicTest.dynamicTest(family.name(), () -> {
                    InMemory rows = Models.mixed(400);
                    Map<String, Object> columns = new TreeMap<>();
                    for (Column column : rows.columns()) {
                        String other = FAMILY.get(column.kind());
                        boolean served = ((BasisFamily<?>) family).accepts(column.kind());
                        columns.put(column.name(), Map.of("family", served ? family.name() : other, "degree", 3));
                    }
                    FittedModel model = Models.fit(
                            rows, Models.with(Map.of("columns", columns, "clusters", Map.of("order", 2))), Models.RUN);
                    assertSame(model, InMemory.read(rows, 10));
                }))
                .toList();
    }

    /** Whatever frames there are, over columns of all kinds or, if a frame is for real numbers alone, over those. */
    @TestFactory
    List<DynamicTest> everyFrame() {
        return Models.CATALOG.all(FrameProvider.KIND).stream()
                .map(frame -> DynamicTest.dynamicTest(frame.name(), () -> {
                    InMemory mixed = Models.mixed(400);
                    InMemory real = InMemory.of(Models.rows(4, 400, 3));
                    FittedModel model;
                    InMemory rows = mixed;
                    try {
                        model = framed(rows, List.of("angle", frame.name(), "standardize"));
                    } catch (InputException e) {
                        rows = real;
                        model = framed(rows, List.of(frame.name(), "standardize"));
                    }
                    assertSame(model, InMemory.read(rows, 10));
                }))
                .toList();
    }

    private static FittedModel framed(InMemory rows, List<String> names) {
        List<Frame> frames = new ArrayList<>();
        for (String name : names) {
            Dataset view = new FramedDataset(rows, new FrameChain(rows.columns(), frames));
            frames.add(Choices.bind(FrameProvider.KIND, name, "type", "frame", Path.of(""), Models.CATALOG, p -> {
                        throw new AssertionError(p);
                    })
                    .orElseThrow()
                    .create(new FrameContext(view, Models.RUN)));
        }
        List<Column> framed = new FrameChain(rows.columns(), frames).columns();
        Map<String, Object> columns = new TreeMap<>();
        for (int i = 0; i < framed.size(); i++) {
            columns.put(
                    rows.columns().get(i).name(),
                    Map.of("family", FAMILY.get(framed.get(i).kind()), "degree", 3));
        }
        Map<String, Object> config =
                new TreeMap<>(Models.with(Map.of("columns", columns, "clusters", Map.of("order", 2))));
        config.put("frame", names);
        return Models.fit(rows, config, Models.RUN);
    }

    @Test
    void bytesDoNotDependOnThreads() throws IOException {
        InMemory rows = InMemory.of(Models.rows(3, 5000, 1));
        byte[] one = Files.readAllBytes(written(Models.fit(rows, Models.hermite(4), Models.RUN)));
        RunContext three = new RunContext(7, 3, Progress.NONE, () -> false);
        assertArrayEquals(one, Files.readAllBytes(written(Models.fit(rows, Models.hermite(4), three))));
    }

    /** Reads the file as the specification of safetensors and the documentation say, with none of the classes under test. */
    @Test
    void theFileIsWhatTheDocumentationSays() throws IOException {
        FittedModel model = Models.fit(3, 500, Models.hermite(3));
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(written(model))).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(file.getLong());
        assertEquals(0, length % 8);
        byte[] text = new byte[length];
        file.get(text);
        JsonNode header = new ObjectMapper().readTree(new String(text, StandardCharsets.UTF_8));
        ByteBuffer data = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<String> names = new ArrayList<>();
        long end = 0;
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            names.add(entry.getKey());
            if (!entry.getKey().equals("__metadata__")) {
                assertEquals(end, entry.getValue().get("data_offsets").get(0).longValue());
                end = entry.getValue().get("data_offsets").get(1).longValue();
            }
        }
        assertEquals(data.limit(), end);
        assertEquals(
                List.of(
                        "__metadata__",
                        "grid.times",
                        "theta",
                        "moments",
                        "ranges",
                        "frame.0.scale",
                        "frame.0.shift",
                        "clusters.orders",
                        "clusters.coordinates",
                        "clusters.degrees",
                        "clusters.sizes",
                        "clusters.positions"),
                names);
        int times = begin(header, "grid.times");
        for (int j = 0; j <= model.path().grid().steps(); j++) {
            assertEquals(model.path().grid().time(j), data.getDouble(times + 8 * j));
            for (int a = 0; a < model.basis().size(); a++) {
                int at = begin(header, "theta") + 8 * (j * model.basis().size() + a);
                assertEquals(model.path().at(j)[a], data.getDouble(at));
            }
        }
        assertMoments(model, data, begin(header, "moments"));
        assertEquals("500", header.get("__metadata__").get("rows").textValue());
    }

    private static int begin(JsonNode header, String name) {
        return header.get(name).get("data_offsets").get(0).intValue();
    }

    /** value = whole + unsigned(fraction) 2^-64; half a unit in the last place of the sum, and of the division. */
    private static void assertMoments(FittedModel model, ByteBuffer data, int begin) {
        BigDecimal unit = BigDecimal.ONE.divide(new BigDecimal(BigInteger.ONE.shiftLeft(64)));
        double[] means = model.table().means();
        for (int i = 0; i < means.length; i++) {
            BigInteger fraction = new BigInteger(Long.toUnsignedString(data.getLong(begin + 16 * i + 8)));
            double sum = BigDecimal.valueOf(data.getLong(begin + 16 * i))
                    .add(new BigDecimal(fraction).multiply(unit))
                    .doubleValue();
            double mean = sum / model.table().rows();
            assertEquals(mean, means[i], 2 * Math.ulp(mean));
        }
    }

    /** The checksum by its description, in the order of the names. */
    @Test
    void crcIsThatOfTheDescription() throws IOException {
        FittedModel model = Models.fit(2, 300, Models.hermite(2));
        Mutable file = Mutable.of(Files.readAllBytes(written(model)));
        String stored = file.metadata().get("crc32");
        assertEquals(stored, file.checksum());
    }

    @Test
    void otherOrderOfTensorsIsReadAlike() throws IOException {
        FittedModel model = Models.fit(2, 300, Models.hermite(2));
        Mutable file = Mutable.of(Files.readAllBytes(written(model)));
        file.reverse();
        Path other = directory.resolve("other.safetensors");
        Files.write(other, file.bytes());
        assertEquals(model.table(), ModelFile.read(other, Models.CATALOG).table());
    }

    @Test
    void clustersAreKeptToTheFunction() throws IOException {
        FittedModel model = Models.fit(3, 500, Models.hermite(4));
        List<Cluster> clusters =
                ModelFile.read(written(model), Models.CATALOG).basis().clusters();
        assertEquals(model.basis().clusters(), clusters);
    }

    @Test
    void whereNoFileCanBeIsSaid() throws IOException {
        FittedModel model = Models.fit(2, 300, Models.hermite(2));
        assertEquals(
                directory + ": cannot be written (it is a directory)",
                assertThrows(InputException.class, () -> ModelFile.write(model, directory))
                        .getMessage());
        Path nowhere = directory.resolve("no").resolve("model.safetensors");
        assertEquals(
                nowhere + ": cannot be written (there is no directory " + nowhere.getParent() + ")",
                assertThrows(InputException.class, () -> ModelFile.write(model, nowhere))
                        .getMessage());
    }

    /** A file cannot be moved to where a directory stands: the last step fails, after everything was written. */
    @Test
    void nothingIsLeftWhereWritingFails() throws IOException {
        Path taken = directory.resolve("taken");
        Files.createDirectories(taken.resolve("inner"));
        SafetensorsWriter writer = ModelWriter.contents(Models.fit(2, 300, Models.hermite(2)));
        assertThrows(IOException.class, () -> writer.write(taken));
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(taken), left.toList());
        }
    }

    @Test
    void anOlderFileIsReplaced() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Files.writeString(file, "something else");
        FittedModel model = Models.fit(2, 300, Models.hermite(2));
        ModelFile.write(model, file);
        assertEquals(model.table(), ModelFile.read(file, Models.CATALOG).table());
    }

    @Test
    void aMissingPluginIsNamed() throws IOException {
        Path file = written(Models.fit(2, 300, Models.hermite(2)));
        ProviderLookup without = (kind, name) -> {
            if (name.equals("standardize")) {
                throw new InputException("unknown frame 'standardize'; known: box");
            }
            return Models.CATALOG.find(kind, name);
        };
        InputException refusal = assertThrows(InputException.class, () -> ModelFile.read(file, without));
        assertEquals(
                file
                        + ": its configuration is not valid here: frame[0]: the model needs the frame plugin 'standardize', which is missing;"
                        + " unknown frame 'standardize'; known: box",
                refusal.getMessage());
    }
}
