package org.eigendrift.targets.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Dataset;

/** Whatever bytes a file holds, the reader either reads finite numbers or refuses in words for the user. */
class ParquetFuzzTest {
    private static Path directory;
    private static byte[] whole;

    @BeforeContainer
    static void create() throws IOException {
        directory = Files.createTempDirectory("fuzz");
        whole = Files.readAllBytes(
                Written.parquet(directory, "whole.parquet", "select i * 0.5 as a, i % 3 as b from range(50) t(i)"));
    }

    @AfterContainer
    static void remove() throws IOException {
        Files.deleteIfExists(directory.resolve("damaged.parquet"));
        Files.delete(directory.resolve("whole.parquet"));
        Files.delete(directory);
    }

    private static void read(byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("damaged.parquet"), bytes);
        try {
            Dataset data = Bound.target(new Parquet(), 1, Map.of("path", file.toString(), "holdout", 0))
                    .train();
            Points buffer = Points.zeros(data.dim(), 16);
            try (Dataset.Reader reader = data.open()) {
                for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                    for (int j = 0; j < count; j++) {
                        if (!Double.isFinite(buffer.get(0, j))) {
                            throw new AssertionError("read " + buffer.get(0, j));
                        }
                    }
                }
            }
        } catch (InputException e) {
            if (e.getMessage().isBlank() || e.getMessage().lines().count() != 1) {
                throw new AssertionError("not one line: " + e.getMessage(), e);
            }
        }
    }

    @Property(tries = 150, seed = "20240")
    void damaged(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = whole.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, Math.max(1, at));
            } else {
                bytes[at] = (byte) random.nextInt(256);
            }
        }
        read(bytes);
    }

    @Property(tries = 50, seed = "20240")
    void anyBytes(@ForAll byte[] bytes) throws IOException {
        read(bytes);
    }
}
