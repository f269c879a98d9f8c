package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.data.Scattered;
import org.eigendrift.engine.file.ModelFile;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fit has the same bytes where its rows are elsewhere, in parts, and its summaries travel. */
class ScatteredFitTest {
    /** Rows that a fit may look at itself: those of a mixture. */
    private static final long FIRST_ROWS = 100_000;

    @TempDir
    Path directory;

    /** Three clouds, the last bent; the last column is the same in all rows. */
    private static InMemory rows(int count) {
        CounterRandom random = new CounterRandom(21);
        Points rows = Points.zeros(4, count);
        for (int n = 0; n < count; n++) {
            int cloud = (int) (3 * random.uniform(n, 0));
            double x = random.normal(n, 1);
            rows.set(0, n, 6 * cloud + x);
            rows.set(1, n, (cloud == 2 ? x * x : 0.5 * x) + 0.4 * random.normal(n, 2));
            rows.set(2, n, Math.exp(0.4 * random.normal(n, 3)) + cloud);
            rows.set(3, n, 1.5);
        }
        return InMemory.of(rows);
    }

    static List<Map<String, ?>> settings() {
        return List.of(
                Map.of("components", 1, "density", "flow", "basis", Map.of("family", "cosine", "degree", 4)),
                Map.of("components", 1, "density", "flow", "process", Map.of("moments", "grid")),
                Map.of("components", 3, "density", "flow", "basis", Map.of("degree", 3)));
    }

    private byte[] fitted(Dataset rows, Map<String, ?> settings) throws IOException {
        Path file = Files.createTempFile(directory, "model", ".safetensors");
        FitSettings bound = FitSettings.of(settings, Families.CATALOG);
        ModelFile.write(AtlasFit.of(rows, bound, Families.CATALOG, RunContext.quiet(3)), file);
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theModelFileIsTheSame(Map<String, ?> settings) throws IOException {
        InMemory rows = rows(9_000);
        byte[] here = fitted(rows, settings);
        assertArrayEquals(here, fitted(new Scattered(rows, 3, new AtomicLong()), settings));
    }

    static List<Map<String, ?>> longer() {
        return List.of(Map.of("components", 1, "density", "gibbs", "basis", Map.of("degree", 3)), Map.of());
    }

    @ParameterizedTest
    @MethodSource("longer")
    @Tag("slow")
    void theModelFileIsTheSameAlsoWhereTheDensityIsChosen(Map<String, ?> settings) throws IOException {
        theModelFileIsTheSame(settings);
    }

    @Test
    @Tag("slow")
    void noMoreThanTheFirstRowsAreBroughtHere() throws IOException {
        for (String density : List.of("flow", "gibbs")) {
            AtomicLong brought = new AtomicLong();
            fitted(
                    new Scattered(rows((int) FIRST_ROWS + 9_000), 2, brought),
                    Map.of("components", 2, "density", density, "basis", Map.of("degree", 2)));
            assertTrue(brought.get() <= FIRST_ROWS, density + ": " + brought.get() + " rows were read in order");
        }
    }
}
