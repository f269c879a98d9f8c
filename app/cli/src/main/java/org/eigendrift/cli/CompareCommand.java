package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.run.Comparing;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Compares models on one set of held-out rows without wearing it out (Thresholdout).",
        footer = {
            "",
            "Each model's mean log-likelihood is compared with the first model's, row by row, in nats. Where the gain on",
            "held-out rows is near that on training rows, training rows answer; otherwise held-out rows do, with noise,",
            "and only as often as the budget allows. So the winner of many is not the one that fits the held-out rows.",
            "",
            "  eigendrift compare a.safetensors b.safetensors c.safetensors --train train.csv --data heldout.csv"
        })
final class CompareCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Parameters(
            arity = "2..*",
            paramLabel = "MODEL",
            description = "The models; the others are compared with the first.")
    private List<Path> models;

    @Option(
            names = "--train",
            required = true,
            paramLabel = "FILE",
            description = "Rows that the models were fitted to: a file, or a target's block as for score.")
    private String train;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "Held-out rows, likewise.")
    private String data;

    @Option(
            names = "--threshold",
            defaultValue = "0.02",
            paramLabel = "NATS",
            description = "Difference of the gains up to which training rows answer (default ${DEFAULT-VALUE}).")
    private double threshold;

    @Option(
            names = "--budget",
            defaultValue = "10",
            paramLabel = "N",
            description = "Answers that may come from held-out rows (default ${DEFAULT-VALUE}).")
    private int budget;

    @Option(
            names = "--clip",
            defaultValue = "3",
            paramLabel = "NATS",
            description = "Most that one row may count for or against a model (default ${DEFAULT-VALUE}).")
    private double clip;

    @Option(
            names = "--rows",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Most rows of each kind, the first ones (default ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "SEED",
            description = "Seed of the noise (default ${DEFAULT-VALUE}).")
    private long seed;

    CompareCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        positive("--threshold", threshold);
        positive("--budget", budget);
        positive("--clip", clip);
        positive("--rows", rows);
        List<Path> files = models.stream().map(invocation.working()::resolve).toList();
        Session.open(invocation.setting(global))
                .comparing()
                .compare(files, train, data, new Comparing.Rules(threshold, budget, clip, rows, seed));
    }

    private static void positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new InputException(option + ": expected a number above 0, found " + value);
        }
    }
}
