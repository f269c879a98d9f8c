package org.eigendrift.cli.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.report.Fitted;
import org.eigendrift.engine.report.SolvedTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ridge rule that is one class more is configured, chooses the ridges of a fit, and stands in the model file. */
class RidgeRulePluginTest {
    /** The ridge at a place of the path, whatever the system. */
    static final class PlaceProvider implements RidgeRuleProvider<PlaceProvider.Options> {
        record Options(@Option(doc = "Which one.") int place) {}

        @Override
        public String name() {
            return "place";
        }

        @Override
        public String summary() {
            return "always the same place of the path";
        }

        @Override
        public OptionSchema<Options> options() {
            return OptionSchema.of(MethodHandles.lookup(), Options.class);
        }

        @Override
        public RidgeRule create(Options options, RunContext run) {
            return evidence -> OptionalInt.of(options.place());
        }
    }

    @TempDir
    private Path directory;

    private Path fitted(int place, Catalog catalog) throws IOException {
        PrintStream printed = new PrintStream(new ByteArrayOutputStream());
        Session session = OneMore.session(directory, printed, catalog);
        Files.writeString(directory.resolve("rows.csv"), "a\n" + "0.1\n0.2\n0.4\n0.3\n0.7\n".repeat(40));
        Path file = directory.resolve("rule.yaml");
        Files.writeString(file, """
                target: { type: csv, path: rows.csv, holdout: 0 }
                components: 1
                density: flow
                basis: { family: hermite, degree: 3 }
                solver: { ridge: { type: place, place: %d } }
                """.formatted(place));
        Path model = directory.resolve("model.safetensors");
        session.models()
                .save(
                        session.fitting(session.configurations().read(file, List.of()))
                                .fit(),
                        model);
        return model;
    }

    /** The engine's ladder goes from 1 downwards by half decades: place 4 is 0.01. */
    @Test
    void itsRidgesAreTheFits() throws IOException {
        Catalog catalog = OneMore.catalog(new PlaceProvider());
        Fitted model = (Fitted) Eigendrift.read(fitted(4, catalog), catalog);
        for (SolvedTime solve : model.report().solves()) {
            assertEquals(0.01, solve.ridge(), 1e-15);
        }
        assertTrue(String.valueOf(model.chosen().orElseThrow().write().get("solver"))
                .contains("{type=place, place=4}"));
    }

    @Test
    void aPlaceThatDoesNotExistIsThePluginsFault() {
        Catalog catalog = OneMore.catalog(new PlaceProvider());
        PluginException refusal = assertThrows(PluginException.class, () -> fitted(17, catalog));
        assertTrue(
                refusal.getMessage().contains("plugin 'place'")
                        && refusal.getMessage().contains(PlaceProvider.class.getName())
                        && refusal.getMessage().contains("17"),
                refusal.getMessage());
    }
}
