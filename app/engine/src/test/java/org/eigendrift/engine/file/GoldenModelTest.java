package org.eigendrift.engine.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.flow.FittedModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model file of an earlier build, kept to notice when the format changes, the order of the moment table included.
 * Whoever changes the format on purpose raises its version, keeps the old file readable or refuses it, and writes
 * golden.safetensors anew with {@link ModelFile#write} from the fit below.
 */
class GoldenModelTest {
    @TempDir
    Path directory;

    private Path golden;
    private Path today;
    private FittedModel model;

    /**
     * 64 rows of eighths, so that sums of Hermite polynomials over them are the same on any machine; clusters of one,
     * two and three coordinates, each with some of its functions.
     */
    private static FittedModel fit() {
        return fit(Map.of("horizon", 2, "earliest", 0.25, "times", 4));
    }

    private static FittedModel fit(Map<String, Object> process) {
        Points rows = Points.zeros(3, 64);
        for (int n = 0; n < rows.size(); n++) {
            for (int i = 0; i < 3; i++) {
                // A permutation of residues: the multipliers are odd.
                rows.set(i, n, ((n * (5 + 2 * i) + 11 * i) % 64 - 32) / 16.0);
            }
        }
        return Models.fit(
                InMemory.of(rows),
                Map.of(
                        "frame",
                        List.of(),
                        "basis",
                        Map.of(
                                "family",
                                "hermite",
                                "degree",
                                4,
                                "clusters",
                                Map.of("select", "all", "order", 3, "cut", "total-degree")),
                        "process",
                        process,
                        "solver",
                        Map.of("type", "cholesky", "ridge", 0.01)),
                Models.RUN);
    }

    @BeforeEach
    void write() throws IOException {
        model = fit();
        today = directory.resolve("today.safetensors");
        ModelFile.write((model), today);
        golden = resource("golden.safetensors");
    }

    private Path resource(String name) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = GoldenModelTest.class.getResourceAsStream(name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    @Test
    void theEarlierFileHoldsTheSameModel() {
        FittedModel earlier = (FittedModel) ModelFile.read(golden, Models.CATALOG);
        assertArrayEquals(earlier.table().limbs(), model.table().limbs());
        assertEquals(earlier.table(), model.table());
        assertEquals(earlier.basis().clusters(), model.basis().clusters());
        assertEquals(earlier.columns(), model.columns());
        assertEquals(earlier.settings().write(), model.settings().write());
        for (int j = 0; j < 4; j++) {
            // Exponentials differ in their last bits between machines; condition numbers here are below 100.
            assertArrayEquals(earlier.path().at(j), model.path().at(j), 1e-12);
        }
    }

    @Test
    void theLayoutIsTheSame() throws IOException {
        ObjectNode then = header(golden);
        ObjectNode now = header(today);
        assertEquals(fields(then), fields(now), "the tensors' order");
        JsonNode metadataThen = then.remove("__metadata__");
        JsonNode metadataNow = now.remove("__metadata__");
        assertEquals(then, now);
        assertEquals(fields(metadataThen), fields(metadataNow));
        for (String key : List.of("format", "format_version", "rows", "columns", "config")) {
            assertEquals(metadataThen.get(key), metadataNow.get(key), key);
        }
    }

    /** Of sums at positive times only those of the functions themselves are the same bits on every machine. */
    @Test
    void theEarlierFileOnAGridHoldsTheSameSums() throws IOException {
        Map<String, Object> process = Map.of("horizon", 2, "earliest", 0.25, "times", 4, "moments", "grid");
        FittedModel now = fit(process);
        Path file = resource("golden-grid.safetensors");
        FittedModel earlier = (FittedModel) ModelFile.read(file, Models.CATALOG);
        assertArrayEquals(
                earlier.table().functionMeans(earlier.basis()), now.table().functionMeans(now.basis()));
        // Exponentials differ in their last bits, by which sums of some hundred products of them differ.
        assertArrayEquals(earlier.table().means(), now.table().means(), 1e-10);
        ModelFile.write((now), today);
        assertEquals(fields(header(file)), fields(header(today)), "the tensors' order");
        assertEquals("3", header(file).get("__metadata__").get("format_version").textValue());
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static ObjectNode header(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] text = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(text);
        return (ObjectNode) Json.read("header", new String(text, StandardCharsets.UTF_8));
    }
}
