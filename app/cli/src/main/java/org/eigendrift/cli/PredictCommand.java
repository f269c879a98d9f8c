package org.eigendrift.cli;

import java.nio.file.Path;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eigendrift predict}. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = "Predicts a column from the others: of numbers mean, median and 50 and 90 %% intervals, of levels"
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

    @Mixin
    private QuestionOptions asked;

    @Option(names = "--target", required = true, paramLabel = "COLUMN", description = "The column to predict.")
    private String target;

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
                .predict(asked.question(invocation), target, invocation.resultFile(out));
    }
}
