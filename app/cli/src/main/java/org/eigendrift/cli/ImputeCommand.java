package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.cli.run.Center;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eigendrift impute}. */
@Command(
        name = "impute",
        mixinStandardHelpOptions = true,
        description = "Fills the gaps of rows by what the model says of them, given the cells that are there.",
        footer = {
            "",
            "Rows keep their order, and cells that are there keep their values. With --draws the file has as many completed",
            "copies of all rows, told apart by a first column 'draw' (multiple imputation)."
        })
final class ImputeCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private QuestionOptions asked;

    @Option(
            names = "--fill",
            paramLabel = "HOW",
            description = "mean (of numbers; the most frequent level), median or mode (default: mean).")
    private String fill;

    @Option(names = "--draws", paramLabel = "N", description = "So many completed copies of all rows in place of one.")
    private Integer draws;

    @Option(
            names = "--intervals",
            description =
                    "50 and 90 %% intervals of filled numbers, in columns NAME_low90, NAME_low50, NAME_high50, NAME_high90.")
    private boolean intervals;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "Where the rows go; the ending chooses the format: .csv, .npy, ...")
    private Path out;

    ImputeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        if (engine.elsewhere()) {
            EngineOptions.refuse(draws != null, "--draws");
            EngineOptions.refuse(intervals, "--intervals");
            engine.submit(invocation, global, asked.elsewhere(out, center()));
            return;
        }
        if (draws != null && draws < 1) {
            throw new InputException("--draws: expected a whole number of at least 1, found " + draws);
        }
        if (draws != null && (fill != null || intervals)) {
            throw new InputException(
                    "--draws: expected without --fill and --intervals, which are of one completed copy");
        }
        Session.open(invocation.setting(global))
                .asking()
                .impute(
                        asked.question(invocation),
                        draws == null ? Optional.of(center()) : Optional.empty(),
                        draws == null ? 0 : draws,
                        intervals,
                        invocation.resultFile(out));
    }

    private Center center() {
        if (fill == null) {
            return Center.MEAN;
        }
        for (Center center : Center.values()) {
            if (center.name().equalsIgnoreCase(fill)) {
                return center;
            }
        }
        throw new InputException("--fill: unknown '" + fill.toLowerCase(Locale.ROOT) + "'"
                + Nearest.hint(fill, List.of("mean", "median", "mode")));
    }
}
