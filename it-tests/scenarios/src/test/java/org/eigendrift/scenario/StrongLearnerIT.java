package org.eigendrift.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin of metrics by XGBoost: a folder of jars that the distribution does not have. */
class StrongLearnerIT {
    private static final Path PLUGINS =
            Path.of(System.getProperty("xgboostPlugins")).normalize();

    private static final String CONFIG = """
            target: {type: csv, path: rows.csv, holdout: 0.3}
            sample: {count: 300, seed: 3}
            evaluate: [detection, {type: tstr, target: kind}]
            """;

    @TempDir
    Path directory;

    /** A category that follows from a number: learnt from samples, and a table that is not told apart at once. */
    @Test
    void learnsFromSamplesOfATable() throws Exception {
        StringBuilder rows = new StringBuilder("length,kind\n");
        for (int n = 0; n < 600; n++) {
            int length = 20 + n * 37 % 60;
            rows.append(length)
                    .append(length < 40 ? ",small" : length < 60 ? ",medium" : ",large")
                    .append("\n");
        }
        Files.writeString(directory.resolve("rows.csv"), rows);
        Files.writeString(directory.resolve("config.yaml"), CONFIG);
        Program.Result result =
                Program.run(directory, "run", "config.yaml", "--out", "out", "--plugins", PLUGINS.toString());
        assertEquals(0, result.exit(), result.err());
        JsonNode metrics = new ObjectMapper()
                .readTree(directory.resolve("out/metrics.json").toFile())
                .get("table");
        assertTrue(metrics.get("tstr_auc").asDouble() > 0.9, metrics.toString());
        assertTrue(metrics.get("tstr_auc_floor").asDouble() > 0.9, metrics.toString());
        double detection = metrics.get("detection").asDouble();
        assertTrue(detection > 0.2 && detection < 0.8, metrics.toString());
    }
}
