package org.eigendrift.cli.wiring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.run.ResultDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A metric that is one class more is configured, computed, and stands in the files of a run. */
class MetricPluginTest {
    /** Samples, times a number. */
    static final class CountProvider implements MetricProvider<CountProvider.Options> {
        record Options(@Option(doc = "Factor.", value = "1") double times) {}

        @Override
        public String name() {
            return "counted";
        }

        @Override
        public String summary() {
            return "how many samples there are";
        }

        @Override
        public OptionSchema<Options> options() {
            return OptionSchema.of(MethodHandles.lookup(), Options.class);
        }

        @Override
        public Metric create(Options options, RunContext run) {
            return evaluation -> List.of(Figure.of(
                    "counted", "samples", options.times() * evaluation.samples().size()));
        }
    }

    @TempDir
    private Path directory;

    @Test
    void itsFiguresStandInTheFilesOfARun() throws IOException {
        PrintStream printed = new PrintStream(new ByteArrayOutputStream());
        Session session = OneMore.session(directory, printed, OneMore.catalog(new CountProvider()));
        Files.writeString(directory.resolve("rows.csv"), "a\n" + "1\n2\n4\n3\n".repeat(30));
        Path file = directory.resolve("metric.yaml");
        Files.writeString(file, """
                target: { type: csv, path: rows.csv, holdout: 0 }
                components: 1
                density: flow
                basis: { family: hermite, degree: 2 }
                solver: { ridge: 0.001 }
                sample: { count: 40, seed: 7 }
                evaluate: [{ type: counted, times: 3 }]
                """);
        Configuration configuration = session.configurations().read(file, List.of());
        Path results = directory.resolve("out");
        session.run(configuration.into(results), ResultDirectory.open("output.dir", results))
                .execute();
        String metrics = Files.readString(results.resolve("metrics.json"));
        assertTrue(metrics.contains("counted") && metrics.contains("120"), metrics);
        assertTrue(Files.readString(results.resolve("report.html")).contains("counted"));
    }
}
