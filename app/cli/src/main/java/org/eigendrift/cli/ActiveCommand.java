package org.eigendrift.cli;

import java.nio.file.Path;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.wiring.Session;
import org.eigendrift.engine.guidance.Measurements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eigendrift active}. */
@Command(
        name = "active",
        mixinStandardHelpOptions = true,
        description =
                "Says which open number of each row to measure next: the one that the others leave most uncertain.",
        footer = {
            "",
            "Numbers are compared as they are, so that columns should have one unit. Further measurements are planned as if",
            "the open numbers were normal; measure, fill in, and ask again."
        })
final class ActiveCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Mixin
    private QuestionOptions asked;

    @Option(
            names = "--criterion",
            paramLabel = "CRITERION",
            defaultValue = "VARIANCE",
            description = "What makes a measurement worth most: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Measurements.Criterion criterion;

    @Option(
            names = "--noise",
            paramLabel = "S",
            defaultValue = "0",
            description = "Standard deviation of a measurement's noise (default: ${DEFAULT-VALUE}).")
    private double noise;

    @Option(
            names = "--steps",
            paramLabel = "K",
            defaultValue = "1",
            description = "How many measurements are planned, by variance (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "Where the answers go, a line for each row with an open cell; the ending chooses the format.")
    private Path out;

    ActiveCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        if (steps < 1) {
            throw new InputException("--steps: expected a whole number of at least 1, found " + steps);
        }
        if (!(noise >= 0 && Double.isFinite(noise))) {
            throw new InputException("--noise: expected a number of at least 0, found " + noise);
        }
        if (criterion != Measurements.Criterion.VARIANCE && (steps > 1 || noise == 0)) {
            throw new InputException(
                    "--criterion: " + criterion
                            + " needs --noise above 0 and tells one measurement; write --criterion VARIANCE, or leave --steps out");
        }
        Session.open(invocation.setting(global))
                .asking()
                .measure(asked.question(invocation), criterion, noise, steps, invocation.resultFile(out));
    }
}
