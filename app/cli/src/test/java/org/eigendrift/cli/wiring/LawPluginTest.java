package org.eigendrift.cli.wiring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.config.GuidanceText;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.cli.plugin.PluginLayers;
import org.eigendrift.cli.run.ResultDirectory;
import org.eigendrift.engine.Eigendrift;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of law that is one class more, {@link NormalLawProvider}, does all that the command does with any law. */
class LawPluginTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Catalog catalog;
    private Session session;

    @BeforeEach
    void begin() throws IOException {
        catalog = OneMore.catalog(new NormalLawProvider());
        session = OneMore.session(directory, new PrintStream(out), catalog);
        Files.writeString(directory.resolve("rows.csv"), "a,b\n" + "1,10\n3,14\n".repeat(50));
    }

    private Configuration configuration(String more) throws IOException {
        Path file = directory.resolve("law.yaml");
        Files.writeString(
                file,
                "target: { type: csv, path: rows.csv, holdout: 0 }\nlaw: { type: independent-normal, widen: 2 }\n"
                        + more);
        return session.configurations().read(file, List.of());
    }

    private NormalLawProvider.Normal read(Path file) {
        return assertInstanceOf(NormalLawProvider.Normal.class, Eigendrift.read(file, catalog));
    }

    @Test
    void itIsFittedWrittenReadScoredAndSampled() throws IOException {
        Path file = directory.resolve("law.safetensors");
        session.models().save(session.fitting(configuration("")).fit(), file);
        NormalLawProvider.Normal law = read(file);
        // Means 2 and 12; deviations 1 and 2, doubled.
        assertArrayEquals(new double[] {2, 12}, law.means(), 1e-12);
        assertArrayEquals(new double[] {2, 4}, law.deviations(), 1e-12);
        assertEquals(100, law.provenance().rows());
        assertEquals("as configured", law.provenance().decisions().get(0).reason());
        assertEquals(
                -0.5,
                law.provenance()
                        .decisions()
                        .get(0)
                        .alternatives()
                        .get(0)
                        .score()
                        .getAsDouble());
        Path again = directory.resolve("again.safetensors");
        Eigendrift.write(law, again);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again), "equal models, equal bytes");

        Path scores = directory.resolve("scores.csv");
        session.models().score(file, directory.resolve("rows.csv").toString(), false, scores);
        // Every row is half a deviation from the mean in both columns.
        double expected = -Math.log(2 * Math.PI) - Math.log(8) - 0.25;
        List<String> lines = Files.readAllLines(scores);
        assertEquals(101, lines.size());
        assertEquals(expected, Double.parseDouble(lines.get(1)), 1e-12);

        Path samples = directory.resolve("samples.csv");
        session.models()
                .sample(
                        file,
                        Optional.empty(),
                        GuidanceText.NONE,
                        new SampleSettings(5, 3, Optional.empty(), Optional.empty(), false),
                        samples);
        assertEquals(6, Files.readAllLines(samples).size());
        assertTrue(out.toString().contains("a law of kind 'independent-normal' fitted to 100 rows"), out.toString());
    }

    @Test
    void aRunOfItLeavesAllFiles() throws IOException {
        Configuration configuration = configuration("sample: { count: 200, seed: 7 }\n");
        Path results = directory.resolve("out");
        session.run(configuration.into(results), ResultDirectory.open("output.dir", results))
                .execute();
        assertEquals(2, read(results.resolve("model.safetensors")).columns().size());
        assertTrue(Files.readString(results.resolve("run.yaml")).contains("independent-normal"));
        assertTrue(Files.readString(results.resolve("report.html")).contains("independent-normal"));
        assertTrue(Files.readString(results.resolve("metrics.json")).contains("\"count\""));
    }

    @Test
    void theEnginesOwnKindsAreConfiguredByTheirBlocks() throws IOException {
        Path file = directory.resolve("own.yaml");
        for (String law : List.of("law: mixture", "law: { type: mixture }")) {
            Files.writeString(file, "target: { type: csv, path: rows.csv, holdout: 0 }\n" + law + "\n");
            String refusal = assertThrows(
                            InputException.class, () -> session.configurations().read(file, List.of()))
                    .getMessage();
            assertTrue(
                    refusal.contains(
                            "'mixture' is what the law auto makes itself; leave out 'law', and write 'components: 3'"),
                    refusal);
        }
    }

    @Test
    void whatItCannotDoIsSaidInWords() throws IOException {
        Path file = directory.resolve("law.safetensors");
        session.models().save(session.fitting(configuration("")).fit(), file);
        String refusal = assertThrows(
                        InputException.class,
                        () -> session.models().merge(List.of(file, file), directory.resolve("c.safetensors")))
                .getMessage();
        assertTrue(refusal.contains("a law of kind 'independent-normal' is no sum over rows"), refusal);
        String basis = assertThrows(InputException.class, () -> configuration("basis: { degree: 3 }\n"))
                .getMessage();
        assertTrue(basis.contains("basis: is read where the law is auto alone"), basis);
        String missing = assertThrows(
                        InputException.class, () -> Eigendrift.read(file, PluginLayers.catalog(List.of())))
                .getMessage();
        assertTrue(missing.contains("the model needs the law plugin 'independent-normal', which is missing"), missing);
    }
}
