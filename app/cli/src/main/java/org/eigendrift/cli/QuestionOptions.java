package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.cli.run.Asking;
import org.eigendrift.cli.run.Center;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands take that ask a model about rows with open cells. */
final class QuestionOptions {
    @Parameters(paramLabel = "MODEL", description = "The model, a file that fit or run wrote.")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "The rows; gaps, and columns that the file does not have, are open.")
    private String data;

    @Option(names = "--where", paramLabel = "CONDITION", description = "What else is known of all rows.")
    private String where;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seed (default: ${DEFAULT-VALUE}); the same seed gives the same answers.")
    private long seed;

    /** The command {@code impute} as Spark's side takes it. */
    List<String> elsewhere(Path out, Center fill) {
        EngineOptions.refuse(where != null, "--where");
        return List.of(
                "impute",
                model.toString(),
                "--data",
                data,
                "--out",
                out.toString(),
                "--fill",
                fill.name().toLowerCase(Locale.ROOT),
                "--seed",
                String.valueOf(seed));
    }

    Asking.Question question(Invocation invocation) {
        return new Asking.Question(
                invocation.working().resolve(model), "--data", data, Optional.ofNullable(where), seed);
    }
}
