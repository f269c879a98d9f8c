package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift score}. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Computes the exact log-likelihood of every row of a file under a model, or how rare it is.",
        footer = {
            "",
            "In nats, in the data's own coordinates, one number a row in the order of the rows. A row outside the",
            "model's support gets negative infinity. With --rarity rare rows get the higher numbers, and impossible ones infinity."
        })
final class ScoreCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Mixin
    private EngineOptions engine;

    @Parameters(paramLabel = "MODEL", description = "The model, a file that fit or run wrote.")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "The rows: a .csv file with the model's columns, an .npy file, or a target's block,"
                    + " '{type: csv, path: rows.csv, separator: \";\"}'.")
    private String data;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description =
                    "Where the log-likelihoods go; the ending chooses the format: .csv, .npy, ... Of Spark a directory of"
                            + " the rows with them, .parquet or .csv.")
    private Path out;

    @Option(
            names = "--rarity",
            description =
                    "Write how rare each row is instead, to rank anomalies by: the negative log-density with all numbers of a"
                            + " column to one resolution, where log-likelihoods of tables mix probabilities and densities.")
    private boolean rarity;

    ScoreCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        if (engine.elsewhere() && rarity) {
            throw new InputException(
                    "--rarity: computed on this machine only; leave out --engine, or leave out --rarity");
        }
        if (engine.elsewhere()) {
            engine.submit(
                    invocation, global, List.of("score", model.toString(), "--data", data, "--out", out.toString()));
            return;
        }
        Session.open(invocation.setting(global))
                .models()
                .score(invocation.working().resolve(model), data, rarity, invocation.resultFile(out));
    }
}
