package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Replays every recorded vector of a directory, {@code -Deigendrift.golden=DIR}: one JSON document for each case of a
 * published implementation, as the compact subset beside the tests, untrimmed.
 */
@Tag("slow")
class AllGoldenTest {
    @Test
    void everyRecordedRunIsReproduced() throws IOException {
        String directory = System.getProperty("eigendrift.golden");
        assumeTrue(directory != null, "no directory of recorded vectors: -Deigendrift.golden=DIR");
        List<String> failures = new ArrayList<>();
        List<String> uncovered = new ArrayList<>();
        int passed = 0;
        int cases = 0;
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                String name = file.getFileName().toString().replace(".json", "");
                JsonNode document = new ObjectMapper().readTree(file.toFile());
                if (!document.has("runs") || !name.contains("__")) {
                    continue;
                }
                boolean whole = true;
                for (JsonNode run : document.path("runs")) {
                    String problem = check(name, document, run, uncovered);
                    if (problem == null && PeerCase.NOT_REPRODUCED.containsKey(name)) {
                        whole = false;
                    } else if (problem == null) {
                        passed++;
                    } else {
                        whole = false;
                        failures.add(name + " n=" + run.path("steps").asInt() + ": " + problem);
                    }
                }
                cases += whole ? 1 : 0;
            }
        }
        Files.write(
                Path.of("target/golden.txt"),
                Stream.of(
                                List.of("cases " + cases + ", runs " + passed + ", failures " + failures.size()),
                                failures,
                                List.of("not covered:"),
                                uncovered)
                        .flatMap(List::stream)
                        .toList());
        assertEquals(List.of(), failures);
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String check(String name, JsonNode document, JsonNode run, List<String> uncovered) {
        PeerCase config = PeerCase.of(name, document, run).orElse(null);
        if (config == null) {
            uncovered.add(name + " (" + PeerCase.NOT_REPRODUCED.get(name) + ")");
            return PeerCase.NOT_REPRODUCED.containsKey(name) ? null : "no configuration";
        }
        try {
            Statistics.resolve(config, run, file -> read(Path.of(System.getProperty("eigendrift.golden"), file)));
            return Replay.check(name, document, run, config);
        } catch (RuntimeException | AssertionError e) {
            return e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "") + config.sampler();
        }
    }
}
