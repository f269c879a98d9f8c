package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift describe}. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Shows what each column of a file is taken for, and why, and drafts a target block to edit.",
        footer = {
            "",
            "Whatever is wrong in the draft's types is corrected there: a configuration's declarations overrule.",
            "",
            "  eigendrift describe people.csv --out people.yaml"
        })
final class DescribeCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Parameters(
            paramLabel = "FILE",
            description = "The rows: a .csv or .npy file, or a target's block, '{type: csv, path: rows.csv,"
                    + " missing_codes: [\"?\"]}'.")
    private String file;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the draft goes, a configuration's beginning; otherwise it is printed.")
    private Path out;

    DescribeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        Session.open(invocation.setting(global))
                .describing()
                .describe(file, Optional.ofNullable(out).map(invocation::resultFile));
    }
}
