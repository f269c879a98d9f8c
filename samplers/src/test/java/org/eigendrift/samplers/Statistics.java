package org.eigendrift.samplers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Recorded model statistics as the table that {@code dpm-solver-v3} reads. */
final class Statistics {
    private Statistics() {}

    /** Replaces the name of a recorded document by the path of a table. */
    static void resolve(PeerCase config, JsonNode run, Function<String, JsonNode> documents) {
        if (!(config.sampler().get("statistics") instanceof String file)) {
            return;
        }
        JsonNode ems =
                documents.apply(file).path("ems").path(run.path("problem").asText());
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < ems.path("l").size(); k++) {
            StringBuilder line = new StringBuilder();
            for (String part : List.of("l", "s", "b")) {
                ems.path(part).get(k).forEach(v -> line.append(v.asDouble()).append(' '));
            }
            lines.add(line.toString());
        }
        try {
            Path table = Files.createTempFile("statistics", ".txt");
            table.toFile().deleteOnExit();
            Files.write(table, lines);
            config.sampler().put("statistics", table.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
