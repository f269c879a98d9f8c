package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.List;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift merge}. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = "Makes the model of all rows from models of some of them, without the rows.",
        footer = {
            "",
            "The models must have the same columns, frames and functions:",
            "",
            "  eigendrift fit first.yaml  --out a.safetensors",
            "  eigendrift fit second.yaml --out b.safetensors --like a.safetensors",
            "  eigendrift merge a.safetensors b.safetensors --out c.safetensors"
        })
final class MergeCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Parameters(arity = "2..*", paramLabel = "MODEL", description = "The models, fitted to disjoint rows.")
    private List<Path> models;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "Where the model of all rows goes.")
    private Path out;

    MergeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        List<Path> files = models.stream().map(invocation.working()::resolve).toList();
        Session.open(invocation.setting(global)).models().merge(files, invocation.resultFile(out));
    }
}
