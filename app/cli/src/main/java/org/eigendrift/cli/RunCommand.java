package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.run.ResultDirectory;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Fits, samples, evaluates, and writes a report.",
        footer = {
            "",
            "Leaves in the output directory: model.safetensors, samples.npy (or what output.format says),",
            "metrics.json, report.html, and run.yaml, the configuration with every option: running that again",
            "gives the same bits.",
            "",
            "A configuration is YAML; only the target is needed. For example:",
            "",
            "  target:   { type: csv, path: penguins.csv, columns: [bill_length_mm, bill_depth_mm], holdout: 0.2 }",
            "  frame:    [ { type: standardize } ]",
            "  basis:    { family: hermite, degree: 6, clusters: { order: 2 } }",
            "  process:  { horizon: auto, earliest: auto }",
            "  solver:   { type: cg, preconditioner: jacobi, ridge: auto }",
            "  sampler:  { type: pf-ode, method: heun, steps: 50 }",
            "  sample:   { count: 10000, seed: 7 }",
            "  evaluate: [ log-likelihood, evidence-bound, sliced-wasserstein, mmd, second-moment ]",
            "  output:   { dir: out/penguins, format: npy }"
        })
final class RunCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Parameters(paramLabel = "CONFIG", description = "The configuration, a YAML file.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the configuration: --set solver.tolerance=1e-8. May be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Directory of the results, instead of output.dir.")
    private Path out;

    RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        Session session = Session.open(invocation.setting(global));
        Configuration configuration = session.configurations().read(config, assignments);
        String option = out == null ? configuration.places().of("output.dir") + ": output.dir" : "--out";
        Path directory = out == null
                ? configuration.directory(invocation.working())
                : invocation.working().resolve(out).normalize();
        ResultDirectory results = ResultDirectory.open(option, directory);
        invocation.resultsIn(directory);
        session.run(configuration.into(directory), results).execute();
    }
}
