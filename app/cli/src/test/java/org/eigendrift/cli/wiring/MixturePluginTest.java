package org.eigendrift.cli.wiring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.cli.config.GuidanceText;
import org.eigendrift.cli.config.PluginText;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.cli.plugin.PluginLayers;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Laws and gates of plugins in mixtures: {@link NormalLawProvider} beside a flow, flows in the cells of {@link HalvesProvider}. */
class MixturePluginTest {
    private static final RunContext RUN = RunContext.quiet(7);

    @TempDir
    private Path directory;

    private Catalog catalog;
    private Session session;

    @BeforeEach
    void begin() {
        catalog = OneMore.catalog(new NormalLawProvider(), new HalvesProvider());
        session = OneMore.session(directory, new PrintStream(new ByteArrayOutputStream()), catalog);
    }

    /** One normal column. */
    private static InMemory rows(int count, int seed) {
        CounterRandom random = RunContext.quiet(seed).random(0x524F5753L);
        Points rows = Points.zeros(1, count);
        for (int n = 0; n < count; n++) {
            rows.set(0, n, random.normal(n, 0));
        }
        return InMemory.of(rows);
    }

    private Law flow(Dataset rows) {
        FitSettings settings = FitSettings.of(
                Map.of(
                        "components",
                        1,
                        "density",
                        "flow",
                        "basis",
                        Map.of("family", "hermite", "degree", 4),
                        "solver",
                        Map.of("ridge", 1e-3)),
                catalog);
        return Eigendrift.fit(rows, settings, catalog, RUN);
    }

    private Law normal(Dataset rows) {
        return new NormalLawProvider().create(new NormalLawProvider.Options(1), new LawContext(rows, catalog, RUN));
    }

    private DrawRequest request(int count) {
        return new DrawRequest(
                0,
                count,
                Optional.of(PluginText.read(SamplerProvider.KIND, "sampler", "pf-ode", directory, catalog)
                        .create(RUN)));
    }

    private Mixture again(Mixture law, String name) throws IOException {
        Path file = directory.resolve(name);
        Eigendrift.write(law, file);
        Mixture read = (Mixture) Eigendrift.read(file, catalog);
        Path second = directory.resolve("again-" + name);
        Eigendrift.write(read, second);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(second), "equal models, equal bytes");
        return read;
    }

    @Test
    void aLawOfAPluginIsAMemberLikeAFlow() throws IOException {
        InMemory rows = rows(400, 1);
        Law flow = flow(rows);
        Law normal = normal(rows);
        Mixture law = new Mixture(
                List.of(new Member(0.25, OptionalInt.empty(), normal), new Member(0.75, OptionalInt.empty(), flow)),
                Optional.empty());
        assertEquals(400, law.provenance().rows());
        assertEquals("chart 1: widen", law.provenance().decisions().get(0).what());
        assertTrue(law.provenance().decisions().get(1).what().startsWith("chart 2: "));
        Mixture read = again(law, "mixed.safetensors");
        assertEquals(law.provenance(), read.provenance());

        Points x = rows(20, 2).points();
        double[] nats = read.logDensity(x, RUN).nats();
        double[] ofNormal = normal.logDensity(x, RUN).nats();
        double[] ofFlow = flow.logDensity(x, RUN).nats();
        for (int n = 0; n < nats.length; n++) {
            // A sum of two terms, its logarithm: a few roundings of numbers of order 1.
            assertEquals(Math.log(0.25 * Math.exp(ofNormal[n]) + 0.75 * Math.exp(ofFlow[n])), nats[n], 1e-14);
        }
        Points drawn = read.draw(request(400), RUN).rows();
        assertEquals(400, drawn.size());
        assertArrayEquals(law.draw(request(400), RUN).rows().column(0), drawn.column(0));

        Path file = directory.resolve("mixed.safetensors");
        Files.writeString(directory.resolve("rows.csv"), "x1\n0.5\n-1\n");
        Path scores = directory.resolve("scores.csv");
        session.models().score(file, directory.resolve("rows.csv").toString(), false, scores);
        assertEquals(3, Files.readAllLines(scores).size());
        Path samples = directory.resolve("samples.csv");
        session.models()
                .sample(
                        file,
                        Optional.of("pf-ode"),
                        GuidanceText.NONE,
                        new SampleSettings(5, 3, Optional.empty(), Optional.empty(), false),
                        samples);
        assertEquals(6, Files.readAllLines(samples).size());
        String refusal = assertThrows(InputException.class, () -> Eigendrift.merge(List.of(law, read), RUN))
                .getMessage();
        assertTrue(refusal.contains("chart 1 of 2: a law of kind 'independent-normal' cannot be merged"), refusal);
    }

    @Test
    void aMixtureOfOneLawOfAPluginIsWrittenAsThatLaw() {
        Mixture law = new Mixture(List.of(new Member(1, OptionalInt.empty(), normal(rows(50, 1)))), Optional.empty());
        assertEquals("widen", law.provenance().decisions().get(0).what());
        Path file = directory.resolve("one.safetensors");
        Eigendrift.write(law, file);
        assertEquals(
                "independent-normal",
                Eigendrift.read(file, catalog).provenance().kind());
    }

    @Test
    void aGateOfAPluginCutsRowsIsWrittenReadAndMerged() throws IOException {
        Gate gate =
                new HalvesProvider().create(new HalvesProvider.Options(0.2), new LawContext(rows(1, 1), catalog, RUN));
        InMemory first = rows(300, 1);
        InMemory second = rows(500, 2);
        Law all = flow(first);
        Mixture cut = new Mixture(
                List.of(new Member(0.5, OptionalInt.of(0), all), new Member(0.5, OptionalInt.of(1), all)),
                Optional.of(gate));
        Mixture law = cut.withLaws(List.of(flow(cut.rowsOf(0, first)), flow(cut.rowsOf(1, first))));
        Mixture read = again(law, "gate.safetensors");
        assertEquals(gate, read.gate().orElseThrow());
        Points x = second.points();
        assertArrayEquals(law.logDensity(x, RUN).nats(), read.logDensity(x, RUN).nats());

        Mixture other = (Mixture) Eigendrift.like(read, second, RUN);
        Mixture merged = (Mixture) Eigendrift.merge(List.of(read, other), RUN);
        int[] below = new int[2];
        for (InMemory part : List.of(first, second)) {
            Points points = part.points();
            for (int n = 0; n < points.size(); n++) {
                below[points.get(0, n) < 0.2 ? 0 : 1]++;
            }
        }
        assertEquals(below[0], merged.members().get(0).law().provenance().rows());
        assertEquals(below[1], merged.members().get(1).law().provenance().rows());
        assertEquals(below[0] / 800.0, merged.members().get(0).weight(), 1e-15);
        String missing = assertThrows(
                        InputException.class,
                        () -> Eigendrift.read(directory.resolve("gate.safetensors"), PluginLayers.catalog(List.of())))
                .getMessage();
        assertTrue(missing.contains("gate plugin 'halves'"), missing);
    }
}
