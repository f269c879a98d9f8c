package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift calibrate}. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description =
                "Finds the unknown gains of sensors that observed one row by several linear operators, and the row.",
        footer = {
            "",
            "Gain times operator times row is what was observed, output by output; gains and row are known to a common",
            "factor, which makes the mean of 1 / gain 1. 'eigendrift plugins list operator' names the operators.",
            "",
            "  eigendrift calibrate m.safetensors --operator '{type: matrix, file: a.txt}' \\",
            "    --operator '{type: matrix, file: b.txt}' --observed observed.csv --out gains.csv --row row.csv"
        })
final class CalibrateCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Parameters(paramLabel = "MODEL", description = "A model, whose columns are those of the row.")
    private Path model;

    @Option(
            names = "--operator",
            required = true,
            paramLabel = "OPERATOR",
            description = "What the sensors see of the row, a block, once for each line of --observed.")
    private List<String> operators;

    @Option(
            names = "--observed",
            required = true,
            paramLabel = "FILE",
            description = "What was observed: a line for each operator, a number for each sensor.")
    private String observed;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "Where the gains go, a line for each sensor; the ending chooses the format.")
    private Path out;

    @Option(names = "--row", paramLabel = "FILE", description = "Where the row goes, in the model's columns.")
    private Optional<Path> row;

    CalibrateCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        Session.open(invocation.setting(global))
                .calibrating()
                .calibrate(
                        invocation.working().resolve(model),
                        operators,
                        observed,
                        invocation.resultFile(out),
                        row.map(invocation::resultFile));
    }
}
