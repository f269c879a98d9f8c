package org.eigendrift.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that no module of the project sees: a new basis family and a new sampler, chosen by configuration. */
class ThirdPartyPluginIT {
    private static final String CONFIG = """
            target: {type: two-moons, rows: 4000, heldout: 1000}
            basis: {family: arcsine, degree: 14}
            process: {earliest: 0.003}
            solver: {type: cholesky, ridge: 1.0e-3}
            sampler: {type: ralston, steps: 40}
            sample: {count: 2000, seed: 3}
            """;

    @TempDir
    Path directory;

    private Path plugins;

    @BeforeEach
    void dropTheJar() throws IOException {
        plugins = Files.createDirectory(directory.resolve("plugins"));
        Files.copy(Path.of(System.getProperty("samplePlugin")).normalize(), plugins.resolve("drift.jar"));
        Files.writeString(directory.resolve("config.yaml"), CONFIG);
    }

    @Test
    void runsEndToEnd() throws Exception {
        Program.Result result =
                Program.run(directory, "run", "config.yaml", "--out", "out", "--plugins", plugins.toString());

        assertEquals(0, result.exit(), result.err());
        JsonNode metrics = new ObjectMapper()
                .readTree(directory.resolve("out/metrics.json").toFile());
        // Entropy of two moons with noise 0.1 is 1.00 nats; 14 degrees come within a few tenths, where a Gaussian of
        // the same moments is 1.1 nats away.
        double heldout = metrics.at("/log_likelihood/heldout").asDouble();
        assertTrue(heldout > -1.6 && heldout < -0.9, "held-out log-likelihood " + heldout);
        assertEquals(2000, metrics.at("/samples/count").asInt());
        for (String file : new String[] {"model.safetensors", "samples.npy", "report.html", "run.yaml"}) {
            assertTrue(Files.size(directory.resolve("out").resolve(file)) > 0, file);
        }
    }

    @Test
    void isListedAndDocumented() throws Exception {
        Program.Result list = Program.run(directory, "plugins", "list", "--plugins", plugins.toString());
        Program.Result show =
                Program.run(directory, "plugins", "show", "sampler", "ralston", "--plugins", plugins.toString());

        assertTrue(list.out().contains("arcsine") && list.out().contains("ralston"), list.out());
        assertTrue(show.out().contains("steps") && show.out().contains("Number of steps"), show.out());
    }

    @Test
    void isUnknownWithoutTheJar() throws Exception {
        Program.Result result = Program.run(directory, "run", "config.yaml", "--out", "out");

        assertEquals(2, result.exit());
        assertTrue(result.err().contains("unknown basis 'arcsine'"), result.err());
        assertTrue(result.err().contains("unknown sampler 'ralston'"), result.err());
    }
}
