package org.eigendrift.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a sub-command. */
@Command(
        name = "eigendrift",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Fits a generative model to data, or to a Boltzmann distribution, in one pass by solving linear"
                + " systems; then samples, and scores rows with an exact likelihood.",
        footer = {
            "",
            "First steps:",
            "  eigendrift run examples/penguins.yaml     fit, sample, evaluate; results in out/penguins",
            "  eigendrift plugins list                   what a configuration may name",
            "  eigendrift plugins show sampler pf-ode    the options of a plugin",
            "",
            "Exit codes: 0 done; 1 a fault of eigendrift; 2 wrong input, a line for each mistake; 130 interrupted.",
            "EIGENDRIFT_OPTS holds options of the Java machine, for example -Xmx8g."
        })
final class EigendriftCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    EigendriftCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
