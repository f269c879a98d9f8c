package org.eigendrift.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin for Parquet and SQL as it is built, given to the packaged program. */
class ParquetIT {
    private static final String PLUGINS =
            Path.of(System.getProperty("duckdbPlugins")).normalize().toString();

    @TempDir
    Path directory;

    /** x ~ N(0, 1), y = x^2 / 2 + 0.6 N(0, 1), and z, an exponential of a scale uniform on (1, 2); from hashes of row numbers. */
    private void write(Path file, long rows) throws SQLException {
        String uniform = "((hash(3 * i + %d) >> 11)::double + 1) / 9007199254740993 as u%d";
        String query = "select x, 0.5 * x * x + 0.6 * e as y, z from ("
                + "select sqrt(-2 * ln(u1)) * cos(2 * pi() * u2) as x, sqrt(-2 * ln(u1)) * sin(2 * pi() * u2) as e, "
                + "-ln(u3) * (1 + u2) as z from (select "
                + String.format(uniform, 0, 1) + ", " + String.format(uniform, 1, 2) + ", "
                + String.format(uniform, 2, 3) + " from range(" + rows + ") t(i)))";
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("copy (" + query + ") to '" + file + "' (format parquet)");
        }
    }

    private JsonNode run(String config) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("config.yaml"), config);
        Program.Result result = Program.run(directory, "run", "config.yaml", "--out", "out", "--plugins", PLUGINS);
        assertEquals(0, result.exit(), result.err());
        return new ObjectMapper().readTree(directory.resolve("out/metrics.json").toFile());
    }

    @Test
    void fitsSamplesAndScoresParquet() throws Exception {
        write(directory.resolve("rows.parquet"), 4000);
        JsonNode metrics = run("""
                target: {type: parquet, path: rows.parquet, columns: [y, x], holdout: 0.25}
                basis: {degree: 6}
                sample: {count: 500}
                evaluate: [log-likelihood]
                output: {format: parquet}
                """);
        // Binomial(4000, 3/4) has standard deviation 27.
        assertEquals(3000, metrics.at("/fit/rows").asInt(), 110);
        Program.Result score = Program.run(
                directory,
                "score",
                "out/model.safetensors",
                "--data",
                "out/samples.parquet",
                "--out",
                "scores.csv",
                "--plugins",
                PLUGINS);
        assertEquals(0, score.exit(), score.err());
        assertEquals(
                501, Files.readAllLines(directory.resolve("scores.csv")).size(), "a name and a number for each sample");
    }

    @Test
    void readsAQueryWhoseFilesLieBesideTheConfiguration() throws Exception {
        write(directory.resolve("rows.parquet"), 2000);
        JsonNode metrics = run("""
                target: {type: sql, query: "select x, ln(z) as logz from 'rows.parquet' where y > 0 -- upper half", holdout: 0}
                basis: {degree: 5}
                sample: {count: 200}
                evaluate: []
                """);
        assertTrue(metrics.at("/fit/rows").asInt() > 1000, metrics.toString());
    }

    /** The promise, for one model (auto also tries mixtures of local ones): three million rows, three columns, under two minutes with a heap of one gigabyte. */
    @Test
    @Tag("slow")
    void threeMillionRowsTakeLessThanTwoMinutes() throws Exception {
        write(directory.resolve("rows.parquet"), 3_000_000);
        long start = System.nanoTime();
        JsonNode metrics = run("target: {type: parquet, path: rows.parquet, columns: [x, y, z]}\ncomponents: 1\n");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.toSeconds() < 120, took.toString());
        assertEquals(2_400_000, metrics.at("/fit/rows").asInt(), 3500, "five standard deviations");
        assertEquals(10_000, metrics.at("/samples/count").asInt());
        // Entropies: x 1.4189, y given x 0.9081, and of z between that of scale 1 and that of scale 2: 1 to 1.6931.
        double heldout = metrics.at("/log_likelihood/heldout").asDouble();
        assertTrue(heldout > -4.3 && heldout < -3.6, "held-out log-likelihood " + heldout);
    }
}
