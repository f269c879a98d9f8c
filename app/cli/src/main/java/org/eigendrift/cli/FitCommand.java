package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.law.Law;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.output.WholeFile;
import org.eigendrift.cli.run.Fitting;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift fit}. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        description = "Fits a model and writes it to a file, without samples or figures.",
        footer = {
            "",
            "The file is a safetensors file: it holds everything that 'eigendrift sample' and 'eigendrift score' need."
        })
final class FitCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Mixin
    private EngineOptions engine;

    @Parameters(paramLabel = "CONFIG", description = "The configuration, a YAML file.")
    private Path config;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "Where the model goes: model.safetensors.")
    private Path out;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the configuration: --set basis.degree=8. May be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--like",
            paramLabel = "MODEL",
            description = "Fit the rows with the frames, functions, times and ridges of this model, so that the two can"
                    + " be merged, or the rows taken back. Of the configuration only the target is used.")
    private Path like;

    @Option(
            names = "--explain",
            description = "With --engine spark: only say what the fit is expected to cost (docs/spark.md).")
    private boolean explain;

    FitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        if (engine.elsewhere()) {
            EngineOptions.refuse(like != null, "--like");
            List<String> arguments = new ArrayList<>(List.of("fit", config.toString(), "--out", out.toString()));
            assignments.forEach(assignment -> arguments.addAll(List.of("--set", assignment)));
            if (explain) {
                arguments.add("--explain");
            }
            engine.submit(invocation, global, arguments);
            return;
        }
        if (explain) {
            throw new InputException("--explain: is read with --engine spark alone");
        }
        Session session = Session.open(invocation.setting(global));
        Configuration configuration = session.configurations().read(config, assignments);
        Path file = invocation.resultFile(out);
        WholeFile.check("--out", file);
        Fitting fitting = session.fitting(configuration);
        Law law = like == null
                ? fitting.fit()
                : fitting.fitLike(invocation.working().resolve(like));
        session.models().save(law, file, fitting.holdsOut());
    }
}
