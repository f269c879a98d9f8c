package org.eigendrift.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin with native code: a folder of jars that the distribution does not have. */
class NativeSolverIT {
    private static final Path PLUGINS =
            Path.of(System.getProperty("nativePlugins")).normalize();

    private static final String CONFIG = """
            target: {type: two-moons, rows: 2000, heldout: 500}
            basis: {family: cosine, degree: 8}
            process: {earliest: 0.01}
            solver: {type: openblas-cholesky, ridge: 1.0e-3}
            sample: {count: 100, seed: 3}
            evaluate: [log-likelihood]
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        Files.writeString(directory.resolve("config.yaml"), CONFIG);
    }

    @Test
    void solvesAsOurCholesky() throws Exception {
        Program.Result result =
                Program.run(directory, "run", "config.yaml", "--out", "native", "--plugins", PLUGINS.toString());
        assumeFalse(result.err().contains("cannot load OpenBLAS"), result.err());
        assertEquals(0, result.exit(), result.err());
        Program.Result ours =
                Program.run(directory, "run", "config.yaml", "--out", "ours", "--set", "solver.type=cholesky");
        assertEquals(0, ours.exit(), ours.err());
        // Theta of both is right to condition times roundoff: with this ridge better than 1e-9.
        assertEquals(heldout("ours"), heldout("native"), 1e-8);
    }

    private double heldout(String run) throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve(run).resolve("metrics.json").toFile())
                .at("/log_likelihood/heldout")
                .asDouble();
    }

    @Test
    void saysInOneLineThatTheLibraryIsMissing() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("plugins/openblas"));
        for (Path jar : jars()) {
            // Those that hold libraries carry the platform's name.
            if (!jar.getFileName().toString().matches("(openblas|javacpp)-.*-(linux|macosx|windows)-.*")) {
                Files.copy(jar, folder.resolve(jar.getFileName()));
            }
        }
        Program.Result result = Program.run(directory, "run", "config.yaml", "--plugins", "plugins");
        assertEquals(2, result.exit());
        assertTrue(result.err().contains("solver openblas-cholesky cannot load OpenBLAS"), result.err());
        assertFalse(result.err().strip().contains("\n"), result.err());
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(PLUGINS.resolve("openblas"))) {
            return files.toList();
        }
    }
}
