package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Parity with runs recorded from the official implementations; see the note beside the vectors. */
class GoldenTest {
    private static final JsonNode VECTORS = read();

    private static JsonNode read() {
        try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/vectors.json.gz")) {
            return new ObjectMapper().readTree(new GZIPInputStream(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> recordedRunsAreReproduced() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : VECTORS.path("cases").properties()) {
            String name = entry.getKey();
            ObjectNode document = ((ObjectNode) entry.getValue()).deepCopy();
            document.set("problems", VECTORS.path("problems"));
            for (JsonNode run : document.path("runs")) {
                PeerCase.of(name, document, run)
                        .ifPresent(config -> tests.add(DynamicTest.dynamicTest(
                                name + " " + run.path("steps").asText("adaptive"), () -> {
                                    Statistics.resolve(
                                            config,
                                            run,
                                            file -> VECTORS.path("ems").path(file));
                                    assertNull(Replay.check(name, document, run, config), config.toString());
                                })));
            }
        }
        return tests.stream();
    }

    @Test
    void everyCaseIsReproducedOrExcused() {
        List<String> missing = new ArrayList<>();
        VECTORS.path("cases").properties().forEach(entry -> {
            boolean reproduced = PeerCase.of(
                            entry.getKey(),
                            entry.getValue(),
                            entry.getValue().path("runs").get(0))
                    .isPresent();
            if (reproduced == PeerCase.NOT_REPRODUCED.containsKey(entry.getKey())) {
                missing.add(entry.getKey());
            }
        });
        assertTrue(missing.isEmpty(), missing.toString());
    }
}
