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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.engine.atlas.Atlases;
import org.eigendrift.engine.atlas.ChartMixture;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.data.FramedDataset;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.flow.GibbsFit;
import org.eigendrift.engine.flow.HeldTheta;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.law.gibbs.GibbsLaw;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A model read back is the model that was written, and its file is what the format says. */
class ModelFileTest {
    @TempDir
    Path directory;

    private static FittedModel read(Path file) {
        return (FittedModel) ModelFile.read(file, Models.CATALOG);
    }

    private Path written(Law model) {
        Path file = directory.resolve("model.safetensors");
        ModelFile.write(model, file);
        return file;
    }

    private void assertSame(FittedModel model, Points rows) throws IOException {
        Path file = written(model);
        FittedModel again = read(file);
        assertSame(model, again);
        assertArrayEquals(
                model.logLikelihood(rows, Models.RUN).nats(),
                again.logLikelihood(rows, Models.RUN).nats());
        assertSameSamples((model), (again));
        assertRewritten(file);
    }

    private static void assertSame(FittedModel model, FittedModel again) {
        assertEquals(model.settings().write(), again.settings().write());
        assertEquals(model.columns(), again.columns());
        assertEquals(model.basis().clusters(), again.basis().clusters());
        assertEquals(model.table(), again.table());
        assertEquals(ranges(model), ranges(again));
        assertEquals(model.report().solves(), again.report().solves());
        assertEquals(model.report().choices(), again.report().choices());
        assertEquals(model.report().matrixNonzeros(), again.report().matrixNonzeros());
        assertEquals(Map.of(), again.report().seconds());
    }

