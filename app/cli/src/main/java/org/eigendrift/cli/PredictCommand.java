package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.eigendrift.cli.run.Asking;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift predict}. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = "Predicts a column from the others: of numbers mean, median and 50 and 90 % intervals, of levels"
                + " their probabilities.",
        footer = {
            "",
            "Where the file has the column, its values are not looked at but to score the predictions: log-score and CRPS of",
            "each row, and their means."
        })
final class PredictCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Parameters(paramLabel = "MODEL", description = "The model, a file that fit or run wrote.")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "The rows; columns that the file does not have, and gaps, are not known.")
    private String data;

    @Option(names = "--target", required = true, paramLabel = "COLUMN", description = "The column to predict.")
    private String target;

    @Option(names = "--where", paramLabel = "CONDITION", description = "What else is known of all rows.")
    private String where;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seed (default: ${DEFAULT-VALUE}); the same seed gives the same figures.")
    private long seed;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "Where the predictions go; the ending chooses the format: .csv, .npy, ...")
    private Path out;

    PredictCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        Session.open(invocation.setting(global))
                .asking()
                .predict(
                        new Asking.Question(
                                invocation.working().resolve(model), "--data", data, Optional.ofNullable(where), seed),
                        target,
                        invocation.resultFile(out));
    }
}
