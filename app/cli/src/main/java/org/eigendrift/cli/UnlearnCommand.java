package org.eigendrift.cli;

import java.nio.file.Path;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift unlearn}. */
@Command(
        name = "unlearn",
        mixinStandardHelpOptions = true,
        description = "Takes rows back from a model: what is left is the model of the other rows.",
        footer = {
            "",
            "That the rows were fitted is not checked; the functions, times and ridges of the model stay.",
            "",
            "  eigendrift unlearn c.safetensors leave.csv --out without.safetensors"
        })
final class UnlearnCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "ROWS",
            description =
                    "The rows to take back: a file of rows (.csv, .npy), or a .safetensors file of a model that was"
                            + " fitted to them with --like MODEL.")
    private String rows;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "Where the model of the other rows goes.")
    private Path out;

    UnlearnCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        Session.open(invocation.setting(global))
                .models()
                .unlearn(invocation.working().resolve(model), rows, invocation.resultFile(out));
    }
}