    /** What was read is written as the same bytes. */
    private void assertRewritten(Path file) throws IOException {
        Path second = directory.resolve("again.safetensors");
        ModelFile.write(ModelFile.read(file, Models.CATALOG), second);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(second));
    }

    private static void assertSameSamples(Law model, Law again) {
        assertArrayEquals(
                Atlases.sample(model, sampler(), 16, Models.RUN).rows().values(),
                Atlases.sample(again, sampler(), 16, Models.RUN).rows().values());
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
    void thetaHeldBelowTheGrid() throws IOException {
        FittedModel fitted = Models.fit(2, 500, Models.with(Map.of("family", "cosine", "degree", 3)));
        double end = 0.1 * fitted.path().grid().last();
        FittedModel held = HeldTheta.to(end, fitted);
        assertSame(held, Models.rows(2, 20, 9));
        assertEquals(end, read(written(held)).path().end());
        assertEquals(
                end,
                held.with(InMemory.of(Models.rows(2, 5, 9)), Models.RUN).path().end());
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

    private void assertSame(Mixture model, Points rows) throws IOException {
        Path file = written(model);
        Mixture again = (Mixture) ModelFile.read(file, Models.CATALOG);
        assertEquals(model.columns(), again.columns());
        assertEquals(model.provenance(), again.provenance());
        assertEquals(model.gate().map(m -> text(m.state())), again.gate().map(m -> text(m.state())));
        assertEquals(model.members().size(), again.members().size());
        for (int k = 0; k < model.members().size(); k++) {
            assertEquals(model.members().get(k).weight(), again.members().get(k).weight());
            assertEquals(model.members().get(k).cell(), again.members().get(k).cell());
            assertSame(
                    Atlases.flow(model.members().get(k)),
                    Atlases.flow(again.members().get(k)));
        }
        assertArrayEquals(
                model.logDensity(rows, Models.RUN).nats(),
                again.logDensity(rows, Models.RUN).nats());
        assertSameSamples(model, again);
        assertRewritten(file);
    }

    private static String text(State state) {
        StringBuilder text = new StringBuilder();
        state.names().forEach(name -> text.append(name).append(Arrays.toString(state.get(name))));
        return text.toString();
    }

    @Test
    void chartsOfAnAtlas() throws IOException {
        InMemory rows = InMemory.of(Models.rows(2, 900, 4));
        assertSame(Models.atlas(rows, Models.hermite(3), Models.RUN), Models.rows(2, 20, 9));
    }

    @Test
    void chartsOverColumnsOfAllKindsBesideOneOfAllRows() throws IOException {
        InMemory rows = Models.mixed(900);
        Map<String, Object> config = Models.with(Map.of("degree", 2, "clusters", Map.of("order", 2)));
        Mixture charts = Models.atlas(rows, config, Models.RUN);
        assertSame(Atlases.with(Models.fit(rows, config, Models.RUN), 0.25, charts), InMemory.read(rows, 10));
    }

    @Test
    void chartsOfAllRowsWithoutAMixture() throws IOException {
        FittedModel model = Models.fit(2, 300, Models.hermite(2));
        FittedModel other = Models.fit(2, 300, Models.hermite(3));
        Mixture atlas = new Mixture(
                List.of(new Member(0.25, OptionalInt.empty(), model), new Member(0.75, OptionalInt.empty(), other)),
                Optional.empty());
        assertSame(atlas, Models.rows(2, 20, 9));
    }

    /** A Gibbs density of the given weight beside a flow. */
    private static GibbsLaw withGibbs(FlowLaw flow, InMemory rows, double weight) {
        GibbsFit.Choice choice = new GibbsFit.Choice(false, List.of(List.of(0, 1)), 4, 1e-2, 0, new double[0]);
        GibbsFit fit = new GibbsFit(
                FitSettings.of(Map.of("basis", Map.of("degree", 4)), Models.CATALOG), Models.CATALOG, Models.RUN);
        return new GibbsLaw(weight, fit.fit(rows, choice, flow.proposal(FlowLaw.Accuracy.AVERAGED, Models.RUN)), flow);
    }

    @Test
    void aGibbsDensityBesideOneModelAndBesideCharts() throws IOException {
        InMemory rows = InMemory.of(Models.rows(2, 900, 4));
        for (FlowLaw flow : List.<FlowLaw>of(
                (Models.fit(rows, Models.hermite(3), Models.RUN)), Models.atlas(rows, Models.hermite(2), Models.RUN))) {
            GibbsLaw atlas = withGibbs(flow, rows, 0.75);
            Path file = written(atlas);
            assertEquals("3", Mutable.of(Files.readAllBytes(file)).metadata().get("format_version"));
            GibbsLaw read = (GibbsLaw) ModelFile.read(file, Models.CATALOG);
            Points points = Models.rows(2, 50, 9);
            GibbsModel density = read.model();
            assertEquals(0.75, read.weight());
            assertArrayEquals(atlas.model().logDensity(points, Models.RUN), density.logDensity(points, Models.RUN));
            Points walked = points.copy();
            Points expected = points.copy();
            int[] numbers = IntStream.range(0, 50).toArray();
            density.walk(walked, numbers, Models.RUN);
            atlas.model().walk(expected, numbers, Models.RUN);
            assertArrayEquals(expected.values(), walked.values());
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(written(read)), "equal models, equal bytes");
        }
    }

    /** A single chart is an ordinary model, whatever mixture it came from. */
    @Test
    void oneChartIsWrittenAsAnOrdinaryModel() throws IOException {
        FittedModel model = Models.fit(2, 300, Models.hermite(2));
        byte[] ordinary = Files.readAllBytes(written(model));
        ChartMixture mixture = Atlases.three(model.columns());
        Mixture one = new Mixture(List.of(new Member(1, OptionalInt.of(1), model)), Optional.of(mixture));
        assertArrayEquals(ordinary, Files.readAllBytes(written(one)));
        assertEquals("1", Mutable.of(ordinary).metadata().get("format_version"));
    }

    /** Names as the documentation has them. */
    @Test
    void anAtlasIsWhatTheDocumentationSays() throws IOException {
        Mixture atlas = Models.atlas(InMemory.of(Models.rows(2, 900, 4)), Models.hermite(2), Models.RUN);
        Mutable file = Mutable.of(Files.readAllBytes(written(atlas)));
        assertEquals("2", file.metadata().get("format_version"));
        assertEquals("3", file.metadata().get("charts"));
        assertEquals("900", file.metadata().get("rows"));
        ByteBuffer weights = ByteBuffer.wrap(file.data.get("charts.weights")).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer components =
                ByteBuffer.wrap(file.data.get("charts.components")).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < 3; k++) {
            String rows = file.metadata().get("chart." + k + ".rows");
            assertEquals(Long.parseLong(rows) / 900.0, weights.getDouble(8 * k));
            assertEquals(k, components.getInt(4 * k));
        }
        List<String> chart = new ArrayList<>();
        for (String name : file.data.keySet()) {
            if (name.startsWith("chart.2.")) {
                chart.add(name.substring("chart.2.".length()));
            }
        }
        FittedModel single = Atlases.flow(atlas.members().get(2));
        Mutable alone = Mutable.of(Files.readAllBytes(written(single)));
        assertEquals(List.copyOf(alone.data.keySet()), chart);
        for (String name : chart) {
            assertArrayEquals(alone.data.get(name), file.data.get("chart.2." + name), name);
        }
        for (String key : List.of("rows", "config", "report")) {
            assertEquals(alone.metadata().get(key), file.metadata().get("chart.2." + key));
        }
        assertEquals(
                List.of(
                        "mixture.deviations",
                        "mixture.means",
                        "mixture.scale",
                        "mixture.shift",
                        "mixture.weights",
                        "mixture.whitenings"),
                file.data.keySet().stream()
                        .filter(name -> name.startsWith("mixture."))
                        .sorted()
                        .toList());
    }

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
            Dataset view = FramedDataset.of(rows, new FrameChain(rows.columns(), frames));
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
        assertEquals(model.table(), read(other).table());
    }

    @Test
    void clustersAreKeptToTheFunction() throws IOException {
        FittedModel model = Models.fit(3, 500, Models.hermite(4));
        List<Cluster> clusters = read(written(model)).basis().clusters();
        assertEquals(model.basis().clusters(), clusters);
    }

    @Test
    void whereNoFileCanBeIsSaid() throws IOException {
        Law model = (Models.fit(2, 300, Models.hermite(2)));
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
        SafetensorsWriter writer = ModelFile.contents((Models.fit(2, 300, Models.hermite(2))));
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
        ModelFile.write((model), file);
        assertEquals(model.table(), read(file).table());
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
